// A register of a family, by three levels of conversations.
//
//   family: the menu; shows what is known
//     adding: whom to add, a parent or a child
//       describing: name and age of one person; of oneself it stands right under the menu
//
// A nested conversation ends with a result, whose type says what the one around it does next, and is gone
// when the state around it is left: an old button that leads elsewhere leaves nothing behind. The register
// is user data, the same for a user in all chats.
#include <banter/banter.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace banter;

struct person {
    std::string word;  // Father, Mother, Brother, Sister; none for oneself
    std::string name = "-";
    std::string age = "-";
};
struct people {
    std::vector<person> self, parents, children;
};
/// The result of /stop, at any level.
struct stopped {};

namespace {

/// The data of the buttons, one character for most.
namespace press {
constexpr fixed_string member = "\x01", self = "\x02", show = "\x09", parents = "\x0A",
                       children = "\x0B", male = "\x0E", female = "\x0F", age = "\x10",
                       name = "\x11";
constexpr fixed_string done = "-1";
}  // namespace press

constexpr auto gender = callback<press::male> || callback<press::female>;
constexpr auto generation = callback<press::parents> || callback<press::children>;
constexpr auto feature = callback<press::name> || callback<press::age>;

constexpr auto menu_keyboard =
    inline_keyboard(row(button<press::member>("Add family member"), button<press::self>("Add yourself")),
                    row(button<press::show>("Show data"), button<press::done>("Done")));

}  // namespace

/// Describes one person; the conversation around it knows whose.
struct describing {
    struct selecting_feature {
        person who;
        static constexpr auto keyboard =
            inline_keyboard(row(button<press::name>("Name"), button<press::age>("Age"),
                                button<press::done>("Done")));
    };
    struct typing {
        person who;
        bool is_name;
    };

    static selecting_feature begin(context& ctx, matched<gender> which) {
        ctx.edit("What do you want to say?", selecting_feature::keyboard);
        return {{.word = which.is<callback<press::male>>() ? "male" : "female"}};
    }
    static typing ask_for(context& ctx, selecting_feature& here, matched<feature> which) {
        ctx.edit("Tell me, then.");
        return {std::move(here.who), which.is<callback<press::name>>()};
    }
    static next<selecting_feature, stay> learn(context& ctx, typing& here, matched<text> said) {
        if (said.text().size() > 100) {
            ctx.reply("A little shorter, please.");
            return stay{};
        }
        (here.is_name ? here.who.name : here.who.age) = said.text();
        ctx.reply("Got it! Anything else?", selecting_feature::keyboard);
        return selecting_feature{std::move(here.who)};
    }
    template <class State>
    static finish<person> done(State& here) {
        return finish{std::move(here.who)};
    }
    static finish<stopped> stop(context& ctx) {
        ctx.reply("Okay, bye.");
        return {};
    }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(gender, begin)),
            state<selecting_feature>(on(feature, ask_for),
                                     on(callback<press::done>, done<selecting_feature>)),
            state<typing>(on(text && !command<>, learn), on(callback<press::done>, done<typing>)),
            fallbacks(on(command<"stop">, stop)));
    }
};

/// Adds relatives.
struct adding {
    /// What it may end with, besides `stopped`.
    struct asked_to_show {};
    struct went_back {};

    struct selecting_level {
        static constexpr auto keyboard = inline_keyboard(
            row(button<press::parents>("Add parent"), button<press::children>("Add child")),
            row(button<press::show>("Show data"), button<press::done>("Back")));
    };
    struct selecting_gender {
        bool is_parent;
    };

    static selecting_level begin(context& ctx) {
        ctx.edit("You may add a relative, show the register, or go back.", selecting_level::keyboard);
        return {};
    }
    static selecting_gender level(context& ctx, matched<generation> which) {
        const bool is_parent = which.is<callback<press::parents>>();
        ctx.edit("Whom?", inline_keyboard(
            row(button<press::male>(is_parent ? "Add Father" : "Add Brother"),
                button<press::female>(is_parent ? "Add Mother" : "Add Sister")),
            row(button<press::show>("Show data"), button<press::done>("Back"))));
        return {is_parent};
    }
    static selecting_level added(context& ctx, selecting_gender& here, person&& who,
                                 user_data<people>& all) {
        const bool he = who.word == "male";
        who.word = here.is_parent ? he ? "Father" : "Mother" : he ? "Brother" : "Sister";
        (here.is_parent ? all->parents : all->children).push_back(std::move(who));
        return begin(ctx);
    }
    static finish<asked_to_show> show() { return {}; }
    static finish<went_back> go_back() { return {}; }
    static finish<stopped> stop(context& ctx) { return describing::stop(ctx); }
    static finish<stopped> stopped_below(stopped) { return {}; }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(callback<press::member>, begin)),
            state<selecting_level>(on(generation, level)),
            state<selecting_gender>(
                nest<describing>(on_result<person>(added), on_result<stopped>(stopped_below))),
            fallbacks(on(callback<press::show>, show), on(callback<press::done>, go_back),
                      on(command<"stop">, stop)));
    }
};

/// The menu.
struct family {
    struct selecting_action {
        static constexpr auto keyboard = menu_keyboard;
    };
    struct showing {
        static constexpr auto keyboard = inline_keyboard(row(button<press::done>("Back")));
    };
    struct describing_self {
        static constexpr auto keyboard = inline_keyboard(row(button<press::male>("Add info")));
    };
    struct stopping {};

    static selecting_action start(context& ctx) {
        ctx.reply("Hi! I keep a register of your family.");
        ctx.reply("What would you like to do? /stop ends it.", menu_keyboard);
        return {};
    }
    static selecting_action menu(context& ctx) {
        ctx.edit("What would you like to do? /stop ends it.", menu_keyboard);
        return {};
    }
    static showing show(context& ctx, const user_data<people>& all) {
        ctx.edit(concat(section("You", all->self), section("Your parents", all->parents),
                        section("Your siblings", all->children)),
                 showing::keyboard);
        return {};
    }
    static describing_self add_self(context& ctx) {
        ctx.edit("Please tell me about you.", describing_self::keyboard);
        return {};
    }
    static selecting_action added_self(context& ctx, person&& who, user_data<people>& all) {
        who.word.clear();
        all->self.push_back(std::move(who));
        return menu(ctx);
    }
    static end goodbye(context& ctx) {
        ctx.edit("See you around!");
        return {};
    }
    static end stop(context& ctx) {
        ctx.reply("Okay, bye.");
        return {};
    }
    static end over() { return {}; }
    static stopping wait() { return {}; }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start, in_menu("Open the register"))),
            state<selecting_action>(
                nest<adding>(on_result<adding::asked_to_show>(show),
                             on_result<adding::went_back>(menu), on_result<stopped>(over)),
                on(callback<press::show>, show), on(callback<press::self>, add_self),
                on(callback<press::done>, goodbye)),
            state<showing>(on(callback<press::done>, menu)),
            state<describing_self>(
                nest<describing>(on_result<person>(added_self), on_result<stopped>(wait))),
            state<stopping>(on(command<"start">, start)),
            fallbacks(on(command<"stop">, stop, in_menu("Close the register"))));
    }

  private:
    static std::string section(std::string_view title, const std::vector<person>& listed) {
        std::string lines = concat(title, ":\n");
        if (listed.empty()) lines += "nothing yet\n";
        for (const person& one : listed) {
            if (lines.size() > 1000) return lines + "...\n";  // a message has room for three sections
            lines += concat(one.word, one.word.empty() ? "" : ": ", one.name, ", ", one.age, '\n');
        }
        return lines;
    }
};

int main() { return run<family>(); }
