// Calls the store of persistent conversations: when the bot starts, and whenever one has changed. How
// a conversation becomes a text: session_text.hpp.
#pragma once

#include <banter/flow/session_store.hpp>
#include <banter/flow/session_text.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace banter::detail {

template <class Services, class... Bots>
class session_keeper {
    using store_type = typename session_store_of<Services>::type;

    template <class C>
    static constexpr bool persistent = shape<C>::is_conversation && shape<C>::persistent;

  public:
    /// Whether there is anything to keep.
    static constexpr bool any = has_session_store<Services> && (persistent<Bots> || ...);

    session_keeper(Services given, store_faults faults) : services_(given), faults_(faults) {}

    /// Stores what has changed, the last change first; what cannot be stored waits.
    template <class Tree>
    void settle(Tree& tree) {
        if constexpr (any) (settle_one<Bots>(tree, false), ...);
    }
    /// The same, and tries everything that waits.
    template <class Tree>
    void settle_all(Tree& tree) {
        if constexpr (any) (settle_one<Bots>(tree, true), ...);
    }

    /// Takes in what the store has of C. Calls `loaded()` for each, which is the current one then.
    template <class C, class Tree, class Loaded>
    void load([[maybe_unused]] Tree& tree, [[maybe_unused]] const Loaded& loaded) {
        if constexpr (any && persistent<C>) {
            auto& all = tree.template of<C>();
            for (const stored_session& one : store().load(name_of<C>()))
                faults_.attempt([&] {
                    const auto key = key_in<C>(one);
                    auto read = read_one<C>(one);
                    all.current = all.find(key);
                    all.ensure(key) = std::move(read);
                    loaded();
                });
            all.current = all.nowhere();
        }
    }

  private:
    template <class C>
    static std::string_view name_of() {
        return shape<C>::stored_name;
    }
    store_type& store() { return services_.template get<store_type>(); }

    template <class C, class Tree>
    void settle_one([[maybe_unused]] Tree& tree, [[maybe_unused]] bool try_all) {
        if constexpr (persistent<C>) {
            auto& all = tree.template of<C>();
            auto& changed = all.changed.keys;
            for (std::size_t i = changed.size(); i-- != 0;) {
                if (faults_.attempt([&] { store_one<C>(all, changed[i]); }))
                    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
                else if (!try_all)
                    return;
            }
        }
    }
    template <class C>
    void store_one(sessions<C>& all, const typename key_of<C>::value& key) {
        const std::string name = write_stored(key.parts);
        const auto place = all.find(key);
        if (all.is_there(place))
            store().save(name_of<C>(), name, session_text(place->second));
        else
            store().erase(name_of<C>(), name);
    }

    template <class C>
    static typename key_of<C>::value key_in(const stored_session& one) {
        return explained<C>(one, [&] {
            return typename key_of<C>::value{read_stored<decltype(key_of<C>::value::parts)>(one.key)};
        });
    }
    template <class C>
    static root_session<C> read_one(const stored_session& one) {
        return explained<C>(one, [&] { return session_in<C>(one.text); });
    }
    template <class C, class Read>
    static auto explained(const stored_session& one, const Read& read) {
        try {
            return read();
        } catch (const std::exception& error) {
            throw bad_stored_value("conversation '" + std::string(name_of<C>()) + "' of " + one.key +
                                   " is left in its store: " + error.what());
        }
    }

    Services services_;
    store_faults faults_;
};

}  // namespace banter::detail
