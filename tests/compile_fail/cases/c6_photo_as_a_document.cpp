// A photo has no MIME type; a picture sent as a file has.
// expect: [banter C6]
// expect: desk::picture
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void picture(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(photo && image_document, picture));
#else
        return handlers(on(photo || image_document, picture));
#endif
    }
};

static_assert(verify<desk>);
