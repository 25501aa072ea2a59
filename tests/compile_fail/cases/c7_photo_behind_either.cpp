// The filter lets a document through as well.
// expect: [banter C7]
// expect: gallery::add
// expect: content_kind::photo
// expect: update_kind::message, banter::content_kind::document
#include <banter/flow.hpp>
using namespace banter;

struct gallery {
#ifndef FIXED
    static void add(context& ctx, matched<photo> picture);
#else
    static void add(context& ctx, matched<document || photo> picture);
#endif
    static constexpr auto flow() { return handlers(on(document || photo, add)); }
};

static_assert(verify<gallery>);
