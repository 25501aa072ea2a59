// Greets on /start, helps on /help, and repeats every other text.
#include <banter/banter.hpp>

using namespace banter;

struct echo {
    static void start(context& ctx) {
        ctx.reply(concat("Hi ", ctx.mention_html(), '!'),
                  {.parse_mode = parse_mode::html, .reply_markup = force_reply{.selective = true}});
    }
    static void help(context& ctx) { ctx.reply("Send me a text, and I will send it back."); }
    static void repeat(context& ctx, matched<text> input) { ctx.reply(input); }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start),
                        on(command<"help">, help, in_menu("What this bot does")),
                        on(text && !command<>, repeat));
    }
};

int main() { return run<echo>(); }
