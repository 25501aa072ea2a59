// What a command says of itself in the menu that clients show, beside the rule that takes it:
//
//   on(command<"pay">, start, in_menu("Start a payment").in("de", "Zahlung beginnen"))
//   on(command<"ban">, ban, in_menu("Ban a member").only(command_scope::all_chat_administrators))
//
// run() publishes the menu if it is asked to (--publish-commands); commands<...> is what it publishes.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/filter_program.hpp>
#include <banter/flow/rule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter {

/// Who sees a command in the menu (Bot API: BotCommandScope): everybody, or only in some chats. For
/// single chats and members, which are known at run time only, call set_my_commands.
enum class command_scope : std::uint8_t {
    everywhere,               ///< BotCommandScopeDefault
    all_private_chats,        ///< BotCommandScopeAllPrivateChats
    all_group_chats,          ///< BotCommandScopeAllGroupChats
    all_chat_administrators,  ///< BotCommandScopeAllChatAdministrators
};

/// Why Telegram would refuse what in_menu(...) says (check C4).
enum class menu_fault : std::uint8_t {
    no_fault,
    no_command_in_the_filter,
    description_is_empty,
    description_has_over_256_characters,
    language_is_not_two_letters,
    language_is_given_twice,
};

namespace detail {

struct menu_text {
    std::string_view language;  // empty: where no other fits
    std::string_view description;
};

inline constexpr std::size_t command_scope_count = 4;

}  // namespace detail

/// A command's entry in the menu; see in_menu.
template <std::size_t Texts>
class menu_entry {
  public:
    constexpr menu_entry(std::array<detail::menu_text, Texts> texts, std::uint8_t scopes)
        : texts_(texts), scopes_(scopes) {}

    /// The description for users of this language: two letters of ISO 639-1.
    [[nodiscard]] constexpr menu_entry<Texts + 1> in(std::string_view language,
                                                     std::string_view description) const {
        std::array<detail::menu_text, Texts + 1> all{};
        for (std::size_t i = 0; i != Texts; ++i) all[i] = texts_[i];
        all[Texts] = {language, description};
        return {all, scopes_};
    }
    /// The command is shown only there. It still works everywhere: filters say what a rule takes.
    template <class... Scopes>
        requires(sizeof...(Scopes) != 0 && (std::is_same_v<Scopes, command_scope> && ...))
    [[nodiscard]] constexpr menu_entry only(Scopes... scopes) const {
        return {texts_, static_cast<std::uint8_t>((... | (1U << static_cast<unsigned>(scopes))))};
    }

    [[nodiscard]] constexpr detail::array_view<detail::menu_text> texts() const { return texts_; }
    /// Bits of command_scope.
    [[nodiscard]] constexpr std::uint8_t scopes() const { return scopes_; }

  private:
    std::array<detail::menu_text, Texts> texts_;
    std::uint8_t scopes_;
};

/// The description under which a command stands in the menu of Telegram's clients: 1 to 256
/// characters. Commands without one are not published. A rule for several commands gives them all
/// the same.
[[nodiscard]] constexpr menu_entry<1> in_menu(std::string_view description) {
    return {{detail::menu_text{{}, description}}, 1U};
}

/// A rule whose command stands in the menu.
template <class Filter, class Handler, std::size_t Texts>
struct menu_rule : rule<Filter, Handler> {
    menu_entry<Texts> menu;
};

template <filter F, class Handler, std::size_t Texts>
[[nodiscard]] constexpr auto on(F, Handler handler, menu_entry<Texts> menu) {
    using held = detail::held_handler<Handler>;
    return menu_rule<F, held, Texts>{{detail::as_handler(handler)}, menu};
}

namespace detail {

/// Whether the program takes what its I-th node says, rather than everything else: an even number
/// of negations stands above it.
constexpr bool is_affirmed(array_view<filter_node> program, std::size_t i) {
    bool affirmed = true;
    // How many operands lie on the stack from the one that holds the node.
    std::size_t height = 1;
    for (++i; i != program.size(); ++i) switch (program[i].what) {
            case filter_node::op::negate:
                if (height == 1) affirmed = !affirmed;
                break;
            case filter_node::op::both:
            case filter_node::op::either:
            case filter_node::op::differ:
                if (height != 1) --height;
                break;
            default: ++height;
        }
    return affirmed;
}

constexpr bool names_command(array_view<filter_node> program, std::size_t i) {
    return program[i].what == filter_node::op::command && is_affirmed(program, i);
}

constexpr std::size_t named_commands(array_view<filter_node> program) {
    std::size_t count = 0;
    for (std::size_t i = 0; i != program.size(); ++i) count += names_command(program, i) ? 1U : 0U;
    return count;
}

/// Characters, as Telegram counts them: a byte that continues one is none.
constexpr std::size_t characters_in(std::string_view utf8) {
    std::size_t count = 0;
    for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U;
    return count;
}

/// What is wrong with an entry beside a filter.
constexpr menu_fault fault_of_menu(array_view<filter_node> program,
                                   array_view<menu_text> texts) {
    if (named_commands(program) == 0) return menu_fault::no_command_in_the_filter;
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    for (std::size_t i = 0; i != texts.size(); ++i) {
        const menu_text& text = texts[i];
        if (text.description.empty()) return menu_fault::description_is_empty;
        if (characters_in(text.description) > 256)
            return menu_fault::description_has_over_256_characters;
        if (i == 0) continue;
        if (text.language.size() != 2 || !is_letter(text.language[0]) ||
            !is_letter(text.language[1]))
            return menu_fault::language_is_not_two_letters;
        for (std::size_t j = 1; j != i; ++j)
            if (texts[j].language == text.language) return menu_fault::language_is_given_twice;
    }
    return menu_fault::no_fault;
}

}  // namespace detail
}  // namespace banter
