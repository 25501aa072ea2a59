// Neither earlier handler takes all that the third does; together they do.
// expect: [banter C5]
// expect: pets::either
#include <banter/flow.hpp>
using namespace banter;

struct pets {
    static void cats(context& ctx);
    static void dogs(context& ctx);
    static void either(context& ctx);
    static constexpr auto flow() {
        return handlers(on(regex<"cat">, cats), on(regex<"dog">, dogs),
#ifndef FIXED
                        on(regex<"^(cat|dog)s?$">, either));
#else
                        on(regex<"^(cat|dog|cow)s?$">, either));
#endif
    }
};

static_assert(verify<pets>);
