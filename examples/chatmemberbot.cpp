// Keeps track of the chats that the bot is in, and greets who joins one of them.
//
// Where the bot itself comes and goes is told by my_chat_member updates; what others do by
// chat_member updates, which Telegram sends to administrators only, and only to bots that ask for
// them: the library asks for what the handlers take.
#include <banter/banter.hpp>

#include <set>
#include <string>

using namespace banter;

struct known_chats {
    std::set<std::int64_t> users, groups, channels;

    std::set<std::int64_t>& of(chat_type type) {
        if (type == chat_type::private_chat) return users;
        return type == chat_type::channel ? channels : groups;
    }
};

struct membership {
    static void bot_added(context& ctx, bot_data<known_chats>& known) {
        known->of(ctx.chat_type()).insert(ctx.chat_id());
    }
    static void bot_removed(context& ctx, bot_data<known_chats>& known) {
        known->of(ctx.chat_type()).erase(ctx.chat_id());
    }

    static void show_chats(context& ctx, bot& api, const bot_data<known_chats>& known) {
        ctx.reply(concat('@', api.me().username, " talks with the users ", listed(known->users),
                         ", is in the groups ", listed(known->groups), " and in the channels ",
                         listed(known->channels), '.'));
    }

    static void greet(context& ctx, telegram::chat_member_updated change) {
        announce(ctx, concat(mention_html(change.new_chat_member().user()), " was added by ",
                             mention_html(change.from()), ". Welcome!"));
    }
    static void see_off(context& ctx, telegram::chat_member_updated change) {
        announce(ctx, concat(mention_html(change.new_chat_member().user()), " is gone: ",
                             mention_html(change.from()), " has seen to that."));
    }

    /// Somebody who talked with the bot before it was started this time.
    static void first_word(context& ctx, bot_data<known_chats>& known) {
        if (known->users.insert(ctx.chat_id()).second)
            ctx.reply(concat("Welcome, ", ctx.full_name(), ". Type /show_chats to see where I am."));
    }

    /// A group becomes a supergroup, and has another id from then on.
    static void migrated(context& ctx, bot_data<known_chats>& known) {
        if (known->groups.erase(ctx.chat_id()) != 0)
            known->groups.insert(ctx.head().migrated_chat_id);
    }

    static constexpr auto flow() {
        constexpr auto said = message || edited_message;
        constexpr auto anything_said =
            said || business_message || edited_business_message || guest_message;
        return handlers(
            on(my_chat_member && member_joined, bot_added),
            on(my_chat_member && member_left, bot_removed),
            on(said && command<"show_chats">, show_chats, in_menu("Where this bot is")),
            on(chat_member && member_joined, greet), on(chat_member && member_left, see_off),
            on(anything_said && private_chat, first_word),
            on(migrate_to_chat_id, migrated));
    }

  private:
    static void announce(context& ctx, std::string_view html) {
        ctx.send(send_message{
            .chat_id = ctx.chat_id(), .text = html, .parse_mode = parse_mode::html});
    }
    static std::string listed(const std::set<std::int64_t>& ids) {
        std::string out;
        for (const std::int64_t id : ids) out += concat(out.empty() ? "" : ", ", id);
        return out.empty() ? "(none)" : out;
    }
};

int main() { return run<membership>(); }
