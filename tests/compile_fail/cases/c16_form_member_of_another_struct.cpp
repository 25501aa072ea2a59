// A form asks for members of its own struct.
// expect: [banter C16]
// expect: survey::person
// expect: address::city
// expect: form_has_no_such_member
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct address {
    std::string city;
};

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
            form<person>(ask<&person::name>("Name?"), ask<&address::city>("City?"), then(done)));
#endif
    }
};

static_assert(verify<survey>);
