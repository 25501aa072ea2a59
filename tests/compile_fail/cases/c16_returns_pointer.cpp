// A pointer is no transition.
// expect: [banter C16]
// expect: greeter::greet
// expect: std::
#include <banter/flow.hpp>
#include <string>
using namespace banter;

struct greeter {
#ifndef FIXED
    static std::string* greet(context& ctx);
#else
    static void greet(context& ctx);
#endif
    static constexpr auto flow() { return handlers(on(text, greet)); }
};

static_assert(verify<greeter>);
