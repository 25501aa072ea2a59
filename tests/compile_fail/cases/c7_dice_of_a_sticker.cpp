// A sticker shows no value.
// expect: [banter C7]
// expect: desk::six
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void six(matched<filters::dice> thrown);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(static_sticker, six));
#else
        return handlers(on(dice_of<dice_kind::darts, 6>, six));
#endif
    }
};

static_assert(verify<desk>);
