// The conversation key as a type: which conversation an update belongs to.
#pragma once

#include <banter/flow/conversation.hpp>
#include <banter/flow/model.hpp>
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

constexpr std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash;
}

template <key... Parts>
struct key_policy {
    using value = key_value<Parts...>;

    /// Whether the update has all parts (PTB: rules R21 to R28). Channel posts have no user.
    static bool available(const telegram::envelope& update) { return (has<Parts>(update) && ...); }

    static value of(const telegram::envelope& update) { return {{part<Parts>(update)...}}; }

    static std::uint64_t hash(const value& key) {
        // The parts' names belong to it: (chat, user) and (chat, thread) are different keys.
        std::uint64_t hash = ((std::uint64_t{1} << static_cast<unsigned>(Parts)) | ... | 0);
        for (const std::int64_t part : key.parts)
            hash = mixed(hash + static_cast<std::uint64_t>(part) + 0x9e3779b97f4a7c15U);
        return hash;
    }

    struct hasher {
        using is_avalanching = void;
        std::size_t operator()(const value& key) const { return hash(key); }
    };

  private:
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

    template <key Part>
    static std::int64_t part(const telegram::envelope& update) {
        if constexpr (Part == key::chat)
            return update.chat_id;
        else if constexpr (Part == key::user)
            return update.user_id;
        else if constexpr (Part == key::message)
            return update.message_id != 0
                       ? update.message_id
                       : static_cast<std::int64_t>(hash_of(update.inline_message_id));
        else if constexpr (Part == key::thread)
            return update.is_topic_message ? update.thread_id : 0;
        else
            return static_cast<std::int64_t>(hash_of(update.business_connection_id));
    }
};

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
