// Four 64-bit numbers with their signs may need more than 64 bytes.
// expect: [banter C4]
// expect: rectangle
#include <banter/flow.hpp>
#include <cstdint>
using namespace banter;

struct rectangle {
#ifndef FIXED
    std::int64_t left, top, right, bottom;
#else
    std::int16_t left, top, right, bottom;
#endif
};

struct map {
    static void chosen(context& ctx, matched<data<rectangle>> button);
    static constexpr auto flow() { return handlers(on(data<rectangle>, chosen)); }
};

static_assert(verify<map>);
