// Callback data has at most 64 bytes: the pattern wants more.
// expect: [banter C6]
// expect: long_data::take
#include <banter/flow.hpp>
using namespace banter;

struct long_data {
    static void take(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(callback<"token_[0-9a-f]{60}">, take));
#else
        return handlers(on(callback<"token_[0-9a-f]{58}">, take));
#endif
    }
};

static_assert(verify<long_data>);
