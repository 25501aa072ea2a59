// Where then(...) leads is checked as where any handler leads.
// expect: [banter C2]
// expect: survey::thanking
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct survey {
    struct person {
        std::string name;
    };
    struct thanking {};
#ifdef FIXED
    static end done(const person& who);
#else
    static thanking done(const person& who);
#endif
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"survey">, start_form<person>)),
                            form<person>(ask<&person::name>("Name?"), then(done)));
    }
};

static_assert(verify<survey>);
