// No text is read as an enum.
// expect: [banter C16]
// expect: survey::person::likes
// expect: answer_cannot_be_read
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct survey {
    struct person {
        std::string name;
        enum class color { red, blue } likes = color::red;
    };
    static end done(context& ctx, const person& who);
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"survey">, start_form<person>)),
#ifdef FIXED
            form<person>(ask<&person::likes>("Colour?", one_of(labelled("Red", person::color::red),
                                                               labelled("Blue", person::color::blue))),
                         then(done)));
#else
            form<person>(ask<&person::likes>("Colour?"), then(done)));
#endif
    }
};

static_assert(verify<survey>);
