// The body of envelope.hpp: which of an update's fields the envelope holds, and where they stand.
#pragma once

#include <banter/telegram/envelope.hpp>
#include <banter/telegram/impl/envelope_cursor.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <vector>

namespace banter::telegram {
namespace detail {

/// What the first pass does with a field of Message: the content kinds, then the attributes.
enum class message_field : std::uint8_t {
    message_id = content_kind_count, message_thread_id, direct_messages_topic, from,
    guest_query_id, business_connection_id, date, chat, is_topic_message, entities, caption, other,
};

/// Finds a name's number by hash: one probe and one comparison for nearly every name.
template <std::size_t Slots>
class name_table {
  public:
    template <std::size_t N>
    explicit consteval name_table(const std::array<std::string_view, N>& names) {
        static_assert(N * 2 <= Slots && N < 255);
        for (std::size_t i = 0; i != N; ++i) {
            std::size_t slot = hash(names[i]);
            while (numbers_[slot] != 0) slot = (slot + 1) % Slots;
            numbers_[slot] = static_cast<std::uint8_t>(i + 1);
            names_[slot] = names[i];
        }
    }
    /// The name's place in the list; `otherwise` if it is not in it.
    [[nodiscard]] std::uint8_t find(std::string_view name, std::uint8_t otherwise) const noexcept {
        if (name.empty()) return otherwise;
        for (std::size_t slot = hash(name); numbers_[slot] != 0; slot = (slot + 1) % Slots)
            if (names_[slot] == name) return static_cast<std::uint8_t>(numbers_[slot] - 1);
        return otherwise;
    }

  private:
    static constexpr std::size_t hash(std::string_view name) noexcept {
        const auto at = [name](std::size_t i) {
            return static_cast<std::size_t>(static_cast<unsigned char>(name[i]));
        };
        return (name.size() * 31 + at(0) * 7 + at(name.size() / 2) * 61 +
                at(name.size() - 1) * 131) % Slots;
    }
    std::array<std::uint8_t, Slots> numbers_{};
    std::array<std::string_view, Slots> names_{};
};

inline constexpr auto message_field_names = [] {
    std::array<std::string_view, static_cast<std::size_t>(message_field::other)> names{};
    std::ranges::copy(banter::detail::content_kind_names, names.begin());
    constexpr std::string_view attributes[]{
        "message_id", "message_thread_id", "direct_messages_topic", "from", "guest_query_id",
        "business_connection_id", "date", "chat", "is_topic_message", "entities", "caption"};
    static_assert(std::size(attributes) + content_kind_count == names.size());
    std::copy(std::begin(attributes), std::end(attributes), names.begin() + content_kind_count);
    return names;
}();
inline constexpr name_table<512> message_fields{message_field_names};

inline constexpr auto known_update_kinds = [] {
    std::array<std::string_view, update_kind_count> names{};
    std::copy_n(banter::detail::update_kind_names.begin(), update_kind_count, names.begin());
    return names;
}();
inline constexpr name_table<64> update_kinds{known_update_kinds};

/// One reading of one update.
class envelope_pass {
  public:
    envelope_pass(json_cursor& in, envelope& out) noexcept : in_(in), out_(out) {}

    bool update() {
        in_.skip_space();
        if (!in_.at('{')) return in_.fail(decode_fault::not_json);
        bool has_id = false;
        bool has_kind = false;
        const bool read = in_.object([&](std::string_view key) {
            if (key == "update_id") {
                if (in_.takes_null()) return true;
                return has_id = in_.integer(out_.update_id);
            }
            const auto kind = static_cast<update_kind>(
                update_kinds.find(key, static_cast<std::uint8_t>(update_kind::unknown)));
            if (has_kind || in_.takes_null()) return has_kind ? in_.skip() : true;
            if (kind == update_kind::unknown) {
                if (out_.kind_name.empty()) out_.kind_name = key;
                return in_.skip();
            }
            has_kind = true;
            out_.kind = kind;
            out_.kind_name = key;
            return payload();
        });
        if (!read || !in_.at_end()) return false;
        if (!has_id) return in_.fail(decode_fault::no_update_id);
        return has_kind || in_.fail(decode_fault::unknown_kind);
    }

  private:
    bool payload() {
        if (is_message_kind(out_.kind)) return message() && needs(out_.chat_id);
        switch (out_.kind) {
            case update_kind::callback_query: return callback_query() && needs(out_.user_id);
            case update_kind::message_reaction:
            case update_kind::message_reaction_count:
            case update_kind::deleted_business_messages:
            case update_kind::chat_boost:
            case update_kind::removed_chat_boost:
            case update_kind::stopped_message_generation: return other() && needs(out_.chat_id);
            case update_kind::my_chat_member:
            case update_kind::chat_member:
            case update_kind::chat_join_request:
                return other() && needs(out_.chat_id) && needs(out_.user_id);
            case update_kind::poll:
            case update_kind::poll_answer: return other();
            default: return other() && needs(out_.user_id);
        }
    }

    // No chat and no user has the id 0: the field that the kind must have is missing.
    bool needs(std::int64_t id) noexcept {
        return id != 0 || in_.fail(decode_fault::wrong_type);
    }

    bool message() {
        std::int64_t command_units = 0;
        const bool read = in_.object([&](std::string_view key) {
            const auto field = message_fields.find(
                key, static_cast<std::uint8_t>(message_field::other));
            if (field < content_kind_count) return content(static_cast<content_kind>(field));
            switch (static_cast<message_field>(field)) {
                case message_field::from: return user();
                case message_field::guest_query_id: return in_.text(out_.query_id);
                case message_field::entities: return entities(command_units);
                case message_field::caption: return in_.text(out_.caption);
                default: return place(static_cast<message_field>(field));
            }
        });
        if (read && command_units > 1) out_.command = command(command_units);
        return read;
    }

    // The fields that say where a message is; those of a message under a callback query, too.
    bool place(message_field field) {
        switch (field) {
            case message_field::message_id: return in_.integer(out_.message_id);
            case message_field::chat: return chat();
            case message_field::message_thread_id: return in_.integer(out_.thread_id);
            case message_field::is_topic_message: return in_.boolean(out_.is_topic_message);
            case message_field::business_connection_id:
                return in_.text(out_.business_connection_id);
            case message_field::direct_messages_topic:
                if (in_.takes_null()) return true;
                return in_.object([&](std::string_view key) {
                    return key == "topic_id" ? in_.integer(out_.topic_id) : in_.skip();
                });
            default: return in_.skip();
        }
    }

    bool content(content_kind kind) {
        if (in_.takes_null()) return true;
        switch (kind) {
            case content_kind::text:
                out_.content.insert(kind);
                return in_.text(out_.text);
            case content_kind::photo:
                out_.content.insert(kind);
                return photo();
            case content_kind::animation:
            case content_kind::audio:
            case content_kind::document:
            case content_kind::live_photo:
            case content_kind::sticker:
            case content_kind::video:
            case content_kind::video_note:
            case content_kind::voice:
                out_.content.insert(kind);
                return media();
            case content_kind::delete_chat_photo:
            case content_kind::group_chat_created:
            case content_kind::supergroup_chat_created:
            case content_kind::channel_chat_created: {
                bool is = false;
                if (!in_.boolean(is)) return false;
                if (is) out_.content.insert(kind);
                return true;
            }
            case content_kind::migrate_to_chat_id:
            case content_kind::migrate_from_chat_id: {
                std::int64_t unused = 0;
                out_.content.insert(kind);
                return in_.integer(unused);
            }
            default: break;
        }
        out_.content.insert(kind);
        return in_.at(opener(kind)) ? in_.skip() : in_.mistyped();
    }

    static char opener(content_kind kind) noexcept {
        switch (kind) {
            case content_kind::new_chat_members:
            case content_kind::new_chat_photo: return '[';
            case content_kind::new_chat_title:
            case content_kind::connected_website: return '"';
            default: return '{';
        }
    }

    bool media() {
        return in_.object([&](std::string_view key) {
            return key == "file_id" ? in_.text(out_.file_id) : in_.skip();
        });
    }

    bool photo() {
        std::int64_t largest = -1;
        return in_.array([&] {
            std::string_view file_id;
            std::int64_t width = 0;
            std::int64_t height = 0;
            const bool read = in_.object([&](std::string_view key) {
                if (key == "file_id") return in_.text(file_id);
                if (key == "width") return in_.integer(width);
                return key == "height" ? in_.integer(height) : in_.skip();
            });
            const std::int64_t area = clamped(width) * clamped(height);
            if (read && area >= largest) {
                largest = area;
                out_.file_id = file_id;
            }
            return read;
        });
    }
    static std::int64_t clamped(std::int64_t side) noexcept {
        return std::clamp<std::int64_t>(side, 0, 1 << 24);
    }

    // The length of a command at offset 0, in UTF-16 units with its slash; else left as it is.
    bool entities(std::int64_t& command_units) {
        if (in_.takes_null()) return true;
        return in_.array([&] {
            std::string_view type;
            std::int64_t offset = -1;
            std::int64_t length = 0;
            const bool read = in_.object([&](std::string_view key) {
                if (key == "type") return in_.text(type);
                if (key == "offset") return in_.integer(offset);
                return key == "length" ? in_.integer(length) : in_.skip();
            });
            if (read && offset == 0 && type == "bot_command") command_units = length;
            return read;
        });
    }

    // The first `units` UTF-16 units of the text, without the slash. Telegram's commands are ASCII,
    // for which units are bytes; the entity is not trusted to say so.
    std::string_view command(std::int64_t units) const noexcept {
        std::string_view text = out_.text;
        if (text.empty() || text.front() != '/') return {};
        std::size_t bytes = 0;
        while (units > 0 && bytes < text.size()) {
            const auto lead = static_cast<unsigned char>(text[bytes]);
            const std::size_t width = lead < 0x80 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u;
            units -= width == 4 ? 2 : 1;
            bytes += width;
        }
        return text.substr(1, bytes - 1);
    }

    bool chat() {
        if (in_.takes_null()) return true;
        const bool read = in_.object([&](std::string_view key) {
            if (key == "id") return in_.integer(out_.chat_id);
            if (key != "type") return in_.skip();
            std::string_view type;
            if (!in_.text(type)) return false;
            out_.chat = chat_type_of(type);
            return true;
        });
        return read && needs(out_.chat_id);
    }

    bool user() {
        if (in_.takes_null()) return true;
        out_.has_user = true;
        const bool read = in_.object([&](std::string_view key) {
            switch (key.size()) {
                case 2: return key == "id" ? in_.integer(out_.user_id) : in_.skip();
                case 6: return key == "is_bot" ? in_.boolean(out_.from_bot) : in_.skip();
                case 8: return key == "username" ? in_.text(out_.username) : in_.skip();
                case 9: return key == "last_name" ? in_.text(out_.last_name) : in_.skip();
                case 10: return key == "first_name" ? in_.text(out_.first_name) : in_.skip();
                case 13: return key == "language_code" ? in_.text(out_.language_code) : in_.skip();
                default: return in_.skip();
            }
        });
        return read && needs(out_.user_id);
    }

    bool callback_query() {
        return in_.object([&](std::string_view key) {
            if (key == "message") return callback_message();
            if (key == "data") return in_.text(out_.data);
            return common(key);
        });
    }

    bool callback_message() {
        if (in_.takes_null()) return true;
        std::int64_t date = -1;
        const bool read = in_.object([&](std::string_view key) {
            const auto field = static_cast<message_field>(
                message_fields.find(key, static_cast<std::uint8_t>(message_field::other)));
            return field == message_field::date ? in_.integer(date) : place(field);
        });
        out_.inaccessible = date == 0;
        return read && needs(out_.chat_id);
    }

    // The updates that hold neither a message nor a callback query.
    bool other() {
        return in_.object([&](std::string_view key) {
            switch (out_.kind) {
                case update_kind::inline_query:
                    if (key == "query") return in_.text(out_.query);
                    break;
                case update_kind::chosen_inline_result:
                    if (key == "result_id") return in_.text(out_.query);
                    break;
                case update_kind::purchased_paid_media:
                    if (key == "paid_media_payload") return in_.text(out_.query);
                    break;
                case update_kind::chat_join_request:
                    if (key == "query_id") return in_.text(out_.query_id);
                    break;
                case update_kind::business_connection:
                    if (key == "id") return in_.text(out_.business_connection_id);
                    break;
                // A poll's id and texts belong to nobody's envelope.
                case update_kind::poll: return in_.skip();
                default: break;
            }
            return common(key);
        });
    }

    // Fields that mean the same wherever an update has them.
    bool common(std::string_view key) {
        switch (key.size()) {
            case 2: if (key == "id") return in_.text(out_.query_id); break;
            case 4:
                if (key == "from" || key == "user") return user();
                if (key == "chat") return chat();
                break;
            case 10: if (key == "message_id") return in_.integer(out_.message_id); break;
            case 15: if (key == "invoice_payload") return in_.text(out_.query); break;
            case 17:
                if (key == "inline_message_id") return in_.text(out_.inline_message_id);
                if (key == "message_thread_id") return in_.integer(out_.thread_id);
                break;
            case 22:
                if (key == "business_connection_id") return in_.text(out_.business_connection_id);
                break;
            default: break;
        }
        return in_.skip();
    }

    json_cursor& in_;
    envelope& out_;
};

/// The update_id of a text that could not be read: the first "update_id": that digits follow, if
/// the digits end before the text does (else some may be missing). 0 if there is none.
BANTER_DECL std::int64_t salvage_update_id(std::string_view text) noexcept {
    constexpr std::string_view name = "\"update_id\"";
    for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at)) {
        at += name.size();
        const auto next = [&] { at = std::min(text.find_first_not_of(" \t\r\n", at), text.size()); };
        next();
        if (at == text.size() || text[at] != ':') continue;
        ++at;
        next();
        if (at != text.size() && text[at] == '"') ++at;
        std::int64_t id = 0;
        const std::size_t begin = at;
        for (; at != text.size() && text[at] >= '0' && text[at] <= '9' && at - begin < 18; ++at)
            id = id * 10 + (text[at] - '0');
        if (at != begin && at != text.size() && !(text[at] >= '0' && text[at] <= '9')) return id;
    }
    return 0;
}

}  // namespace detail

BANTER_DECL decode_fault envelope_reader::read(std::string_view json, envelope& out) {
    out = envelope{};
    decode_fault fault = decode_fault::too_large;
    if (json.size() <= max_size) {
        detail::json_cursor in{json, max_depth, scratch_, capacity_};
        if (detail::envelope_pass{in, out}.update()) return decode_fault::none;
        fault = in.fault();
    }
    if (out.update_id == 0) out.update_id = detail::salvage_update_id(json);
    return fault;
}

}  // namespace banter::telegram
