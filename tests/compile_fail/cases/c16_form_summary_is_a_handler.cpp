// confirm(...) takes what is shown.
// expect: [banter C16]
// expect: summary_is_no_text<survey, survey::person
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
            form<person>(ask<&person::age>("Age?"), confirm("All right?"), then(done)));
#else
            form<person>(ask<&person::age>("Age?"), confirm(done), then(done)));
#endif
    }
};

static_assert(verify<survey>);
