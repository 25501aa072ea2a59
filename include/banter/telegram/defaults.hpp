// What holds for all messages of a bot where nothing else is said: given once, applied to each call,
// also inside of it (captions of albums, replies, inline results).
//
//   int main() { return run<shop>({.defaults = {.parse_mode = parse_mode::html}}); }
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/json_writer.hpp>
#include <banter/telegram/values.hpp>

#include <optional>

namespace banter {

/// The part of link_preview_options that can have defaults; applied field by field.
struct link_preview_defaults {
    std::optional<bool> is_disabled = {};
    std::optional<bool> prefer_small_media = {};
    std::optional<bool> prefer_large_media = {};
    std::optional<bool> show_above_text = {};

    bool operator==(const link_preview_defaults&) const = default;
};

/// Fields that a call leaves unset take their value from here (PTB: Defaults). What is given
/// explicitly wins: parse_mode::none, .disable_notification = false.
struct message_defaults {
    /// For texts, captions, questions, explanations, quotes: wherever no entities are given.
    banter::parse_mode parse_mode = {};
    std::optional<bool> disable_notification = {};
    std::optional<bool> protect_content = {};
    /// Of reply_parameters.
    std::optional<bool> allow_sending_without_reply = {};
    link_preview_defaults link_preview = {};
    /// Whether a context's replies quote the message they answer; unset: outside of private chats.
    std::optional<bool> quote = {};
    /// Whether texts and lists over Telegram's limits are refused before they are sent. False: where
    /// the limits have grown since this library was made.
    bool check_limits = true;

    bool operator==(const message_defaults&) const = default;
};

namespace detail {

enum class default_flag : std::uint8_t {
    disable_notification,
    protect_content,
    allow_sending_without_reply,
};

/// Writes the value, else the writer's default, else nothing.
void write_if_boolean_or(json_writer& writer, const char* name, std::optional<bool> value,
                         default_flag flag);
/// What a call's writer has for link previews.
[[nodiscard]] link_preview_defaults link_preview_of(const json_writer& writer);

template <class Options>
void write_link_preview(json_writer& writer, const char* name, const std::optional<Options>& given) {
    const link_preview_defaults known = link_preview_of(writer);
    // A value and a flag: of an optional that is filled in place, g++ 12 says it may be uninitialised.
    Options options = given.value_or(Options{});
    bool any = given.has_value();
    const auto fill = [&any](std::optional<bool>& field, std::optional<bool> value) {
        if (!value) return;
        any = true;
        if (!field) field = value;
    };
    fill(options.is_disabled, known.is_disabled);
    // A preview that is not shown has no looks.
    if (!options.is_disabled.value_or(false)) {
        fill(options.prefer_small_media, known.prefer_small_media);
        fill(options.prefer_large_media, known.prefer_large_media);
        fill(options.show_above_text, known.show_above_text);
    }
    if (!any) return;
    write_name(writer, name);
    options.write_json(writer);
}

}  // namespace detail
}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/defaults.ipp>
#endif
