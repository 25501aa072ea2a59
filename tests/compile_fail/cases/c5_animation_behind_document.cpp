// An animation also carries a document: behind a handler of documents it never arrives.
// expect: [banter C5]
// expect: files::moving
// expect: files::keep
#include <banter/flow.hpp>
using namespace banter;

struct files {
    static void keep(context& ctx, matched<document> file);
    static void moving(context& ctx, matched<animation> film);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(document, keep), on(animation, moving));
#else
        return handlers(on(animation, moving), on(document, keep));
#endif
    }
};

static_assert(verify<files>);
