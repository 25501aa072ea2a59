// Of a long pattern the error shows the surroundings of the fault.
// expect: [banter C4]
// expect: pattern_fault::bad_range
// expect: z-a
// reject: January
#include <banter/flow.hpp>
using namespace banter;

struct diary {
    static void look_up(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(regex<"^(?:January|February|March|April|May|June|July|August|September|"
                                 "October|November|December) [0-9]{1,2}(?:st|nd|rd|th)? [z-a]$">,
                           look_up));
#else
        return handlers(on(regex<"^(?:January|February|March|April|May|June|July|August|September|"
                                 "October|November|December) [0-9]{1,2}(?:st|nd|rd|th)? [a-z]$">,
                           look_up));
#endif
    }
};

static_assert(verify<diary>);
