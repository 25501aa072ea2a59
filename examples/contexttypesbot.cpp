// Counts the clicks on each of its messages, and remembers who has ever used it: typed chat and bot
// data instead of dictionaries.
//
// A group of its own in front of the others sees every update first, and lets it pass.
#include <banter/banter.hpp>

#include <map>
#include <set>
#include <string>

using namespace banter;

struct clicks {
    std::map<std::int64_t, int> of_message;
};
struct audience {
    std::set<std::int64_t> users;
};

struct everybody {
    static constexpr auto from_nobody = poll_update || message_reaction_count || chat_boost ||
                                        removed_chat_boost || deleted_business_messages ||
                                        stopped_message_generation;

    static void note(telegram::user who, bot_data<audience>& all) {
        if (who) all->users.insert(who.id());  // a channel's post comes from nobody, too
    }

    static constexpr auto flow() { return handlers(on(any_update && !from_nobody, note)); }
};

struct counter {
    static constexpr auto keyboard = inline_keyboard(row(button<"button">("Click me!")));

    static void start(context& ctx) {
        ctx.reply(counted(0), {.parse_mode = parse_mode::html, .reply_markup = keyboard});
    }

    static void click(context& ctx, chat_data<clicks>& here) {
        // One of inline mode, or one that Telegram has forgotten, can be neither told apart nor edited.
        if (ctx.chat_type() == chat_type::none || ctx.head().inaccessible) return;
        const int count = ++here->of_message[ctx.message_id()];
        ctx.answer();
        ctx.edit(counted(count), {.parse_mode = parse_mode::html, .reply_markup = keyboard});
    }

    static void print_users(context& ctx, const bot_data<audience>& all) {
        std::string ids;
        for (const std::int64_t id : all->users) ids += concat(ids.empty() ? "" : ", ", id);
        ctx.reply(concat("These have used the bot: ", ids));
    }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start), on(callback<>, click),
                        on(command<"print_users">, print_users, in_menu("Who has used this bot")));
    }

  private:
    static std::string counted(int count) {
        return concat("This button was clicked <i>", count, "</i> times.");
    }
};

int main() { return run<group<everybody>, counter>(); }
