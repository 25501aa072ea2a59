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
    guest_query_id, business_connection_id, date, chat, is_topic_message, entities, caption,
    caption_entities, sender_chat, other,
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
        "business_connection_id", "date", "chat", "is_topic_message", "entities", "caption",
        "caption_entities", "sender_chat"};
    static_assert(std::size(attributes) + content_kind_count == names.size());
    std::copy(std::begin(attributes), std::end(attributes), names.begin() + content_kind_count);
    return names;
}();
inline constexpr name_table<64> entity_kinds{banter::detail::entity_kind_names};
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
    using place = json_cursor::place;

    envelope_pass(json_cursor& in, envelope& out) noexcept : in_(in), out_(out) {}

    bool update(place p) {
        p = in_.space(p);
        if (!in_.at(p, '{')) return in_.fail(decode_fault::not_json);
        bool has_id = false;
        bool has_kind = false;
        p = in_.object(p, [&](std::string_view key, place at) {
            if (is(key, "update_id")) {
                has_id = has_id || !in_.at(at, 'n');
                return in_.integer(at, out_.update_id);
            }
            if (has_kind || in_.at(at, 'n')) return in_.skip(at);
            const auto kind = static_cast<update_kind>(
                update_kinds.find(key, static_cast<std::uint8_t>(update_kind::unknown)));
            if (kind == update_kind::unknown) {
                if (out_.kind_name.empty()) out_.kind_name = key;
                return in_.skip(at);
            }
            has_kind = true;
            out_.kind = kind;
            out_.kind_name = key;
            return payload(at);
        });
        if (p == nullptr) return false;
        if (!in_.at_end(in_.space(p))) return in_.fail(decode_fault::not_json);
        if (!has_id) return in_.fail(decode_fault::no_update_id);
        return has_kind || in_.fail(decode_fault::unknown_kind);
    }

  private:
    place payload(place p) {
        if (is_message_kind(out_.kind)) return needs(out_.chat_id, message(p));
        switch (out_.kind) {
            case update_kind::callback_query: return needs(out_.user_id, callback_query(p));
            case update_kind::message_reaction:
            case update_kind::message_reaction_count:
            case update_kind::deleted_business_messages:
            case update_kind::chat_boost:
            case update_kind::removed_chat_boost:
            case update_kind::stopped_message_generation: return needs(out_.chat_id, other(p));
            case update_kind::my_chat_member:
            case update_kind::chat_member:
            case update_kind::chat_join_request:
                return needs(out_.user_id, needs(out_.chat_id, other(p)));
            case update_kind::poll: return in_.skip(p, '{');
            case update_kind::poll_answer: return other(p);
            default: return needs(out_.user_id, other(p));
        }
    }

    // No chat and no user has the id 0: the field that must be there is missing.
    place needs(const std::int64_t& id, place p) noexcept {
        return id != 0 || p == nullptr ? p : in_.fail(decode_fault::wrong_type);
    }

    place message(place p) {
        std::int64_t command_units = 0;
        p = in_.object(p, [&](std::string_view key, place at) {
            const auto field = message_fields.find(
                key, static_cast<std::uint8_t>(message_field::other));
            if (field < content_kind_count) return content(static_cast<content_kind>(field), at);
            switch (static_cast<message_field>(field)) {
                case message_field::from: return user(at);
                case message_field::sender_chat: return chat_on_behalf(at);
                case message_field::guest_query_id: return in_.text(at, out_.query_id);
                case message_field::entities:
                    return entities(at, out_.entities, command_units);
                case message_field::caption_entities: {
                    std::int64_t unused = 0;
                    return entities(at, out_.caption_entities, unused);
                }
                case message_field::caption: return in_.text(at, out_.caption);
                default: return position(static_cast<message_field>(field), at);
            }
        });
        if (command_units > 1) out_.command = command(command_units);
        return p;
    }

    // The fields that say where a message is; also those of a message under a callback query.
    place position(message_field field, place p) {
        switch (field) {
            case message_field::message_id: return in_.integer(p, out_.message_id);
            case message_field::chat: return chat(p);
            case message_field::message_thread_id: return in_.integer(p, out_.thread_id);
            case message_field::is_topic_message: return in_.boolean(p, out_.is_topic_message);
            case message_field::business_connection_id:
                return in_.text(p, out_.business_connection_id);
            case message_field::direct_messages_topic:
                return in_.object(p, [&](std::string_view key, place at) {
                    return is(key, "topic_id") ? in_.integer(at, out_.topic_id) : in_.skip(at);
                });
            default: return in_.skip(p);
        }
    }

    place content(content_kind kind, place p) {
        if (in_.at(p, 'n')) return in_.skip(p);
        bool present = true;
        switch (kind) {
            case content_kind::text: p = in_.text(p, out_.text); break;
            case content_kind::photo: p = photo(p); break;
            case content_kind::animation:
            case content_kind::audio:
            case content_kind::document:
            case content_kind::live_photo:
            case content_kind::sticker:
            case content_kind::video:
            case content_kind::video_note:
            case content_kind::voice: p = media(p); break;
            case content_kind::delete_chat_photo:
            case content_kind::group_chat_created:
            case content_kind::supergroup_chat_created:
            case content_kind::channel_chat_created: p = in_.boolean(p, present); break;
            case content_kind::migrate_to_chat_id:
            case content_kind::migrate_from_chat_id:
                p = in_.integer(p, out_.migrated_chat_id);
                break;
            case content_kind::new_chat_members:
            case content_kind::new_chat_photo: p = in_.skip(p, '['); break;
            case content_kind::new_chat_title:
            case content_kind::connected_website: p = in_.skip(p, '"'); break;
            default: p = in_.skip(p, '{'); break;
        }
        if (present) out_.content.insert(kind);
        return p;
    }

    place media(place p) {
        return in_.object(p, [&](std::string_view key, place at) {
            return is(key, "file_id") ? in_.text(at, out_.file_id) : in_.skip(at);
        });
    }

    place photo(place p) {
        std::int64_t largest = -1;
        return in_.array(p, [&](place element) {
            std::string_view file_id;
            std::int64_t width = 0;
            std::int64_t height = 0;
            const place end = in_.object(element, [&](std::string_view key, place at) {
                if (is(key, "file_id")) return in_.text(at, file_id);
                if (is(key, "width")) return in_.integer(at, width);
                return is(key, "height") ? in_.integer(at, height) : in_.skip(at);
            });
            const std::int64_t area = side(width) * side(height);
            if (area >= largest) {
                largest = area;
                out_.file_id = file_id;
            }
            return end;
        });
    }
    static std::int64_t side(std::int64_t length) noexcept {
        return length < 0 ? 0 : length > (1 << 24) ? 1 << 24 : length;
    }

    // The kinds of entities; and the length of a command at offset 0, in UTF-16 units with its
    // slash, else left as it is.
    place entities(place p, entity_mask& kinds, std::int64_t& command_units) {
        return in_.array(p, [&](place element) {
            std::string_view type;
            std::int64_t offset = -1;
            std::int64_t length = 0;
            const place end = in_.object(element, [&](std::string_view key, place at) {
                if (is(key, "type")) return in_.text(at, type);
                if (is(key, "offset")) return in_.integer(at, offset);
                return is(key, "length") ? in_.integer(at, length) : in_.skip(at);
            });
            const std::uint8_t kind = entity_kinds.find(type, entity_kind_count);
            if (kind != entity_kind_count) kinds |= mask_of(static_cast<entity_kind>(kind));
            if (offset == 0 && is(type, "bot_command")) command_units = length;
            return end;
        });
    }

    // The first `units` UTF-16 units of the text, without the slash. Telegram's commands are ASCII,
    // of which a unit is a byte; the entity is not trusted to keep to that.
    [[nodiscard]] std::string_view command(std::int64_t units) const noexcept {
        const std::string_view text = out_.text;
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

    place chat(place p) {
        return in_.object(p, [&](std::string_view key, place at) {
            if (is(key, "id")) return in_.integer(at, out_.chat_id);
            if (!is(key, "type")) return in_.skip(at);
            std::string_view type;
            at = in_.text(at, type);
            out_.chat = chat_type_of(type);
            return at;
        });
    }

    place chat_on_behalf(place p) {
        return in_.object(p, [&](std::string_view key, place at) {
            return is(key, "id") ? in_.integer(at, out_.sender_chat_id) : in_.skip(at);
        });
    }

    place user(place p) {
        if (in_.at(p, 'n')) return in_.skip(p);
        out_.has_user = true;
        p = in_.object(p, [&](std::string_view key, place at) {
            if (is(key, "id")) return in_.integer(at, out_.user_id);
            if (is(key, "is_bot")) return in_.boolean(at, out_.from_bot);
            if (is(key, "first_name")) return in_.text(at, out_.first_name);
            if (is(key, "last_name")) return in_.text(at, out_.last_name);
            if (is(key, "username")) return in_.text(at, out_.username);
            return is(key, "language_code") ? in_.text(at, out_.language_code) : in_.skip(at);
        });
        return needs(out_.user_id, p);
    }

    place callback_query(place p) {
        return in_.object(p, [&](std::string_view key, place at) {
            if (is(key, "message")) return callback_message(at);
            return is(key, "data") ? in_.text(at, out_.data) : common(key, at);
        });
    }

    place callback_message(place p) {
        if (in_.at(p, 'n')) return in_.skip(p);
        std::int64_t date = -1;
        p = in_.object(p, [&](std::string_view key, place at) {
            const auto field = static_cast<message_field>(
                message_fields.find(key, static_cast<std::uint8_t>(message_field::other)));
            return field == message_field::date ? in_.integer(at, date) : position(field, at);
        });
        out_.inaccessible = date == 0;
        return needs(out_.chat_id, p);
    }

    // The kinds that hold neither a message nor a callback query.
    place other(place p) {
        return in_.object(p, [&](std::string_view key, place at) {
            switch (out_.kind) {
                case update_kind::inline_query:
                    if (is(key, "query")) return in_.text(at, out_.query);
                    break;
                case update_kind::chosen_inline_result:
                    if (is(key, "result_id")) return in_.text(at, out_.query);
                    break;
                case update_kind::purchased_paid_media:
                    if (is(key, "paid_media_payload")) return in_.text(at, out_.query);
                    break;
                case update_kind::chat_join_request:
                    if (is(key, "query_id")) return in_.text(at, out_.query_id);
                    break;
                case update_kind::business_connection:
                    if (is(key, "id")) return in_.text(at, out_.business_connection_id);
                    break;
                default: break;
            }
            return common(key, at);
        });
    }

    // Fields that mean the same in every kind that has them.
    place common(std::string_view key, place p) {
        if (is(key, "id")) return in_.text(p, out_.query_id);
        if (is(key, "from") || is(key, "user")) return user(p);
        if (is(key, "chat")) return chat(p);
        if (is(key, "message_id")) return in_.integer(p, out_.message_id);
        if (is(key, "invoice_payload")) return in_.text(p, out_.query);
        if (is(key, "inline_message_id")) return in_.text(p, out_.inline_message_id);
        if (is(key, "message_thread_id")) return in_.integer(p, out_.thread_id);
        if (is(key, "business_connection_id")) return in_.text(p, out_.business_connection_id);
        return in_.skip(p);
    }

    json_cursor& in_;
    envelope& out_;
};

/// The update_id of a text that could not be read: the first "update_id": that an integer follows,
/// if something follows the integer (else digits may be cut off). 0 if there is none.
BANTER_DECL std::int64_t salvage_update_id(std::string_view text) noexcept {
    constexpr std::string_view name = "\"update_id\"";
    for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at)) {
        at += name.size();
        const auto next = [&] {
            at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
        };
        next();
        if (at == text.size() || text[at] != ':') continue;
        ++at;
        next();
        if (at != text.size() && text[at] == '"') ++at;
        std::int64_t id = 0;
        const std::size_t begin = at;
        for (; at != text.size() && text[at] >= '0' && text[at] <= '9' && at - begin < 18; ++at)
            id = id * 10 + (text[at] - '0');
        constexpr std::string_view ends = ",}\" \t\r\n";
        if (at != begin && at != text.size() && ends.find(text[at]) != ends.npos) return id;
    }
    return 0;
}

/// Finds where the values of a body end, without judging them: only quotes and brackets count.
class body_splitter {
  public:
    using place = const char*;

    explicit body_splitter(std::string_view body) noexcept
        : begin_(body.data()), last_(body.data() + body.size()) {}

    bool split(std::vector<std::string_view>& out) const {
        place p = space(begin_);
        if (!at(p, '{')) return false;
        p = space(p + 1);
        while (at(p, '"')) {
            const place key = p;
            p = string_end(p);
            const std::string_view name{key, static_cast<std::size_t>(p - key)};
            p = space(p);
            if (!at(p, ':')) return false;
            p = space(p + 1);
            if (name == "\"result\"") return at(p, '[') && elements(p + 1, out);
            p = value_end(p);
            if (!at(p, ',')) return false;
            p = space(p + 1);
        }
        return false;
    }

  private:
    bool elements(place p, std::vector<std::string_view>& out) const {
        for (;;) {
            p = space(p);
            if (at(p, ',')) {
                ++p;
                continue;
            }
            const place end = value_end(p);
            if (end == p) return true;
            std::string_view element{p, static_cast<std::size_t>(end - p)};
            element.remove_suffix(element.size() - 1 - element.find_last_not_of(" \t\r\n"));
            out.push_back(element);
            p = end;
        }
    }

    // The comma or the bracket that follows the value, or the end of the body. A bracket closes the
    // innermost open one of its kind with all that is open inside; one that closes nothing of the
    // value ends it.
    [[nodiscard]] place value_end(place p) const noexcept {
        std::array<char, 128> open{};
        std::size_t depth = 0;    // of the brackets in `open`
        std::size_t deeper = 0;   // of further ones, whose kinds are not kept
        for (; p != last_; ++p) {
            switch (*p) {
                case '"': p = string_end(p) - 1; break;
                case ',': if (depth == 0) return p; break;
                case '{':
                case '[':
                    if (depth == open.size()) ++deeper;
                    else open[depth++] = *p;
                    break;
                case '}':
                case ']': {
                    if (deeper != 0) {
                        --deeper;
                        break;
                    }
                    const char opener = *p == '}' ? '{' : '[';
                    std::size_t level = depth;
                    while (level != 0 && open[level - 1] != opener) --level;
                    if (level == 0) return p;
                    depth = level - 1;
                    break;
                }
                default: break;
            }
        }
        return p;
    }

    // Behind the closing quote of the string here; the end of the body if there is none.
    [[nodiscard]] place string_end(place p) const noexcept {
        for (++p; p != last_; ++p) {
            p = plain_end(p, last_);
            if (p == last_) break;
            if (*p == '"') return p + 1;
            if (*p == '\\' && p + 1 != last_) ++p;
        }
        return p;
    }

    [[nodiscard]] place space(place p) const noexcept {
        while (p != last_ && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) ++p;
        return p;
    }
    [[nodiscard]] bool at(place p, char c) const noexcept { return p != last_ && *p == c; }

    place begin_;
    place last_;
};

}  // namespace detail

BANTER_DECL decode_fault envelope_reader::read(std::string_view json, envelope& out) {
    out = envelope{};
    decode_fault fault = decode_fault::too_large;
    if (json.size() <= max_size) {
        detail::json_cursor in{json, max_depth, scratch_, capacity_};
        if (detail::envelope_pass{in, out}.update(json.data())) return decode_fault::none;
        fault = in.fault();
    }
    if (out.update_id == 0) out.update_id = detail::salvage_update_id(json);
    return fault;
}

BANTER_DECL bool split_updates(std::string_view body, std::vector<std::string_view>& out) {
    out.clear();
    return detail::body_splitter{body}.split(out);
}

}  // namespace banter::telegram
