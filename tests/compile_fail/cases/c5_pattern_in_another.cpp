// Every text that the second pattern matches, the first does too: seen by their automata only.
// expect: [banter C5]
// expect: bank::second
// expect: bank::first
#include <banter/flow.hpp>
using namespace banter;

struct bank {
    static void first(context& ctx);
    static void second(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(callback<"bank_[0-9]+">, first), on(callback<"bank_\\d{1,3}">, second));
#else
        return handlers(on(callback<"bank_[0-9]+">, first), on(callback<"bank_\\w{1,3}">, second));
#endif
    }
};

static_assert(verify<bank>);
