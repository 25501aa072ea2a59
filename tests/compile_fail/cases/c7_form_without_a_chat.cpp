// A form speaks to a chat: what starts it must come from one.
// expect: [banter C7]
// expect: quiz
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct quiz {
    struct who {
        std::string name;
    };
    static end done(const who& it);
    static constexpr auto flow() {
        return conversation(
#ifdef FIXED
            entry_points(on(command<"quiz">, start_form<who>)),
#else
            entry_points(on(poll_answer, start_form<who>)),
#endif
            form<who>(ask<&who::name>("Name?"), then(done)), keyed_by<key::user>);
    }
};

static_assert(verify<quiz>);
