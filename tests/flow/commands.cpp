// The menu of commands: what in_menu(...) makes of it, and what it refuses.
#include <banter/flow.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace banter;

namespace listed {

/// No menu at all.
struct silent {
    static void any();
    static constexpr auto flow() { return handlers(on(command<"start">, any)); }
};
static_assert(verify<silent>);
static_assert(commands<silent>.empty());

/// Entry points, a state, fallbacks; a rule for several commands; one that is only excluded.
struct pay {
    struct waiting {};
    static waiting start();
    static waiting more(matched<text>);
    static end cancel();
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"pay">, start, in_menu("Start a payment"))),
            state<waiting>(
                on((command<"more"> || command<"again">) && !command<"pay">, more, in_menu("Go on")),
                on(text && !command<>, more)),
            fallbacks(on(command<"cancel">, cancel, in_menu("Give up"))));
    }
};
static_assert(verify<pay>);
static_assert(commands<pay>.size() == 4);
static_assert(commands<pay>[0] == command_entry{"pay", "Start a payment", "",
                                                command_scope::everywhere});
static_assert(commands<pay>[1] == command_entry{"more", "Go on", ""});
static_assert(commands<pay>[2] == command_entry{"again", "Go on", ""});
static_assert(commands<pay>[3] == command_entry{"cancel", "Give up", ""});

/// Languages and scopes. Telegram merges no lists, so each one is whole.
struct club {
    static void any();
    static constexpr auto flow() {
        return handlers(
            on(command<"help"> && private_chat, any,
               in_menu("Help").in("de", "Hilfe").in("fr", "Aide")),
            on(command<"join">, any, in_menu("Join").only(command_scope::all_private_chats)),
            on(command<"top">, any,
               in_menu("The best").in("de", "Die Besten").only(command_scope::all_group_chats)),
            on(command<"ban">, any, in_menu("Ban").only(command_scope::all_chat_administrators)),
            // Described already.
            on(command<"help">, any, in_menu("Other")));
    }
};
static_assert(verify<club>);

/// Nothing for everybody: then there is no such list.
struct quiet {
    static void any();
    static constexpr auto flow() {
        return handlers(on(command<"a">, any,
                           in_menu("A").only(command_scope::all_private_chats,
                                             command_scope::all_chat_administrators)));
    }
};
static_assert(commands<quiet>.size() == 2);
static_assert(commands<quiet>[0].scope == command_scope::all_private_chats);
static_assert(commands<quiet>[1].scope == command_scope::all_chat_administrators);

/// As wide as it may be: 256 characters of two bytes; and one too many.
constexpr auto letters(std::size_t count) {
    std::array<char, 2 * 257> out{};
    for (std::size_t i = 0; i != count; ++i) {
        out[2 * i] = '\xc3';
        out[2 * i + 1] = '\xa4';
    }
    return out;
}
inline constexpr auto widest = letters(256);
inline constexpr auto too_wide = letters(257);

template <class Menu>
constexpr menu_fault fault(Menu menu) {
    return detail::fault_of_menu(detail::rule_program<command_filter<"a">>, menu.texts());
}
static_assert(fault(in_menu("A").in("de", "B").in("fr", "C")) == menu_fault::no_fault);
static_assert(fault(in_menu({widest.data(), 512})) == menu_fault::no_fault);
static_assert(fault(in_menu({too_wide.data(), 514})) ==
              menu_fault::description_has_over_256_characters);
static_assert(fault(in_menu("A").in("de", "")) == menu_fault::description_is_empty);
static_assert(fault(in_menu("")) == menu_fault::description_is_empty);
static_assert(fault(in_menu("A").in("", "B")) == menu_fault::language_is_not_two_letters);
static_assert(fault(in_menu("A").in("DE", "B")) == menu_fault::language_is_not_two_letters);
static_assert(fault(in_menu("A").in("deu", "B")) == menu_fault::language_is_not_two_letters);
static_assert(fault(in_menu("A").in("de", "B").in("de", "C")) ==
              menu_fault::language_is_given_twice);

template <filter F>
constexpr std::size_t named(F) {
    return detail::named_commands(detail::rule_program<F>);
}
static_assert(named(command<"a">) == 1);
static_assert(named(command<>) == 0);
static_assert(named(text && !command<"a">) == 0);
static_assert(named(!(!command<"a"> && !command<"b">)) == 2);
static_assert(named(!(command<"a"> || command<"b">)) == 0);
static_assert(named((photo || command<"a">) && !(photo && command<"b">)) == 1);

}  // namespace listed

TEST_CASE("each list is whole") {
    std::string all;
    for (const command_entry& one : commands<listed::club>) {
        constexpr std::string_view scopes[] = {"all", "private", "group", "admins"};
        all += std::string(scopes[static_cast<std::size_t>(one.scope)]) + '.' +
               std::string(one.language) + ' ' + std::string(one.name) + ": " +
               std::string(one.description) + '\n';
    }
    CHECK(all ==
          "all. help: Help\n"
          "all.de help: Hilfe\n"
          "all.fr help: Aide\n"
          "private. help: Help\n"
          "private. join: Join\n"
          "private.de help: Hilfe\n"
          "private.de join: Join\n"
          "private.fr help: Aide\n"
          "private.fr join: Join\n"
          "group. help: Help\n"
          "group. top: The best\n"
          "group.de help: Hilfe\n"
          "group.de top: Die Besten\n"
          "group.fr help: Aide\n"
          "group.fr top: The best\n"
          "admins. help: Help\n"
          "admins. top: The best\n"
          "admins. ban: Ban\n"
          "admins.de help: Hilfe\n"
          "admins.de top: Die Besten\n"
          "admins.de ban: Ban\n"
          "admins.fr help: Aide\n"
          "admins.fr top: The best\n"
          "admins.fr ban: Ban\n");
}

TEST_CASE("several structs publish one menu, in order") {
    constexpr auto& both = commands<listed::pay, listed::silent, listed::quiet>;
    REQUIRE(both.size() == 14);
    CHECK(both[0].name == "pay");
    CHECK(both[4] == command_entry{"pay", "Start a payment", "", command_scope::all_private_chats});
    CHECK(both[8] == command_entry{"a", "A", "", command_scope::all_private_chats});
}
