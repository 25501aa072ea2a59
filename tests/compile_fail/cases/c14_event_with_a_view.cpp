// An event arrives when its sender's handler has returned.
// expect: [banter C14]
// expect: paid
// expect: string_view
#include <banter/flow.hpp>

#include <string>
#include <string_view>
using namespace banter;

struct paid {
#ifdef FIXED
    std::string by;
#else
    std::string_view by;
#endif
};

struct order {
    struct paying {};

    static paying start(context& ctx);
    static end thank(context& ctx, paid what);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<paying>(on_event<paid>(thank)));
    }
};

static_assert(verify<order>);
