// A string is no part of typed callback data.
// expect: [banter C4]
// expect: choice
#include <banter/flow.hpp>
#include <string>
using namespace banter;

struct choice {
    int bank;
#ifndef FIXED
    std::string name;
#endif
};

struct banks {
    static void chosen(context& ctx, matched<data<choice>> button);
    static constexpr auto flow() { return handlers(on(data<choice>, chosen)); }
};

static_assert(verify<banks>);
