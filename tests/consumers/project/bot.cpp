#include <banter/banter.hpp>

using namespace banter;

struct echo {
    static void repeat(context& ctx, matched<text> input) { ctx.reply(input); }
    static constexpr auto flow() { return handlers(on(text, repeat)); }
};

int main() { return run<echo>(); }
