// Two rules of the first struct take together what the rule of the second is for.
// expect: [banter C15]
// expect: other::welcome
#include <banter/flow.hpp>
using namespace banter;

struct chats {
    static void in_private(context& ctx);
    static void in_groups(context& ctx);
    static constexpr auto flow() {
        return handlers(on(command<"start"> && private_chat, in_private)
#ifndef FIXED
                            ,
                        on(command<"start"> && group_chats, in_groups)
#endif
        );
    }
};

struct other {
    static void welcome(context& ctx);
    static constexpr auto flow() { return handlers(on(command<"start">, welcome)); }
};

static_assert(verify<chats, other>);
