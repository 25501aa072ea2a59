// A form asks for data.
// expect: [banter C16]
// expect: survey::person::is_old
// expect: form_has_no_such_member
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct survey {
    struct person {
        std::string name;
        int age = 0;
        bool is_old() const;
    };
    static end done(context& ctx, const person& who);
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"survey">, start_form<person>)),
#ifdef FIXED
            form<person>(ask<&person::name>("Name?"), ask<&person::age>("Age?"), then(done)));
#else
            form<person>(ask<&person::name>("Name?"), ask<&person::is_old>("Old?"), then(done)));
#endif
    }
};

static_assert(verify<survey>);
