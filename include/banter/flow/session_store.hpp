// The store of a bot's persistent conversations. When it is called: session_keeper.hpp.
#pragma once

#include <banter/flow/parameters.hpp>
#include <banter/flow/records.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace banter {

/// What a store of persistent conversations says that it `stores`.
struct persistent_sessions {};

/// One conversation in a store.
struct stored_session {
    std::string key;
    std::string text;
};

/// Keeps the conversations that are persistent<"name">:
///
///     struct notebook {
///         using stores = persistent_sessions;
///         std::vector<stored_session> load(std::string_view name);
///         void save(std::string_view name, std::string_view key, std::string_view text);
///         void erase(std::string_view name, std::string_view key);
///     };
///
/// Such an object is handed to the bot among its services: run<survey>(services(notebook)). The
/// conversations of a name are loaded when the bot starts, together with their timeouts; those that
/// fell due meanwhile run then. One is saved when a transition is committed, before anything that its
/// handler said is sent, and erased when it has ended. What load throws keeps the bot from starting; a
/// text that cannot be read is a line in the log, and stays in the store. Where save or erase throws, a
/// line is logged, and it is tried again behind the next transition, by save_data() and by drain().
template <class Store>
concept session_store =
    requires(Store& store, std::string_view name, std::string_view key, std::string_view written) {
        { store.load(name) } -> std::convertible_to<std::vector<stored_session>>;
        store.save(name, key, written);
        store.erase(name, key);
    };

namespace error {
template <class Store>
inline constexpr bool can_keep_sessions = session_store<Store>;

/// When you get here: a service has a member type `stores`, by which it says that it keeps persistent
/// conversations, but it cannot.
template <class Store>
struct session_store_is_incomplete {
    static_assert(can_keep_sessions<Store>,
                  "[banter] this service says that it `stores` persistent_sessions: it needs "
                  "load(name), which returns std::vector<stored_session>, save(name, key, text) and "
                  "erase(name, key)");
};
}  // namespace error

namespace detail {

struct no_session_store {
    static std::vector<stored_session> load(std::string_view) { return {}; }
    static void save(std::string_view, std::string_view, std::string_view) {}
    static void erase(std::string_view, std::string_view) {}
};

/// The store that a bot was given for its persistent conversations.
template <class Services>
struct session_store_of {
    using given = typename first_store<persistent_sessions, no_session_store, Services>::type;
    // One that is refused, where the bot is run, is replaced.
    using type = std::conditional_t<session_store<given>, given, no_session_store>;
};

template <class Services>
inline constexpr bool has_session_store =
    !std::is_same_v<typename session_store_of<Services>::type, no_session_store>;

}  // namespace detail
}  // namespace banter
