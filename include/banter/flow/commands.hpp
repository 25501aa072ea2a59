// The menu of a bot, as constant values: what setMyCommands is told.
//
//   static_assert(commands<payment>[0].name == "pay");
//
// Telegram shows one list to a user, the narrowest that there is for the chat and the user's language;
// lists are not merged. So each list here is whole: a command for everybody stands in the lists for
// private chats, groups and languages too, where there are such lists, with its own description in the
// list's language or else the one without a language.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/menu.hpp>
#include <banter/flow/model.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter {

/// One line of one of the lists.
struct command_entry {
    std::string_view name;         ///< without the slash
    std::string_view description;
    std::string_view language;     ///< two letters; empty: of every language without a list
    command_scope scope = command_scope::everywhere;
    bool operator==(const command_entry&) const = default;
};

namespace error {
// C4. One gets here with more commands in the menu than Telegram takes: leave some without
// in_menu(...), or show them in some chats only.
template <std::size_t Commands>
inline constexpr bool menu_has_at_most_100_commands = Commands <= 100;
template <std::size_t Commands>
struct menu_is_too_long {
    static_assert(menu_has_at_most_100_commands<Commands>,
                  "[banter C4] Telegram takes at most 100 commands in a menu: leave some without "
                  "in_menu(...), or show them only(...) in some chats");
};
}  // namespace error

namespace detail {

/// A command as its rule describes it.
struct menu_line {
    std::string_view name;
    array_view<menu_text> texts;
    std::uint8_t scopes = 0;
};

template <class Rule>
concept has_menu = requires(const Rule& rule) { rule.menu.texts(); };

template <class C, std::size_t I>
constexpr std::size_t menu_size_of() {
    if constexpr (has_menu<rule_type<C, I>>)
        return named_commands(rule_program<filter_at<C, I>>);
    else
        return 0;
}

template <class C>
inline constexpr std::size_t menu_size = []<std::size_t... I>(std::index_sequence<I...>) {
    const std::size_t of_rules[sizeof...(I) + 1] = {menu_size_of<C, I>()..., 0};
    std::size_t all = 0;
    for (const std::size_t one : of_rules) all += one;
    return all;
}(std::make_index_sequence<shape<C>::rule_count>{});

template <class C, std::size_t I>
constexpr menu_line* write_menu(menu_line* out) {
    if constexpr (has_menu<rule_type<C, I>>) {
        constexpr auto& program = rule_program<filter_at<C, I>>;
        for (std::size_t i = 0; i != program.size(); ++i)
            if (names_command(program, i))
                *out++ = {program[i].word, rule_at<C, I>.menu.texts(), rule_at<C, I>.menu.scopes()};
    }
    return out;
}

template <class C>
constexpr menu_line* write_menu_of(menu_line* out) {
    if constexpr (menu_size<C> != 0)
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            using writer = menu_line* (*)(menu_line*);
            const writer of_rules[] = {&write_menu<C, I>...};
            for (const writer one : of_rules) out = one(out);
        }(std::make_index_sequence<shape<C>::rule_count>{});
    return out;
}

template <class... Bots>
inline constexpr auto menu_lines = [] {
    std::array<menu_line, (menu_size<Bots> + ... + 0)> out{};
    [[maybe_unused]] menu_line* at = out.data();
    ((at = write_menu_of<Bots>(at)), ...);
    return out;
}();

/// Whether a command shown in `scopes` is seen where `scope`'s list is.
constexpr bool is_shown(std::uint8_t scopes, command_scope scope) {
    const auto has = [scopes](command_scope one) {
        return (scopes >> static_cast<unsigned>(one) & 1U) != 0;
    };
    return has(scope) || has(command_scope::everywhere) ||
           (scope == command_scope::all_chat_administrators &&
            has(command_scope::all_group_chats));
}

constexpr std::string_view description_in(array_view<menu_text> texts,
                                          std::string_view language) {
    for (const menu_text& text : texts)
        if (text.language == language) return text.description;
    return {};
}

/// Calls `visit` with each line of each list.
template <class Visit>
constexpr void for_each_command(array_view<menu_line> lines, Visit&& visit) {
    const auto write_list = [&](command_scope scope, std::string_view language) {
        for (std::size_t i = 0; i != lines.size(); ++i) {
            if (!is_shown(lines[i].scopes, scope)) continue;
            bool first = true;  // of two rules for one command, the first describes it
            for (std::size_t j = 0; j != i && first; ++j)
                first = lines[j].name != lines[i].name || !is_shown(lines[j].scopes, scope);
            if (!first) continue;
            std::string_view text = description_in(lines[i].texts, language);
            if (text.empty()) text = lines[i].texts[0].description;
            visit(command_entry{lines[i].name, text, language, scope});
        }
    };
    for (std::size_t s = 0; s != command_scope_count; ++s) {
        const auto scope = static_cast<command_scope>(s);
        bool used = false;
        for (const menu_line& line : lines) used = used || (line.scopes >> s & 1U) != 0;
        if (!used) continue;
        write_list(scope, {});
        // Each language that some command of this list speaks, once.
        for (std::size_t i = 0; i != lines.size(); ++i) {
            if (!is_shown(lines[i].scopes, scope)) continue;
            for (std::size_t t = 1; t < lines[i].texts.size(); ++t) {
                const std::string_view language = lines[i].texts[t].language;
                bool known = false;
                for (std::size_t j = 0; j != i && !known; ++j)
                    known = is_shown(lines[j].scopes, scope) &&
                            !description_in(lines[j].texts, language).empty();
                if (!known) write_list(scope, language);
            }
        }
    }
}

constexpr std::size_t count_commands(array_view<menu_line> lines) {
    std::size_t count = 0;
    for_each_command(lines, [&](const command_entry&) { ++count; });
    return count;
}

constexpr std::size_t longest_menu(array_view<menu_line> lines) {
    std::size_t longest = 0, length = 0;
    command_entry last{};
    for_each_command(lines, [&](const command_entry& one) {
        length = one.scope == last.scope && one.language == last.language ? length + 1 : 1;
        longest = length > longest ? length : longest;
        last = one;
    });
    return longest;
}

template <class... Bots>
constexpr auto published_commands() {
    constexpr array_view<menu_line> lines = menu_lines<Bots...>;
    static_assert(sizeof(error::menu_is_too_long<longest_menu(lines)>) > 0);
    std::array<command_entry, count_commands(lines)> out{};
    [[maybe_unused]] std::size_t at = 0;
    if constexpr (!out.empty())
        for_each_command(lines, [&](const command_entry& one) { out[at++] = one; });
    return out;
}

template <class... Bots>
constexpr auto published_commands_in(type_list<Bots...>) {
    return published_commands<Bots...>();
}

}  // namespace detail

/// The lists of commands that the bot publishes, one behind the other: by scope, then by language
/// (the one without first), then in the order of the flow. What no rule describes with in_menu(...)
/// is in none.
template <bot_item... Bots>
inline constexpr auto commands = detail::published_commands_in(detail::structs_in<Bots...>{});

}  // namespace banter
