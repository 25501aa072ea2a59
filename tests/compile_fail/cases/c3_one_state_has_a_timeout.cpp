// The timeout of one state is no way out of another.
// expect: [banter C3]
// expect: lamp::off
#include <banter/flow.hpp>

#include <chrono>
using namespace banter;
using namespace std::chrono_literals;

struct lamp {
    struct on_ {};
    struct off {};

    static on_ start(context& ctx);
    static next<off, stay> press(context& ctx);
    static void remind(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"lamp">, start)),
                            state<on_>(on(callback<"press">, press), after(5min, remind)),
#ifdef FIXED
                            trap<off>,
#endif
                            state<off>(on(text, remind)));
    }
};

static_assert(verify<lamp>);
