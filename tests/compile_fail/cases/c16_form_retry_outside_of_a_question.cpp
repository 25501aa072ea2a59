// Options belong into the question.
// expect: [banter C16]
// expect: form_has_an_odd_part<survey, survey::person
// expect: part_number<2>
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
            form<person>(ask<&person::age>("Age?", in_range(1, 150)), then(done)));
#else
            form<person>(ask<&person::age>("Age?"), in_range(1, 150), then(done)));
#endif
    }
};

static_assert(verify<survey>);
