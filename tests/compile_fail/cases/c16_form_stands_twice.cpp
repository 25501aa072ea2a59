// Two forms for one struct would have the same states.
// expect: [banter C16]
// expect: form_stands_twice<survey, survey::person>
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
            form<person>(ask<&person::name>("Name?"), ask<&person::age>("Age?"), then(done)));
#else
            form<person>(ask<&person::name>("Name?"), then(done)),
            form<person>(ask<&person::age>("Age?"), then(done)));
#endif
    }
};

static_assert(verify<survey>);
