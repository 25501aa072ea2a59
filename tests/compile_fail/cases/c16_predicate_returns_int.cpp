// A predicate says yes or no.
// expect: [banter C16]
// expect: club::enter
// expect: level_of
#include <banter/flow.hpp>
using namespace banter;

#ifndef FIXED
int level_of(context& ctx);
#else
bool level_of(context& ctx);
#endif

struct club {
    static void enter(context& ctx);
    static constexpr auto flow() { return handlers(on(text && !when<level_of>, enter)); }
};

static_assert(verify<club>);
