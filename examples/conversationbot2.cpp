// Collects facts about its user, by categories that they choose or name themselves.
//
//   (outside) --/start--> choosing --category--> typing_reply --text--> choosing
//   choosing --"Something else..."--> typing_choice --text--> typing_reply
//   "Done" ends it from everywhere.
//
// The category being asked for is in the state: it belongs to this conversation. The facts are user data:
// the same for a user in all chats.
#include <banter/banter.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace banter;

namespace {

/// What a user has told, in the order in which it was first told.
struct facts {
    struct fact {
        std::string category;
        std::string value;
    };
    std::vector<fact> all;

    void learn(std::string category, std::string_view value) {
        for (fact& one : all)
            if (one.category == category) {
                one.value = value;
                return;
            }
        all.push_back({std::move(category), std::string(value)});
    }
    [[nodiscard]] std::string lines() const {
        std::string out;
        for (const fact& one : all) {
            if (out.size() > 3000) return out + "\n...";  // a message has an end
            out += concat('\n', one.category, ": ", one.value);
        }
        return out;
    }
};

reply_keyboard categories() {
    return reply_keyboard()
        .row("Age", "Favourite colour")
        .row("Number of siblings", "Something else...")
        .row("Done")
        .one_time();
}

constexpr auto words = text && !command<>;

/// Whether somebody has written too much for one fact; says so then.
bool too_long(context& ctx, std::string_view said) {
    if (said.size() <= 200) return false;
    ctx.reply("A little shorter, please.");
    return true;
}

}  // namespace

struct conversationbot2 {
    struct choosing {};
    struct typing_choice {};
    struct typing_reply {
        std::string category;
    };

    static choosing start(context& ctx) {
        ctx.reply("Hello! What would you like to tell me?", categories());
        return {};
    }
    static typing_reply category(context& ctx, matched<text> chosen) {
        ctx.reply(concat("Your ", lower_case(chosen), "? Yes, I would love to hear about that."));
        return {std::string(chosen)};
    }
    static next<typing_reply, stay> category_of_own(context& ctx, matched<text> name) {
        if (too_long(ctx, name)) return stay{};
        return category(ctx, name);
    }
    static typing_choice something_else(context& ctx) {
        ctx.reply("All right, what is it about? A name for it will do.");
        return {};
    }
    static next<choosing, stay> learn(context& ctx, typing_reply& here, matched<text> value,
                                      user_data<facts>& known) {
        if (too_long(ctx, value)) return stay{};
        known->learn(std::move(here.category), value);
        ctx.reply(concat("Neat! This is what you have told me so far:", known->lines(),
                         "\nTell me more, or change your mind about something."),
                  categories());
        return choosing{};
    }
    static end done(context& ctx, user_data<facts>& known) {
        ctx.reply(concat("I learned these facts about you:", known->lines(), "\nUntil next time!"),
                  reply_keyboard_remove{});
        known.drop();
        return {};
    }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start, in_menu("Tell something about yourself"))),
            globals(on(regex<"^Done$">, done)),
            state<choosing>(on(regex<"^(Age|Favourite colour|Number of siblings)$">, category),
                            // As a keyboard may send it: with three dots, or whatever stands for them.
                            on(regex<"^Something else...$">, something_else)),
            state<typing_choice>(on(words, category_of_own)),
            state<typing_reply>(on(words, learn)));
    }
};

int main() { return run<conversationbot2>(); }
