// start_form<...> without the form.
// expect: [banter C16]
// expect: form_is_not_there<survey, survey::address>
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct survey {
    struct person {
        std::string name;
        int age = 0;
    };
    struct address {
        std::string city;
    };
    static end done(context& ctx, const person& who);
    static constexpr auto flow() {
        return conversation(
#ifdef FIXED
            entry_points(on(command<"survey">, start_form<person>)),
#else
            entry_points(on(command<"survey">, start_form<address>)),
#endif
            form<person>(ask<&person::name>("Name?"), ask<&person::age>("Age?"), then(done)));
    }
};

static_assert(verify<survey>);
