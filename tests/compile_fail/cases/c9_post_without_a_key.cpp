// A conversation gets a posted event only if that names its key.
// expect: [banter C9]
// expect: paid
// expect: order
#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
using namespace banter;

struct paid {
#ifdef FIXED
    std::int64_t user_id = 0;
#else
    std::int64_t chat_id = 0;
#endif
};

struct order {
    struct paying {};

    static paying start(context&) { return {}; }
    static end thank(context&, paid) { return {}; }

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<paying>(on_event<paid>(thank)));
    }
};

post_result use(dispatcher<order>& work) { return work.post(paid{}); }
