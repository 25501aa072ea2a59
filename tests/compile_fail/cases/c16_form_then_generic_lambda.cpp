// A generic lambda has no parameters to look at.
// expect: [banter C16]
// expect: then_is_not_callable<survey, survey::person
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
            form<person>(ask<&person::name>("Name?"), then([](person&) { return end{}; })));
#else
            form<person>(ask<&person::name>("Name?"), then([](auto& who) { return end{}; })));
#endif
    }
};

static_assert(verify<survey>);
