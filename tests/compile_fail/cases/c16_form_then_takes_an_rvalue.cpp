// The answers are handed over by reference or by value.
// expect: [banter C16]
// expect: survey::done
// expect: parameter_of_then_cannot_be_supplied
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct survey {
    struct person {
        std::string name;
        int age = 0;
    };
#ifdef FIXED
    static end done(context& ctx, const person& who);
#else
    static end done(context& ctx, person&& who);
#endif
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"survey">, start_form<person>)),
            form<person>(ask<&person::name>("Name?"), then(done)));
    }
};

static_assert(verify<survey>);
