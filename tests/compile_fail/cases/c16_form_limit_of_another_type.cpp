// A limit of a number is a number.
// expect: [banter C16]
// expect: survey::person::age
// expect: option_does_not_fit
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
            form<person>(ask<&person::age>("Age?", in_range("young", "old")), then(done)));
#endif
    }
};

static_assert(verify<survey>);
