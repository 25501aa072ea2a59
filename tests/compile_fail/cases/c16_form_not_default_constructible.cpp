// A form begins with an empty struct.
// expect: [banter C16]
// expect: form_cannot_be_filled_in<survey, survey::person>
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct survey {
    struct person {
#ifndef FIXED
        explicit person(std::string of) : name(std::move(of)) {}
#endif
        std::string name;
    };
    static end done(const person& who);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"survey">, start_form<person>)),
                            form<person>(ask<&person::name>("Name?"), then(done)));
    }
};

static_assert(verify<survey>);
