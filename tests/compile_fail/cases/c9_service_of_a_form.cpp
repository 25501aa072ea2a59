// What then(...) needs from outside has to be handed over.
// expect: [banter C9]
// expect: database
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct database {};

struct survey {
    struct person {
        std::string name;
    };
    static end done(const person& who, database& base);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"survey">, start_form<person>)),
                            form<person>(ask<&person::name>("Name?"), then(done)));
    }
};

#ifdef FIXED
static_assert(verify<survey, services<database>>);
#else
static_assert(verify<survey, services<>>);
#endif
