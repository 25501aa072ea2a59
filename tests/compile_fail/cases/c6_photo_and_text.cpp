// A message is a photo or a text, never both: a photo has a caption.
// expect: [banter C6]
// expect: gallery::add
#include <banter/flow.hpp>
using namespace banter;

struct gallery {
    static void add(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(photo && text, add));
#else
        return handlers(on(photo && caption, add));
#endif
    }
};

static_assert(verify<gallery>);
