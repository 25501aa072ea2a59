// A sticker is static, animated or a video: nothing is left for a fourth handler.
// expect: [banter C5]
// expect: desk::other
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void still(context& ctx);
    static void moving(context& ctx);
    static void film(context& ctx);
    static void other(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(static_sticker, still), on(animated_sticker, moving), on(video_sticker, film),
            on(filters::sticker, other));
#else
        return handlers(on(static_sticker, still), on(animated_sticker, moving), on(filters::sticker, other));
#endif
    }
};

static_assert(verify<desk>);
