// The conversation key as a type: which conversation an update belongs to.
#pragma once

#include <banter/flow/conversation.hpp>
#include <banter/flow/incoming.hpp>
#include <banter/flow/parameters.hpp>
#include <banter/flow/shape.hpp>
#include <banter/telegram/envelope.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace banter {

/// The key of one conversation: its parts in the order of keyed_by<...>.
template <key... Parts>
struct key_value {
    std::array<std::int64_t, sizeof...(Parts)> parts{};
    bool operator==(const key_value&) const = default;
};

namespace detail {

/// Mixes 64 bits well (the finalizer of SplitMix64).
constexpr std::uint64_t mixed(std::uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

/// The kinds of updates that can have a part of a key. The sender of a channel's post is the channel.
template <key Part>
inline constexpr kind_mask kinds_with = all_kinds;
template <>
inline constexpr kind_mask kinds_with<key::chat> = chat_kinds;
template <>
inline constexpr kind_mask kinds_with<key::user> =
    user_kinds & ~mask_of(update_kind::channel_post, update_kind::edited_channel_post);
template <>
inline constexpr kind_mask kinds_with<key::message> = mask_of(update_kind::callback_query);

constexpr std::uint8_t part_bit(key part) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(part));
}

template <key... Parts>
struct key_policy {
    using value = key_value<Parts...>;

    /// The parts as a set, whatever their order.
    static constexpr std::uint8_t parts = (part_bit(Parts) | ... | 0);
    /// Where a part stands in the value.
    static constexpr std::size_t position(key part) {
        std::size_t at = 0;
        (void)((Parts == part || (++at, false)) || ...);
        return at;
    }

    /// The kinds of updates that can have all parts.
    static constexpr kind_mask kinds = (kinds_with<Parts> & ... & all_kinds);
    /// The parts that an update of this kind never has.
    static constexpr bool lacks(update_kind kind, key part) {
        return ((Parts == part && (kinds_with<Parts> & mask_of(kind)) == 0) || ...);
    }

    /// Whether the update has all parts (PTB: rules R21 to R28). Channel posts have no user.
    static bool available(const telegram::envelope& update) { return (has<Parts>(update) && ...); }

    static value of(const telegram::envelope& update) { return {{part<Parts>(update)...}}; }

    static constexpr bool includes(key part) { return (parts & part_bit(part)) != 0; }
    /// Whom a conversation with this key speaks to, as far as the key tells.
    static update_address address(const value& key) {
        update_address out;
        std::size_t i = 0;
        (note_part(out, Parts, key.parts[i++]), ...);
        return out;
    }

    static std::uint64_t hash(const value& key) {
        // The parts' names belong to it: (chat, user) and (chat, thread) are different keys, but
        // (chat, user) and (user, chat) are one, and wait for each other.
        std::uint64_t hash = parts;
        for (const std::size_t at : in_order)
            hash = mixed(hash + static_cast<std::uint64_t>(key.parts[at]) + 0x9e3779b97f4a7c15U);
        return hash;
    }

    struct hasher {
        using is_avalanching = void;
        std::size_t operator()(const value& key) const { return hash(key); }
    };

  private:
    /// The positions of the parts, by their names.
    static constexpr auto in_order = [] {
        std::array<std::size_t, sizeof...(Parts)> out{};
        std::size_t count = 0;
        for (unsigned name = 0; name != 8; ++name)
            if ((parts >> name & 1U) != 0) out[count++] = position(key{static_cast<std::uint8_t>(name)});
        return out;
    }();

    static void note_part(update_address& out, key part, std::int64_t value) {
        if (part == key::chat) {
            out.chat_id = value;
            out.chat = value > 0 ? chat_type::private_chat : chat_type::supergroup;
        } else if (part == key::user) {
            // A chat speaks for itself, by an anonymous administrator or as a channel.
            (value < 0 ? out.sender_chat_id : out.user_id) = value;
            out.has_user = true;
        } else if (part == key::thread) {
            out.thread_id = value;
            out.is_topic_message = value != 0;
        }
    }
    template <key Part>
    static bool has(const telegram::envelope& update) {
        if constexpr (Part == key::chat)
            return update.chat != chat_type::none;
        else if constexpr (Part == key::user)
            return update.has_user;
        else if constexpr (Part == key::message)
            return update.kind == update_kind::callback_query &&
                   (update.message_id != 0 || !update.inline_message_id.empty());
        else
            return true;  // no thread, no business connection: values of their own
    }

    /// Ids of messages and topics count from 1 in each chat (PTB: rule R17).
    static std::int64_t in_chat(const telegram::envelope& update, std::int64_t id) {
        if constexpr (((Parts == key::chat) || ...))
            return id;
        else
            return static_cast<std::int64_t>(mixed(
                mixed(static_cast<std::uint64_t>(update.chat_id)) + static_cast<std::uint64_t>(id)));
    }

    template <key Part>
    static std::int64_t part(const telegram::envelope& update) {
        if constexpr (Part == key::chat)
            return update.chat_id;
        else if constexpr (Part == key::user)
            return update.sender_id();
        else if constexpr (Part == key::message)
            return update.message_id != 0
                       ? in_chat(update, update.message_id)
                       : static_cast<std::int64_t>(hash_of(update.inline_message_id));
        else if constexpr (Part == key::thread)
            return update.is_topic_message ? in_chat(update, update.thread_id) : 0;
        else
            return static_cast<std::int64_t>(hash_of(update.business_connection_id));
    }
};

/// The value of a key in the order of another with the same parts.
template <class To, key... Parts>
typename To::value same_key(const key_value<Parts...>& from) {
    typename To::value out;
    std::size_t at = 0;
    ((out.parts[To::position(Parts)] = from.parts[at++]), ...);
    return out;
}

/// The same key where chats have the ids that `rename(id)` gives: as chats, and as those on whose
/// behalf somebody writes.
template <key... Parts, class Rename>
key_value<Parts...> renamed(key_value<Parts...> of, const Rename& rename) {
    std::size_t at = 0;
    const auto one = [&](key part) {
        if (part == key::chat || part == key::user) of.parts[at] = rename(of.parts[at]);
        ++at;
    };
    (one(Parts), ...);
    return of;
}

template <class Part>
struct key_in {
    using type = type_list<>;
};
template <key... Parts>
struct key_in<key_part<Parts...>> {
    using type = type_list<key_policy<Parts...>>;
};

template <class List>
struct key_choice {
    using type = key_policy<key::chat, key::user>;
};
template <class Policy, class... More>
struct key_choice<type_list<Policy, More...>> {
    using type = Policy;
};

template <class Flow>
struct key_of_flow : key_choice<type_list<>> {};
template <class... Parts>
struct key_of_flow<conversation_flow<Parts...>>
    : key_choice<decltype((type_list<>{} + ... + typename key_in<Parts>::type{}))> {};

/// The key of C's conversations.
template <class C>
using key_of = typename key_of_flow<std::remove_const_t<decltype(flow_of<C>)>>::type;

}  // namespace detail
}  // namespace banter
