// Inline mode: type @the_bot and some words in any chat, and choose how they are to be written.
//
// An inline query comes from no chat, so there is no context to speak through: the handler asks for
// the query and for the bot, and calls the method that answers it.
#include <banter/banter.hpp>

#include <string>

using namespace banter;

struct inline_mode {
    static void start(context& ctx, bot& api) {
        ctx.reply(concat("Hi! In any chat, type @", api.me().username, " and some words."));
    }
    static void help(context& ctx) { ctx.reply("I write your words large, bold or slanted."); }

    static task<> suggest(bot& api, telegram::inline_query query) {
        const std::string_view words = query.query();
        if (words.empty()) co_return;
        const std::string caps = upper_case(words);
        const std::string bold = concat("<b>", escape_html(words), "</b>");
        const std::string slanted = concat("<i>", escape_html(words), "</i>");
        co_await api(answer_inline_query{
            .inline_query_id = query.id(),
            .results = list(article("caps", "Capitals", caps),
                            article("bold", "Bold", bold, parse_mode::html),
                            article("slanted", "Slanted", slanted, parse_mode::html))});
    }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start),
                        on(command<"help">, help, in_menu("What this bot does")),
                        on(inline_query, suggest));
    }

  private:
    static inline_query_result_article article(std::string_view id, std::string_view title,
                                               std::string_view words,
                                               parse_mode mode = parse_mode::none) {
        return {.id = id,
                .title = title,
                .input_message_content =
                    input_text_message_content{.message_text = words, .parse_mode = mode}};
    }
};

int main() { return run<inline_mode>(); }
