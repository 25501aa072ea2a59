// A choice without a value for a member that is no text.
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
            form<person>(ask<&person::age>("Age?", one_of(labelled("young", 20), labelled("old", 70))), then(done)));
#else
            form<person>(ask<&person::age>("Age?", one_of("young", "old")), then(done)));
#endif
    }
};

static_assert(verify<survey>);
