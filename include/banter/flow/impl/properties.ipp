// Bodies of flow/properties.hpp.
#pragma once

#include <banter/flow/incoming.hpp>
#include <banter/flow/properties.hpp>
#include <banter/telegram/error.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace banter {
namespace detail {

/// Reads one update's flags and properties from its document.
class property_reader {
  public:
    explicit property_reader(const incoming& update) : update_(update) {}

    [[nodiscard]] bool has(update_flag flag) const {
        const telegram::envelope& head = update_.head();
        switch (flag) {
            case update_flag::is_topic_message: return head.is_topic_message;
            case update_flag::from_bot: return head.has_user && head.from_bot;
            case update_flag::from_premium_user: return update_.user().is_premium() == true;
            case update_flag::from_menu_user:
                return update_.user().added_to_attachment_menu() == true;
            case update_flag::in_forum: return update_.chat().is_forum() == true;
            case update_flag::in_direct_messages:
                return update_.chat().is_direct_messages() == true;
            default: return is_message_kind(head.kind) && message_has(flag);
        }
    }

    [[nodiscard]] bool write(update_property property, std::string& to) const {
        const telegram::update whole = update_.update();
        switch (property) {
            case update_property::user: return write_user(update_.user(), to);
            case update_property::language: return write_text(update_.user().language_code(), to);
            case update_property::chat: return write_chat(update_.chat(), to);
            case update_property::inline_query: return write_text(whole.inline_query().query(), to);
            case update_property::inline_chat_type:
                return write_text(whole.inline_query().chat_type(), to);
            case update_property::result_id:
                return write_text(whole.chosen_inline_result().result_id(), to);
            case update_property::payload: return write_text(update_.head().query, to);
            case update_property::game:
                return write_text(whole.callback_query().game_short_name(), to);
            case update_property::member_change: return write_change(to);
            case update_property::reactions_added:
                return write_reactions(whole.message_reaction().new_reaction(),
                                       whole.message_reaction().old_reaction(), to);
            case update_property::reactions_removed:
                return write_reactions(whole.message_reaction().old_reaction(),
                                       whole.message_reaction().new_reaction(), to);
            default: return write_of_message(property, to);
        }
    }

  private:
    [[nodiscard]] bool message_has(update_flag flag) const {
        const telegram::message said = update_.message();
        switch (flag) {
            case update_flag::has_media_spoiler: return said.has_media_spoiler() == true;
            case update_flag::has_protected_content: return said.has_protected_content() == true;
            case update_flag::is_automatic_forward: return said.is_automatic_forward() == true;
            case update_flag::is_from_offline: return said.is_from_offline() == true;
            case update_flag::has_effect: return said.effect_id().has_value();
            case update_flag::is_reply: return static_cast<bool>(said.reply_to_message());
            case update_flag::is_reply_to_story: return static_cast<bool>(said.reply_to_story());
            case update_flag::has_suggested_post:
                return static_cast<bool>(said.suggested_post_info());
            case update_flag::has_sender_boosts: return said.sender_boost_count().has_value();
            case update_flag::premium_sticker:
                return static_cast<bool>(said.sticker().premium_animation());
            default: return false;
        }
    }

    [[nodiscard]] bool write_of_message(update_property property, std::string& to) const {
        const telegram::message said = update_.message();
        switch (property) {
            case update_property::sender_chat:
                if (!said.sender_chat()) return false;
                to.append(said.sender_chat().type()).append(1, ' ');
                return write_chat(said.sender_chat(), to);
            case update_property::via_bot: return write_user(said.via_bot(), to);
            case update_property::origin: return write_origin(said.forward_origin(), to);
            case update_property::mentions: return write_mentions(said, to);
            case update_property::mime_type: return write_text(said.document().mime_type(), to);
            case update_property::file_name: return write_text(said.document().file_name(), to);
            case update_property::sticker_format:
                if (!said.sticker()) return false;
                to += said.sticker().is_animated() ? "animated"
                      : said.sticker().is_video()  ? "video"
                                                   : "static";
                return true;
            case update_property::dice:
                if (!said.dice()) return false;
                to.append(said.dice().emoji());
                write_number(said.dice().value(), to);
                return true;
            case update_property::payment_payload:
                return said.successful_payment() &&
                       write_text(said.successful_payment().invoice_payload(), to);
            default: return false;
        }
    }

    static void write_number(std::int64_t number, std::string& to) {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
        to.append(digits, static_cast<std::size_t>(end - digits));
    }
    static bool write_text(std::optional<std::string_view> words, std::string& to) {
        if (words) to += *words;
        return words.has_value();
    }
    static bool write_account(std::int64_t id, std::optional<std::string_view> name,
                              std::string& to) {
        write_number(id, to);
        to += ' ';
        if (name) to += *name;
        return true;
    }
    static bool write_user(telegram::user who, std::string& to) {
        return who && write_account(who.id(), who.username(), to);
    }
    static bool write_chat(telegram::chat where, std::string& to) {
        return where && write_account(where.id(), where.username(), to);
    }
    static bool write_origin(telegram::message_origin from, std::string& to) {
        if (!from) return false;
        to.append(from.type()).append(1, ' ');
        if (const auto user = from.as<telegram::message_origin_user>())
            return write_user(user.sender_user(), to);
        if (const auto chat = from.as<telegram::message_origin_chat>())
            return write_chat(chat.sender_chat(), to);
        if (const auto channel = from.as<telegram::message_origin_channel>())
            return write_chat(channel.chat(), to);
        return write_account(0, std::nullopt, to);
    }

    /// The code units of a text from `offset` on, `length` of them (UTF-16, as entities count).
    static std::string_view cut(std::string_view text, std::int64_t offset, std::int64_t length) {
        std::size_t at = 0;
        const auto skip = [&](std::int64_t units) {
            while (units > 0 && at < text.size()) {
                const auto lead = static_cast<unsigned char>(text[at]);
                const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
                units -= bytes == 4 ? 2 : 1;
                at = std::min(at + bytes, text.size());
            }
        };
        skip(offset);
        const std::size_t first = at;
        skip(length);
        return text.substr(first, at - first);
    }
    static bool write_mentions(telegram::message said, std::string& to) {
        for (const telegram::message_entity one : said.entities()) {
            if (one.type() == "mention") {
                if (to.empty()) to += ' ';
                to.append(cut(said.text().value_or(""), one.offset(), one.length())).append(1, ' ');
            } else if (one.type() == "text_mention") {
                if (to.empty()) to += ' ';
                write_number(one.user().id(), to);
                to += ' ';
            }
        }
        return !to.empty();
    }

    static void write_status(telegram::chat_member who, std::string& to) {
        to += who.status();
        if (const auto restricted = who.as<telegram::chat_member_restricted>())
            to += restricted.is_member() ? "_in" : "_out";
    }
    [[nodiscard]] bool write_change(std::string& to) const {
        const bool own = update_.head().kind == update_kind::my_chat_member;
        const telegram::update whole = update_.update();
        const telegram::chat_member_updated change =
            own ? whole.my_chat_member() : whole.chat_member();
        if (!change) return false;
        write_status(change.old_chat_member(), to);
        to += ' ';
        write_status(change.new_chat_member(), to);
        return true;
    }

    static std::string_view name_of_reaction(telegram::reaction_type one) {
        if (const auto emoji = one.as<telegram::reaction_type_emoji>()) return emoji.emoji();
        if (const auto custom = one.as<telegram::reaction_type_custom_emoji>())
            return custom.custom_emoji_id();
        return one.type();
    }
    /// Those in `of` and not in `without`.
    static bool write_reactions(telegram::list<telegram::reaction_type> of,
                                telegram::list<telegram::reaction_type> without, std::string& to) {
        for (const telegram::reaction_type one : of) {
            const std::string_view name = name_of_reaction(one);
            bool in_both = false;
            for (const telegram::reaction_type other : without)
                in_both = in_both || name_of_reaction(other) == name;
            if (in_both) continue;
            if (to.empty()) to += ' ';
            to.append(name).append(1, ' ');
        }
        return !to.empty();
    }

    const incoming& update_;
};

/// Whether an update of this kind can have what the facts are of.
inline bool can_have(const incoming& update, const trait_facts& facts) {
    return update.head().kind != update_kind::unknown &&
           (facts.kinds & mask_of(update.head().kind)) != 0;
}

}  // namespace detail

BANTER_DECL bool has(const incoming& update, update_flag flag) {
    if (!detail::can_have(update, detail::facts_of(flag))) return false;
    try {
        return detail::property_reader(update).has(flag);
    } catch (const decode_error&) {
        return false;
    }
}

BANTER_DECL bool read_property(const incoming& update, update_property property, std::string& room,
                               std::string_view& out) {
    if (!detail::can_have(update, detail::facts_of(property))) return false;
    room.clear();
    try {
        if (!detail::property_reader(update).write(property, room)) return false;
    } catch (const decode_error&) {
        return false;
    }
    out = room;
    return true;
}

namespace detail {

BANTER_DECL bool has_flag(const incoming& update, const filter_node& atom) {
    return has(update, static_cast<update_flag>(atom.value));
}

BANTER_DECL bool has_property(const incoming& update, const filter_node& atom) {
    std::string_view found;
    return update.read(static_cast<update_property>(atom.value), found) && atom.automaton->matches(found);
}

}  // namespace detail
}  // namespace banter
