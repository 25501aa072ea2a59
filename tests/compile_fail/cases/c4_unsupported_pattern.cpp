// Python's re knows back references; automata do not.
// expect: [banter C4]
// expect: pattern_fault::backreference
#include <banter/flow.hpp>
using namespace banter;

struct twins {
    static void found(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(regex<"^([a-z]+) \\1$">, found));
#else
        return handlers(on(regex<"^([a-z]+) ([a-z]+)$">, found));
#endif
    }
};

static_assert(verify<twins>);
