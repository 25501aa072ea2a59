// The records of one kind of stored data: in memory, made or loaded at the first use, and written to a
// store, where the bot has one for them.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/data.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace banter {

/// Keeps one kind of stored data for longer than the bot runs:
///
///     struct profiles {
///         using stores = user_data<profile>;            // or chat_data<...>, bot_data<...>
///         std::optional<profile> load(std::int64_t id);
///         void save(std::int64_t id, const profile& value);
///         void erase(std::int64_t id);
///     };
///
/// Such an object is handed to the bot among its services: run<payment>(services(profiles)). A record
/// is loaded at its first use, saved after each handler that took it by a reference that is not const
/// and looked at it, and erased when it was dropped. The id is the user's or the chat's; 0 of
/// bot_data. What load throws fails the handler; where save or erase throws, a line is logged, and it
/// is tried again after the next handler that takes the record, and by drain().
template <class Store>
concept data_store =
    requires(Store& store, std::int64_t id, const typename Store::stores::value_type& value) {
        { store.load(id) } -> std::convertible_to<std::optional<typename Store::stores::value_type>>;
        store.save(id, value);
        store.erase(id);
    };

namespace error {

template <class Store, class Data>
inline constexpr bool can_keep = data_store<Store>;

/// When you get here: a service has a member type `stores`, by which it says that it keeps this data,
/// but it cannot. Give it the three functions that banter::data_store asks for, or another name for
/// the type.
template <class Store, class Data>
struct store_is_incomplete {
    static_assert(can_keep<Store, Data>,
                  "[banter] this service says that it `stores` this data: it needs load(id), which "
                  "returns std::optional of the value, save(id, value) and erase(id)");
};

}  // namespace error

namespace detail {

/// In the place of a store: memory is all there is.
template <class Data>
struct no_store {
    using stores = Data;
    static std::optional<typename Data::value_type> load(std::int64_t) { return std::nullopt; }
    static void save(std::int64_t, const typename Data::value_type&) {}
    static void erase(std::int64_t) {}
};

template <class Service, class Data>
constexpr bool says_it_stores() {
    if constexpr (requires { typename Service::stores; })
        return std::is_same_v<typename Service::stores, Data>;
    else
        return false;
}

/// The first service that says it stores Data; Otherwise if none does.
template <class Data, class Otherwise, class Services>
struct first_store {
    using type = Otherwise;
};
template <class Data, class Otherwise, class First, class... More>
struct first_store<Data, Otherwise, services<First, More...>>
    : std::conditional_t<says_it_stores<First, Data>(), std::type_identity<First>,
                         first_store<Data, Otherwise, services<More...>>> {};

/// The store that a bot was given for a kind of data.
template <class Data, class Services>
struct store_for {
    using given = typename first_store<Data, no_store<Data>, Services>::type;
    // One that is refused is replaced, and gives no second error.
    using type = std::conditional_t<data_store<given>, given, no_store<Data>>;
};

struct record_access {
    template <class Data>
    static record_mark& mark(Data& of) {
        return of.mark_;
    }
    template <class Data>
    static auto& value(Data& of) {
        return of.value_;
    }
};

/// What handlers are given, and what its store has to know of it.
template <class Data>
struct record : Data {
    std::int64_t id = 0;
    std::uint32_t holders = 0;  // handlers in work that were given it: its address may not change
    bool is_new = true;         // no store has it, and no handler has changed it
};

/// Told of what a store threw when nobody could be told of it by an exception.
struct store_faults {
    void* object = nullptr;
    void (*tell)(void* object, std::exception_ptr error) = nullptr;

    template <class Work>
    bool attempt(Work&& work) const noexcept {
        try {
            work();
            return true;
        } catch (...) {
            tell(object, std::current_exception());
            return false;
        }
    }
};

template <class Data>
class records {
  public:
    using value_type = typename Data::value_type;

    /// The record with this id: in memory, or loaded, or new.
    template <class Store>
    record<Data>& at(std::int64_t id, Store& store) {
        const auto found = all_.find(id);
        if (found != all_.end()) return found->second;
        return keep(id, store.load(id));
    }

    /// A handler that was given the record has ended.
    template <class Store>
    void release(record<Data>& one, Store& store, const store_faults& faults) noexcept {
        --one.holders;
        settle(one, store, faults);
    }

    /// The record is gone, whether it is in memory or not.
    template <class Store>
    void drop(std::int64_t id, Store& store, const store_faults& faults) {
        const auto found = all_.find(id);
        if (found == all_.end()) return static_cast<void>(store.erase(id));
        found->second.drop();
        settle(found->second, store, faults);
    }

    /// Stores what has changed and could not be stored yet.
    template <class Store>
    void save_all(Store& store, const store_faults& faults) {
        std::vector<std::int64_t> ids;
        for (auto& [id, one] : all_)
            if (record_access::mark(one) != record_mark::clean) ids.push_back(id);
        for (const std::int64_t id : ids) settle(all_.find(id)->second, store, faults);
    }

    /// The record goes to another id. One that is there already and was ever changed stays, and so
    /// does this one then.
    template <class Store>
    BANTER_COLD void move(std::int64_t from, std::int64_t to, Store& store, const store_faults& faults) {
        faults.attempt([&] {
            if (!all_.contains(from)) {
                std::optional<value_type> loaded = store.load(from);
                if (!loaded) return;
                keep(from, std::move(loaded));
            }
            const auto there = all_.find(to);
            if (there == all_.end() ? store.load(to).has_value() : !is_untouched(there->second))
                return;
            if (there != all_.end()) all_.erase(there);
            auto node = all_.extract(from);
            node.key() = to;
            record<Data>& moved = all_.insert(std::move(node)).position->second;
            moved.id = to;
            if (record_access::mark(moved) != record_mark::dropped)
                record_access::mark(moved) = record_mark::changed;
            settle(moved, store, faults);
            store.erase(from);
        });
    }

    [[nodiscard]] bool contains(std::int64_t id) const { return all_.contains(id); }

  private:
    record<Data>& keep(std::int64_t id, std::optional<value_type> stored) {
        record<Data>& made = all_[id];
        made.id = id;
        made.is_new = !stored;
        if (stored) record_access::value(made) = std::move(*stored);
        return made;
    }
    /// Made, but only read since then.
    static bool is_untouched(record<Data>& one) {
        return one.is_new && one.holders == 0 && record_access::mark(one) == record_mark::clean;
    }

    template <class Store>
    void settle(record<Data>& one, Store& store, const store_faults& faults) noexcept {
        record_mark& mark = record_access::mark(one);
        if (mark == record_mark::clean) return;
        one.is_new = false;
        // Who still holds it may go on changing it.
        if (mark == record_mark::changed) {
            if (faults.attempt([&] { store.save(one.id, std::as_const(record_access::value(one))); }) &&
                one.holders == 0)
                mark = record_mark::clean;
        } else if (faults.attempt([&] { store.erase(one.id); }) && one.holders == 0) {
            all_.erase(one.id);
        }
    }

    // Its nodes stay where they are: handlers that wait hold on to them.
    std::unordered_map<std::int64_t, record<Data>> all_;
};

}  // namespace detail
}  // namespace banter
