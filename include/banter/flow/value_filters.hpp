// Filters that take values: from_user<1001>, document_of<"application/pdf">, dice_of<dice_kind::darts, 6>,
// text_is<"Yes">, prefix_command<"!", "ping">... Each is a pattern on a text or on a property of the
// update (properties.hpp), so the checks know what they exclude and imply.
//
// Sets that change while the bot runs (an allow-list) are a run-time leaf: when<is_allowed>, a function
// that asks a service.
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/deep_link.hpp>
#include <banter/flow/filter.hpp>
#include <banter/flow/filter_program.hpp>
#include <banter/flow/match.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>

namespace banter {

/// The emoji that show a random value (Dice.emoji).
enum class dice_kind : std::uint8_t { dice, darts, basketball, football, bowling, slot_machine };

/// ChatMember.status; of restricted members, those who are in the chat (is_member) and those who are
/// not are told apart.
enum class member_status : std::uint8_t {
    creator, administrator, member, restricted_in, restricted_out, left, kicked,
};

namespace detail {

/// A user, bot or chat, by its id or by its user name (with or without @, in any case).
struct account {
    std::int64_t id = 0;
    char name[65]{};

    template <std::integral T>
    constexpr account(T number) : id(static_cast<std::int64_t>(number)) {}
    template <std::size_t N>
        requires(N <= 66)
    constexpr account(const char (&text)[N]) {
        const std::size_t at = text[0] == '@' ? 1 : 0;
        for (std::size_t i = at; i + 1 < N; ++i) name[i - at] = text[i];
    }
    [[nodiscard]] constexpr std::string_view view() const {
        std::size_t size = 0;
        while (name[size] != 0) ++size;
        return {name, size};
    }
};

/// Writes a pattern while compiling.
class pattern_maker {
  public:
    constexpr pattern_maker& add(std::string_view as_it_is) {
        for (const char c : as_it_is) characters_[size_++] = c;
        return *this;
    }
    /// A text that stands for itself.
    constexpr pattern_maker& quote(std::string_view text) {
        for (const char c : text) {
            if (std::string_view("\\.[](){}*+?|^$/-").find(c) != std::string_view::npos)
                characters_[size_++] = '\\';
            characters_[size_++] = c;
        }
        return *this;
    }
    constexpr pattern_maker& number(std::int64_t value) {
        if (value < 0) characters_[size_++] = '-';
        std::uint64_t left = value < 0 ? 0 - static_cast<std::uint64_t>(value)
                                       : static_cast<std::uint64_t>(value);
        char digits[20]{};
        std::size_t count = 0;
        do digits[count++] = static_cast<char>('0' + left % 10);
        while ((left /= 10) != 0);
        while (count != 0) characters_[size_++] = digits[--count];
        return *this;
    }
    /// A bar, but for the first alternative.
    constexpr pattern_maker& next() {
        if (alternatives_++ != 0) characters_[size_++] = '|';
        return *this;
    }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    [[nodiscard]] constexpr std::string_view view() const { return {characters_, size_}; }

  private:
    char characters_[2048]{};
    std::size_t size_ = 0;
    std::size_t alternatives_ = 0;
};

/// What `Make` writes, as a template argument.
template <auto Make>
inline constexpr auto made_pattern = fixed_copy<Make().size()>(Make().view());

/// Accounts as `Front id name`; any where none is given. `id` is the pattern of any id.
template <fixed_string Front, fixed_string Id, account... Who>
inline constexpr auto account_pattern = made_pattern<[] {
    pattern_maker to;
    to.add("(?i)").add(Front.view());
    if (sizeof...(Who) == 0) return to.add(Id.view()).add(" \\w*");
    to.add("(?:");
    for (const account& who : std::initializer_list<account>{Who...}) {
        to.next();
        if (who.view().empty())
            to.number(who.id).add(" \\w*");
        else
            to.add(Id.view()).add(" ").quote(who.view());
    }
    return to.add(")");
}>;

/// One of the texts, as a whole.
template <fixed_string Front, fixed_string Back, fixed_string... Texts>
inline constexpr auto one_of_texts = made_pattern<[] {
    pattern_maker to;
    to.add(Front.view()).add("(?:");
    (to.next().quote(Texts.view()), ...);
    return to.add(")").add(Back.view());
}>;

constexpr std::string_view emoji_of(dice_kind kind) {
    constexpr std::string_view all[] = {"\U0001F3B2", "\U0001F3AF", "\U0001F3C0",
                                        "\u26BD",     "\U0001F3B3", "\U0001F3B0"};
    return all[static_cast<std::size_t>(kind)];
}
constexpr std::int64_t largest_value(dice_kind kind) {
    switch (kind) {
        case dice_kind::basketball:
        case dice_kind::football: return 5;
        case dice_kind::slot_machine: return 64;
        default: return 6;
    }
}

template <std::int64_t... Values>
constexpr void add_values(pattern_maker& to) {
    to.add("(?:");
    (to.next().number(Values), ...);
    to.add(")");
}
template <dice_kind Kind, std::int64_t... Values>
inline constexpr auto dice_pattern = made_pattern<[] {
    pattern_maker to;
    to.add(emoji_of(Kind));
    if (sizeof...(Values) == 0) return to.add("\\d+");
    pattern_maker values;
    add_values<Values...>(values);
    return to.add(values.view());
}>;
template <std::int64_t... Values>
inline constexpr auto dice_value_pattern = made_pattern<[] {
    pattern_maker to;
    to.add("\\D+");
    pattern_maker values;
    add_values<Values...>(values);
    return to.add(values.view());
}>;

constexpr std::string_view name_of(member_status status) {
    constexpr std::string_view all[] = {"creator",        "administrator", "member", "restricted_in",
                                        "restricted_out", "left",          "kicked"};
    return all[static_cast<std::size_t>(status)];
}
template <member_status From, member_status To>
inline constexpr auto status_pattern =
    made_pattern<[] { return pattern_maker().add(name_of(From)).add(" ").add(name_of(To)); }>;

template <fixed_string Extension, bool Case>
inline constexpr auto extension_pattern = made_pattern<[] {
    return pattern_maker().add(Case ? "(?s).*\\." : "(?is).*\\.").quote(Extension.view());
}>;

template <std::size_t Count>
inline constexpr auto argument_pattern = made_pattern<[] {
    return pattern_maker().add("(?s)\\A\\S+(?:\\s+\\S+){").number(Count).add("}\\s*\\Z");
}>;

template <update_property Property, auto Pattern>
using on_property = property_filter<Property, Pattern>;

/// Documents whose MIME type is like a pattern: what every program compiles is written down as a
/// pattern instead of made from texts.
template <fixed_string Pattern>
using document_like = property_filter<update_property::mime_type, Pattern>;

}  // namespace detail

inline namespace filters {

// ---- users and chats ----

/// Updates behind which one of these users stands; from_user<>: any user (PTB: filters.User, filters.USER).
template <detail::account... Who>
inline constexpr property_filter<update_property::user,
                                 detail::account_pattern<"", "\\d+", Who...>> from_user{};
/// Updates from one of these chats (PTB: filters.Chat).
template <detail::account First, detail::account... More>
inline constexpr property_filter<update_property::chat,
                                 detail::account_pattern<"", "-?\\d+", First, More...>> in_chat{};
/// Messages sent on behalf of one of these chats; sent_as<>: of any (PTB: filters.SenderChat).
template <detail::account... Who>
inline constexpr property_filter<update_property::sender_chat,
                                 detail::account_pattern<"\\w+ ", "-?\\d+", Who...>> sent_as{};
/// Messages sent on behalf of a channel (PTB: filters.SenderChat.CHANNEL).
inline constexpr property_filter<update_property::sender_chat, "channel -?\\d+ \\w*"> sent_as_channel{};
/// Messages sent on behalf of a supergroup: by an anonymous administrator (PTB:
/// filters.SenderChat.SUPER_GROUP).
inline constexpr property_filter<update_property::sender_chat, "supergroup -?\\d+ \\w*">
    sent_as_supergroup{};
/// Messages sent via one of these inline bots; via_bot<>: via any (PTB: filters.ViaBot, VIA_BOT).
template <detail::account... Who>
inline constexpr property_filter<update_property::via_bot,
                                 detail::account_pattern<"", "\\d+", Who...>> via_bot{};
/// Messages forwarded from one of these users or chats; forwarded_from<>: every forwarded message
/// (PTB: filters.ForwardedFrom, filters.FORWARDED).
template <detail::account... Who>
inline constexpr property_filter<update_property::origin,
                                 detail::account_pattern<"\\w+ ", "-?\\d+", Who...>> forwarded_from{};
/// Texts that mention one of these users, by name or by a link to the user (PTB: filters.Mention).
template <detail::account First, detail::account... More>
inline constexpr property_filter<update_property::mentions, detail::made_pattern<[] {
    detail::pattern_maker to;
    to.add("(?is)(?:.* )?(?:");
    for (const detail::account& who : std::initializer_list<detail::account>{First, More...}) {
        to.next();
        if (who.view().empty())
            to.number(who.id);
        else
            to.add("@").quote(who.view());
    }
    return to.add(") .*");
}>> mention{};
/// Users whose client's language begins with one of these codes: language<"de"> takes de and de-AT
/// (PTB: filters.Language).
template <fixed_string First, fixed_string... More>
inline constexpr property_filter<update_property::language,
                                 detail::one_of_texts<"", ".*", First, More...>> language{};

// ---- texts ----

/// Texts that are exactly one of these (PTB: filters.Text).
template <fixed_string First, fixed_string... More>
inline constexpr regex_filter<detail::one_of_texts<"\\A", "\\Z", First, More...>> text_is{};
/// Captions that are exactly one of these (PTB: filters.Caption).
template <fixed_string First, fixed_string... More>
inline constexpr caption_regex_filter<detail::one_of_texts<"\\A", "\\Z", First, More...>> caption_is{};

/// Texts whose first word is one of the names behind the prefix, in any case: prefix_command<"!",
/// "ping">. Group 1 is what stands behind it (PTB: PrefixHandler).
template <fixed_string Prefix, fixed_string First, fixed_string... More>
inline constexpr regex_filter<detail::made_pattern<[] {
    detail::pattern_maker to;
    to.add("(?is)\\A\\s*").quote(Prefix.view()).add("(?:");
    (to.next().quote(First.view()), ..., to.next().quote(More.view()));
    return to.add(")(?:\\s+(.*))?\\Z");
}>> prefix_command{};

/// Texts with at least one word behind the first: command<"start"> && with_arguments (PTB: has_args).
inline constexpr regex_filter<"(?s)\\A\\S+\\s+\\S"> with_arguments{};
/// Texts of this many words behind the first (PTB: has_args=2).
template <std::size_t Count>
inline constexpr regex_filter<detail::argument_pattern<Count>> argument_count{};

// ---- documents, stickers, dice, payments ----

/// Documents of exactly one of these MIME types (PTB: filters.Document.MimeType).
template <fixed_string First, fixed_string... More>
inline constexpr property_filter<update_property::mime_type,
                                 detail::one_of_texts<"", "", First, More...>> document_of{};
/// Documents whose MIME type begins so: document_category<"image/"> (PTB: filters.Document.Category).
template <fixed_string First, fixed_string... More>
inline constexpr property_filter<update_property::mime_type,
                                 detail::one_of_texts<"", ".*", First, More...>> document_category{};
/// Documents whose file name ends in a dot and this, in any case: document_extension<"tar.gz">
/// (PTB: filters.Document.FileExtension).
template <fixed_string Extension>
inline constexpr property_filter<update_property::file_name,
                                 detail::extension_pattern<Extension, false>> document_extension{};
/// The same, in this case only.
template <fixed_string Extension>
inline constexpr property_filter<update_property::file_name,
                                 detail::extension_pattern<Extension, true>> document_exact_extension{};
/// Documents whose file name has no dot.
inline constexpr property_filter<update_property::file_name, "(?s)[^.]*"> document_without_extension{};

inline constexpr detail::document_like<"application/.*"> application_document{};
inline constexpr detail::document_like<"audio/.*"> audio_document{};
inline constexpr detail::document_like<"image/.*"> image_document{};
inline constexpr detail::document_like<"text/.*"> text_document{};
inline constexpr detail::document_like<"video/.*"> video_document{};
inline constexpr detail::document_like<"application/vnd\\.android\\.package-archive"> apk_document{};
inline constexpr detail::document_like<"application/msword"> doc_document{};
inline constexpr detail::document_like<
    "application/vnd\\.openxmlformats-officedocument\\.wordprocessingml\\.document"> docx_document{};
inline constexpr detail::document_like<"application/octet-stream"> exe_document{};
inline constexpr detail::document_like<"image/gif"> gif_document{};
inline constexpr detail::document_like<"image/jpeg"> jpg_document{};
inline constexpr detail::document_like<"audio/mpeg"> mp3_document{};
inline constexpr detail::document_like<"video/mp4"> mp4_document{};
inline constexpr detail::document_like<"application/pdf"> pdf_document{};
inline constexpr detail::document_like<"text/x-python"> py_document{};
inline constexpr detail::document_like<"image/svg\\+xml"> svg_document{};
inline constexpr detail::document_like<"application/x-compressed-tar"> targz_document{};
inline constexpr detail::document_like<"text/plain"> txt_document{};
inline constexpr detail::document_like<"audio/x-wav"> wav_document{};
inline constexpr detail::document_like<"text/xml"> xml_document{};
inline constexpr detail::document_like<"application/zip"> zip_document{};

/// Stickers by their format (PTB: filters.Sticker.STATIC, ANIMATED, VIDEO, PREMIUM).
inline constexpr property_filter<update_property::sticker_format, "static"> static_sticker{};
inline constexpr property_filter<update_property::sticker_format, "animated"> animated_sticker{};
inline constexpr property_filter<update_property::sticker_format, "video"> video_sticker{};
inline constexpr flag_filter<update_flag::premium_sticker> premium_sticker{};

/// Dice of one emoji, with one of these values if any is given: dice_of<dice_kind::darts, 6>
/// (PTB: filters.Dice.Darts).
template <dice_kind Kind, std::int64_t... Values>
    requires((Values >= 1 && Values <= detail::largest_value(Kind)) && ...)
inline constexpr property_filter<update_property::dice, detail::dice_pattern<Kind, Values...>> dice_of{};
/// Dice of any emoji that show one of these values (PTB: filters.Dice(values)).
template <std::int64_t First, std::int64_t... More>
    requires(First >= 1 && First <= 64 && ((More >= 1 && More <= 64) && ...))
inline constexpr property_filter<update_property::dice, detail::dice_value_pattern<First, More...>>
    dice_value{};

/// Payments whose invoice had one of these payloads (PTB: filters.SuccessfulPayment).
template <fixed_string First, fixed_string... More>
inline constexpr property_filter<update_property::payment_payload,
                                 detail::one_of_texts<"", "", First, More...>> payment_for{};

// ---- other updates ----

/// Inline queries whose text matches as a whole (PTB: InlineQueryHandler(pattern), which matches at the
/// beginning: write "ab.*" for its "ab").
template <fixed_string Pattern>
inline constexpr property_filter<update_property::inline_query, Pattern> inline_query_text{};
/// Inline queries from a sort of chat: "sender" (the chat with the bot itself), "private", "group",
/// "supergroup", "channel" (PTB: InlineQueryHandler(chat_types)).
template <fixed_string First, fixed_string... More>
inline constexpr property_filter<update_property::inline_chat_type,
                                 detail::one_of_texts<"", "", First, More...>> inline_query_in{};
/// Chosen inline results whose id matches as a whole (PTB: ChosenInlineResultHandler(pattern)).
template <fixed_string Pattern>
inline constexpr property_filter<update_property::result_id, Pattern> chosen_result{};
/// Shipping and pre-checkout queries, purchases of paid media and changes of subscriptions whose payload
/// matches as a whole (PTB: PreCheckoutQueryHandler(pattern)).
template <fixed_string Pattern>
inline constexpr property_filter<update_property::payload, Pattern> invoice_payload{};
/// Pressed buttons of games, by the game's short name; a whole match (PTB: game_pattern).
template <fixed_string Pattern = "(?s).+">
inline constexpr property_filter<update_property::game, Pattern> game_button{};

/// A member's status went from one to the other.
template <member_status From, member_status To>
inline constexpr property_filter<update_property::member_change, detail::status_pattern<From, To>>
    member_became{};
/// Somebody came into the chat: who was not in it has a new status, and is. Of the bot itself with
/// `my_chat_member &&`, of others with `chat_member &&`.
inline constexpr property_filter<update_property::member_change, detail::joining> member_joined{};
/// Somebody is no longer in the chat.
inline constexpr property_filter<update_property::member_change, detail::leaving> member_left{};

/// A reaction that was not there before: an emoji, a custom emoji's id, or "paid".
template <fixed_string First, fixed_string... More>
inline constexpr property_filter<update_property::reactions_added,
                                 detail::one_of_texts<"(?s)(?:.* )?", " .*", First, More...>>
    reaction_added{};
/// A reaction that was taken back.
template <fixed_string First, fixed_string... More>
inline constexpr property_filter<update_property::reactions_removed,
                                 detail::one_of_texts<"(?s)(?:.* )?", " .*", First, More...>>
    reaction_removed{};

}  // namespace filters

inline namespace filters {

/// The command /start with exactly this parameter, as the deep link deep_link<Parameter>(username)
/// sends it.
template <fixed_string Parameter>
inline constexpr start_link_filter<Parameter> started_with{};

}  // namespace filters

namespace detail {

/// A command whose text says more.
template <fixed_string Parameter>
struct filter_traits<start_link_filter<Parameter>>
    : filter_traits<and_filter<
          command_filter<"start">,
          regex_filter<one_of_texts<"(?s)\\A\\S+\\s+", "\\s*\\Z", Parameter>>>> {};

}  // namespace detail

/// The parameter, as the command's arguments.
template <fixed_string Parameter>
class match<start_link_filter<Parameter>> : public match<command_filter<"start">> {
  public:
    using match<command_filter<"start">>::match;
};

}  // namespace banter
