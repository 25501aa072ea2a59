// The filters: empty types that say which updates a handler takes, and their algebra.
//
// A filter is a constant (`text`, `photo`, `command<"pay">`, `callback<"bank_([0-9]+)">`); `&&`,
// `||`, `!` and `^` combine filters into new types. What a filter means is written down once, as
// a small program of values, in filter_program.hpp; checks, index and run time all use that.
//
// A filter that names no update kind looks at what its atoms speak of: new messages for contents,
// commands and texts, callback queries for `callback<...>` and `data<T>`, new messages for what
// speaks of neither. So an edited message or a channel post reaches a handler only where the filter
// says `edited_message`, `channel_post` and so on, and a negation never takes other kinds.
#pragma once

#include <banter/flow/fixed_string.hpp>
#include <banter/flow/update_traits.hpp>
#include <banter/telegram/kinds.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace banter {

/// Base of every filter; marks a type as one.
struct filter_tag {};

template <class F>
concept filter = std::derived_from<F, filter_tag> && std::is_empty_v<F>;

// ---- atoms ----

/// Every update of every kind.
struct anything_filter : filter_tag {};
/// Updates of one kind.
template <update_kind Kind>
struct kind_filter : filter_tag {};
/// Messages that carry this content.
template <content_kind Kind>
struct content_filter : filter_tag {};
/// Service messages: of joins, pins, payments and other events.
struct service_filter : filter_tag {};
/// Texts with an entity of this kind.
template <entity_kind Kind>
struct entity_filter : filter_tag {};
/// Messages with a caption.
struct caption_filter : filter_tag {};
/// Captions with an entity of this kind.
template <entity_kind Kind>
struct caption_entity_filter : filter_tag {};
/// A caption that contains a match of the pattern.
template <fixed_string Pattern>
struct caption_regex_filter : filter_tag {};
/// Updates from a chat of this type.
template <chat_type Type>
struct chat_filter : filter_tag {};
/// A bot command; the empty name is any command.
template <fixed_string Name>
struct command_filter : filter_tag {
    static constexpr auto characters = Name;
    static constexpr std::string_view name{characters.characters, characters.size()};
};
/// A pressed button whose data matches the pattern; the empty pattern is any callback query.
template <fixed_string Pattern>
struct callback_filter : filter_tag {};
/// A text that contains a match of the pattern.
template <fixed_string Pattern>
struct regex_filter : filter_tag {};
/// A pressed button whose data encodes a T.
template <class T>
struct data_filter : filter_tag {};
/// A pressed button whose data encodes this value.
template <auto Value>
struct data_is_filter : filter_tag {};
/// The command /start with this parameter of a deep link.
template <fixed_string Parameter>
struct start_link_filter : filter_tag {};
/// Updates that have a flag.
template <update_flag Flag>
struct flag_filter : filter_tag {};
/// Updates whose property matches the pattern as a whole.
template <update_property Property, fixed_string Pattern>
struct property_filter : filter_tag {};
/// The run-time leaf: a predicate whose parameters are supplied like a handler's.
template <auto Predicate>
struct when_filter : filter_tag {};

// ---- combinations ----

template <filter A, filter B>
struct and_filter : filter_tag {};
template <filter A, filter B>
struct or_filter : filter_tag {};
template <filter A, filter B>
struct xor_filter : filter_tag {};
template <filter A>
struct not_filter : filter_tag {};

template <filter A, filter B>
constexpr and_filter<A, B> operator&&(A, B) {
    return {};
}
template <filter A, filter B>
constexpr or_filter<A, B> operator||(A, B) {
    return {};
}
template <filter A, filter B>
constexpr xor_filter<A, B> operator^(A, B) {
    return {};
}
template <filter A>
constexpr not_filter<A> operator!(A) {
    return {};
}

// ---- names ----

inline namespace filters {

/// Bot commands: a bot_command entity at offset 0 of a text. `command<"pay">` takes /pay and
/// /pay@ThisBot, in any case, and no command addressed to another bot; `command<>` takes every
/// command, also one addressed to another bot.
template <fixed_string Name = "">
inline constexpr command_filter<Name> command{};

/// Pressed inline buttons. The pattern has to match the whole data; `callback<>` takes every
/// callback query.
template <fixed_string Pattern = "">
inline constexpr callback_filter<Pattern> callback{};

/// Texts in which the pattern matches somewhere (Python's re.search). Captions do not count.
template <fixed_string Pattern>
inline constexpr regex_filter<Pattern> regex{};

/// Captions in which the pattern matches somewhere (PTB: filters.CaptionRegex).
template <fixed_string Pattern>
inline constexpr caption_regex_filter<Pattern> caption_regex{};

/// Texts with an entity of this kind: entity<entity_kind::url> (PTB: filters.Entity).
template <entity_kind Kind>
inline constexpr entity_filter<Kind> entity{};

/// Captions with an entity of this kind (PTB: filters.CaptionEntity).
template <entity_kind Kind>
inline constexpr caption_entity_filter<Kind> caption_entity{};

/// Messages with a caption (PTB: filters.CAPTION).
inline constexpr caption_filter caption{};

/// Service messages (PTB: filters.StatusUpdate.ALL).
inline constexpr service_filter service_message{};

/// Pressed inline buttons whose data encodes a T, as `data_button(value, label)` does.
template <class T>
inline constexpr data_filter<T> data{};

/// Pressed inline buttons whose data encodes exactly this value.
template <auto Value>
inline constexpr data_is_filter<Value> data_is{};

/// The run-time leaf: a function or captureless lambda that returns bool.
template <auto Predicate>
inline constexpr when_filter<Predicate> when{};

// Chat types.
inline constexpr chat_filter<chat_type::private_chat> private_chat{};
inline constexpr chat_filter<chat_type::group> group_chat{};
inline constexpr chat_filter<chat_type::supergroup> supergroup_chat{};
inline constexpr chat_filter<chat_type::channel> channel_chat{};
/// A group or a supergroup.
inline constexpr or_filter<chat_filter<chat_type::group>, chat_filter<chat_type::supergroup>>
    group_chats{};

}  // namespace filters

}  // namespace banter
