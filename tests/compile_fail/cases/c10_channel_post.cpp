// A post in a channel has no user: the default key asks for one.
// expect: [banter C10]
// expect: digest::posted
// expect: channel_post
// expect: banter::key::user
#include <banter/flow.hpp>
using namespace banter;

struct digest {
    struct collecting {};

    static collecting start(context& ctx);
    static void posted(context& ctx, telegram::message post);
    static end stop(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"digest">, start)),
                            state<collecting>(on(channel_post || (message && photo), posted),
                                              on(command<"stop">, stop))
#ifdef FIXED
                                ,
                            keyed_by<key::chat>
#endif
        );
    }
};

static_assert(verify<digest>);
