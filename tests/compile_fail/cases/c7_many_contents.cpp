// A long parameter is named by its number; what is let through is shown.
// expect: [banter C7]
// expect: archive::keep
// expect: parameter_number<2>
// expect: content_kind::voice
#include <banter/flow.hpp>
using namespace banter;

struct archive {
    static void keep(context& ctx, matched<document || photo || video || audio || animation> file);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on((document || photo || video || audio || animation || voice) && !command<>
                               && (private_chat || group_chats),
                           keep));
#else
        return handlers(on((document || photo || video || audio || animation) && !command<>
                               && (private_chat || group_chats),
                           keep));
#endif
    }
};

static_assert(verify<archive>);
