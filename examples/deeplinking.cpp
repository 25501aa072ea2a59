// Deep links, four levels deep: each level shows another way to hand the user a link that starts the
// bot with a parameter.
//
// The links' parameters stand once as types and are checked by the compiler: deep_link<"so cool">
// would not compile.
#include <banter/banter.hpp>

#include <string>

using namespace banter;

struct levels {
    // A button that opens a link.
    static void first(context& ctx, bot& api) {
        ctx.reply("Welcome to the first level! Press on.",
                  inline_keyboard(row(url_button("Go on", deep_link<"so-cool">(api.me().username)))));
    }

    // A link in a text.
    static void second(context& ctx, bot& api) {
        const std::string link = deep_link<"using-entities-here">(api.me().username);
        ctx.reply(concat("The second level is a <a href=\"", escape_html(link), "\">link in a text</a>."),
                  {.parse_mode = parse_mode::html, .disable_link_preview = true});
    }

    // A button whose answer is a link: the bot learns that it was pressed.
    static void third(context& ctx) {
        ctx.reply("The third level asks the bot before it opens.",
                  inline_keyboard(row(button<"keyboard-callback-data">("Take me there"))));
    }
    static void pressed(context& ctx, bot& api) {
        ctx.answer("", {.url = deep_link<"using-keyboard-here">(api.me().username)});
    }

    static void fourth(context& ctx) {
        std::string words;
        for (std::size_t i = 0; !ctx.argument(i).empty(); ++i)
            words += concat(words.empty() ? "" : ", ", ctx.argument(i));
        ctx.reply(concat("You have come to the last level, with [", words, "]."));
    }

    // A link that adds the bot to a group.
    static void start(context& ctx, bot& api) {
        ctx.reply(concat("Add me to a group to begin: https://t.me/", api.me().username,
                         "?startgroup=check-this-out"));
    }

    static constexpr auto flow() {
        return handlers(on(command<"start"> && regex<"check-this-out">, first),
                        on(command<"start"> && regex<"so-cool">, second),
                        on(command<"start"> && regex<"using-entities-here">, third),
                        on(command<"start"> && regex<"using-keyboard-here">, fourth),
                        on(callback<"keyboard-callback-data.*">, pressed),
                        on(command<"start">, start));
    }
};

int main() { return run<levels>(); }
