// A question is a text.
// expect: [banter C16]
// expect: question_is_no_text
// expect: survey::person::age
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct survey {
    struct person {
        std::string name;
        int age = 0;
    };
    static end done(context& ctx, const person& who);
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"survey">, start_form<person>)),
#ifdef FIXED
            form<person>(ask<&person::age>("18?"), then(done)));
#else
            form<person>(ask<&person::age>(18), then(done)));
#endif
    }
};

static_assert(verify<survey>);
