// An event that is posted says itself whose it is.
// expect: [banter C7]
// expect: shop::thank
// expect: paid
#include <banter/flow.hpp>
using namespace banter;

struct paid {
    int amount = 0;
#ifdef FIXED
    std::int64_t user_id = 0;
#endif
};

struct shop {
    static void thank(context& ctx, const paid& what);
    static constexpr auto flow() { return handlers(on_event<paid>(thank)); }
};

static_assert(verify<shop>);
