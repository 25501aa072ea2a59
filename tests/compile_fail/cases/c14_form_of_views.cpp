// The answers are the states' data: they must not dangle.
// expect: [banter C14]
// expect: survey::person
#include <banter/flow.hpp>

#include <string>
#include <string_view>
using namespace banter;

struct survey {
    struct person {
#ifdef FIXED
        std::string name;
#else
        std::string_view name;
#endif
    };
    static end done(const person& who);
    static std::string_view same(std::string_view text) { return text; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"survey">, start_form<person>)),
#ifdef FIXED
            form<person>(ask<&person::name>("Name?"), then(done)));
#else
            form<person>(ask<&person::name>("Name?", parsed_by(same)), then(done)));
#endif
    }
};

static_assert(verify<survey>);
