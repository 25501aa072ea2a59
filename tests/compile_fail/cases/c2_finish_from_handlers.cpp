// Handlers without a conversation: there is nothing that could have a result.
// expect: [banter C2]
// expect: lookup::find
// expect: banter::finish<lookup::hit>
#include <banter/flow.hpp>
using namespace banter;

struct lookup {
    struct hit {};
#ifdef FIXED
    static void find(context& ctx, matched<text> word);
#else
    static next<finish<hit>, stay> find(context& ctx, matched<text> word);
#endif
    static constexpr auto flow() { return handlers(on(text, find)); }
};

static_assert(verify<lookup>);
