// A text has no photo.
// expect: [banter C7]
// expect: gallery::add
// expect: content_kind::photo
// expect: update_kind::message, banter::content_kind::text
#include <banter/flow.hpp>
using namespace banter;

struct gallery {
    static void add(context& ctx, matched<photo> picture);
#ifndef FIXED
    static constexpr auto flow() { return handlers(on(text, add)); }
#else
    static constexpr auto flow() { return handlers(on(photo, add)); }
#endif
};

static_assert(verify<gallery>);
