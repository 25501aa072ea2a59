// Whatever the predicate says, one of the two earlier handlers takes the text.
// expect: [banter C5]
// expect: gate::nobody
#include <banter/flow.hpp>
using namespace banter;

inline bool is_admin(context& ctx);

struct gate {
    static void admin(context& ctx);
    static void guest(context& ctx);
    static void nobody(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(text && when<is_admin>, admin), on(text && !when<is_admin>, guest), on(text, nobody));
#else
        return handlers(on(text && when<is_admin>, admin), on(text, nobody));
#endif
    }
};

static_assert(verify<gate>);
