// Collects facts about its user, as conversationbot2 does, and remembers: the facts, and where each
// conversation stands. Both outlive a restart, in the middle of a question too, because both are in a plain
// file before the bot says anything.
//
//   (outside) --/start--> choosing --category--> typing_reply --text--> choosing
//   choosing --"Something else..."--> typing_choice --text--> typing_reply
//   "Done" ends it from everywhere, and /show_data always answers.
#include "plain_file.hpp"

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

    [[nodiscard]] const fact* find(std::string_view category) const {
        for (const fact& one : all)
            if (one.category == category) return &one;
        return nullptr;
    }
    void learn(std::string category, std::string value) {
        for (fact& one : all)
            if (one.category == category) return static_cast<void>(one.value = std::move(value));
        all.push_back({std::move(category), std::move(value)});
    }
    [[nodiscard]] std::string lines() const {
        std::string out;
        for (const fact& one : all) {
            if (out.size() > 3000) return out + "\n...";  // a message has an end
            out += concat('\n', one.category, ": ", one.value);
        }
        return out;
    }
    [[nodiscard]] std::string categories() const {
        std::string out;
        for (const fact& one : all) {
            if (out.size() > 3000) return out + ", ...";
            out += concat(out.empty() ? "" : ", ", one.category);
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

struct persistentconversationbot {
    struct choosing {};
    struct typing_choice {};
    struct typing_reply {
        std::string category;
    };

    static choosing start(context& ctx, const user_data<facts>& known) {
        if (known->all.empty())
            ctx.reply("Hello! What would you like to tell me?", categories());
        else
            ctx.reply(concat("Hello again! You have told me your ", known->categories(),
                             ". Tell me more, or change your mind about something."),
                      categories());
        return {};
    }
    static typing_reply category(context& ctx, matched<text> chosen, const user_data<facts>& known) {
        std::string name = lower_case(chosen);
        if (const facts::fact* const old = known->find(name))
            ctx.reply(concat("Your ", name, "? So far I know this: ", old->value));
        else
            ctx.reply(concat("Your ", name, "? Yes, I would love to hear about that."));
        return {std::move(name)};
    }
    static next<typing_reply, stay> category_of_own(context& ctx, matched<text> name,
                                                    const user_data<facts>& known) {
        if (too_long(ctx, name)) return stay{};
        return category(ctx, name, known);
    }
    static typing_choice something_else(context& ctx) {
        ctx.reply("All right, what is it about? A name for it will do.");
        return {};
    }
    static next<choosing, stay> learn(context& ctx, typing_reply& here, matched<text> value,
                                      user_data<facts>& known) {
        if (too_long(ctx, value)) return stay{};
        known->learn(std::move(here.category), lower_case(value));
        ctx.reply(concat("Neat! This is what you have told me so far:", known->lines(),
                         "\nTell me more, or change your mind about something."),
                  categories());
        return choosing{};
    }
    static end done(context& ctx, const user_data<facts>& known) {
        ctx.reply(concat("I learned these facts about you:", known->lines(), "\nUntil next time!"),
                  reply_keyboard_remove{});
        return {};
    }

    static constexpr auto flow() {
        return conversation(
            persistent<"my_conversation">,
            entry_points(on(command<"start">, start, in_menu("Tell something about yourself"))),
            globals(on(regex<"^Done$">, done)),
            state<choosing>(on(regex<"^(Age|Favourite colour|Number of siblings)$">, category),
                            // As a keyboard may send it: with three dots, or whatever stands for them.
                            on(regex<"^Something else...$">, something_else)),
            state<typing_choice>(on(words, category_of_own)),
            state<typing_reply>(on(words, learn)));
    }
};

/// Answers in every state, and in none.
struct show_data {
    static void show(context& ctx, const user_data<facts>& known) {
        ctx.reply(concat("This is what you have told me:", known->lines()));
    }
    static constexpr auto flow() {
        return handlers(on(command<"show_data">, show, in_menu("What you have told")));
    }
};

int main() {
    plain_file file("conversationbot");
    kept_data<user_data<facts>> user_facts(file, "facts");
    kept_sessions sessions(file);
    return run<persistentconversationbot, show_data>(services(user_facts, sessions));
}
