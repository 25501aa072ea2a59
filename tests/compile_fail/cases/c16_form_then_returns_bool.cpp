// bool is no transition.
// expect: [banter C16]
// expect: survey::done
// expect: then_leads_nowhere
// expect: bool
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
    static bool done(context& ctx, const person& who);
#endif
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"survey">, start_form<person>)),
            form<person>(ask<&person::name>("Name?"), then(done)));
    }
};

static_assert(verify<survey>);
