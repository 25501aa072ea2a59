// What is thrown need not derive from std::exception; then on_error says that it is thrown.
// expect: [banter C9]
// expect: echo::report
// expect: refusal
#include <banter/flow.hpp>
using namespace banter;

struct refusal {};

struct echo {
    static void repeat(context& ctx, matched<text> input);
    static void report(const refusal& why);
#ifndef FIXED
    static constexpr auto flow() { return handlers(on(text, repeat), on_error(report)); }
#else
    static constexpr auto flow() { return handlers(on(text, repeat), on_error<refusal>(report)); }
#endif
};

static_assert(verify<echo, services<>>);
