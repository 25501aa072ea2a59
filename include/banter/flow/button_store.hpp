// Keeps the objects behind buttons (stored_buttons.hpp): for a bounded number of keyboards, the one
// used last stays longest; in memory, and in a store where the bot has one for them.
#pragma once

#include <banter/flow/records.hpp>
#include <banter/flow/stored_buttons.hpp>
#include <banter/flow/stores.hpp>

#include <concepts>
#include <cstddef>
#include <cstring>
#include <list>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace banter {

/// Keeps the objects behind one kind of buttons for longer than the bot runs:
///
///     struct orders_on_disk {
///         using stores = stored_buttons<order>;
///         std::vector<keyboard_name> keyboards();    // all, the one saved last at the end
///         std::optional<std::vector<order>> load(const keyboard_name& keyboard);
///         void save(const keyboard_name& keyboard, const std::vector<order>& objects);
///         void erase(const keyboard_name& keyboard);
///     };
///
/// Such an object is handed to the bot among its services: run<shop>(services(orders)). A keyboard is
/// saved when the handler that made it has returned, loaded when one of its buttons is pressed and it
/// is not in memory, and erased when it was dropped or others took its place. What load throws fails
/// the update; where save or erase throws, a line is logged.
template <class Store>
concept button_store =
    requires(Store& store, const keyboard_name& keyboard,
             const std::vector<typename Store::stores::object_type>& objects) {
        { store.keyboards() } -> std::convertible_to<std::vector<keyboard_name>>;
        {
            store.load(keyboard)
        } -> std::convertible_to<std::optional<std::vector<typename Store::stores::object_type>>>;
        store.save(keyboard, objects);
        store.erase(keyboard);
    };

namespace error {
template <class Store>
inline constexpr bool can_keep_buttons = button_store<Store>;

/// When you get here: a service has a member type `stores`, by which it says that it keeps the
/// objects behind these buttons, but it cannot.
template <class Store>
struct button_store_is_incomplete {
    static_assert(can_keep_buttons<Store>,
                  "[banter] this service says that it `stores` these buttons: it needs keyboards(), "
                  "load(keyboard), which returns std::optional of a vector, save(keyboard, objects) "
                  "and erase(keyboard)");
};
}  // namespace error

namespace detail {

/// In the place of a store: memory is all there is.
template <class T>
struct no_button_store {
    using stores = stored_buttons<T>;
    static std::vector<keyboard_name> keyboards() { return {}; }
    static std::optional<std::vector<T>> load(const keyboard_name&) { return std::nullopt; }
    static void save(const keyboard_name&, const std::vector<T>&) {}
    static void erase(const keyboard_name&) {}
};

struct hash_of_keyboard {
    std::size_t operator()(const keyboard_name& name) const {
        std::size_t bits = 0;  // any of its characters are as good as a hash
        std::memcpy(&bits, name.characters.data(), sizeof bits);
        return bits;
    }
};

/// The objects behind the buttons of one type.
template <class T>
class kept_buttons {
  public:
    [[nodiscard]] std::size_t keyboards() const { return places_.size(); }

    /// Learns what the store has, before anything else is done.
    template <class Store>
    void open(Store& store, std::size_t limit) {
        limit_ = limit;
        for (const keyboard_name& one : store.keyboards()) put(one, nullptr);
    }
    /// The object at a place, which then counts as used; null if it is not kept.
    template <class Store>
    [[nodiscard]] std::shared_ptr<const T> find(const stored_place& where, Store& store) {
        const auto found = places_.find(where.keyboard);
        if (found == places_.end()) return nullptr;
        keyboard& kept = *found->second;
        if (!kept.objects) {
            std::optional<std::vector<T>> loaded = store.load(where.keyboard);
            if (!loaded) {
                forget(where.keyboard);
                return nullptr;
            }
            kept.objects = std::make_shared<const std::vector<T>>(*std::move(loaded));
        }
        order_.splice(order_.begin(), order_, found->second);
        if (where.index >= kept.objects->size()) return nullptr;
        return {kept.objects, &(*kept.objects)[where.index]};
    }
    /// Does what a handler asked for.
    template <class Store>
    void settle(button_orders<T>& orders, Store& store, const store_faults& faults) {
        const auto drop = [&](const keyboard_name& one) {
            forget(one);
            faults.attempt([&] { store.erase(one); });
        };
        if (orders.all_dropped)
            while (!order_.empty()) drop(keyboard_name(order_.back().name));
        for (const keyboard_name& one : orders.dropped) drop(one);
        if (!orders.made.empty() && limit_ != 0) {
            auto made = std::make_shared<const std::vector<T>>(std::move(orders.made));
            put(orders.keyboard, made);
            faults.attempt([&] { store.save(orders.keyboard, *made); });
        }
        while (places_.size() > limit_) drop(keyboard_name(order_.back().name));
    }

  private:
    struct keyboard {
        keyboard_name name;
        std::shared_ptr<const std::vector<T>> objects;  // null: in the store
    };

    void put(const keyboard_name& name, std::shared_ptr<const std::vector<T>> objects) {
        order_.push_front({name, std::move(objects)});
        places_[name] = order_.begin();
    }
    void forget(const keyboard_name& name) {
        const auto found = places_.find(name);
        if (found == places_.end()) return;
        order_.erase(found->second);
        places_.erase(found);
    }

    std::size_t limit_ = 0;
    std::list<keyboard> order_;  // the one used last is the first
    std::unordered_map<keyboard_name, typename std::list<keyboard>::iterator, hash_of_keyboard>
        places_;
};

template <class T, class Services>
struct button_store_for {
    using given = typename first_store<stored_buttons<T>, no_button_store<T>, Services>::type;
    static_assert(sizeof(error::button_store_is_incomplete<given>) > 0);
    // One that is refused is replaced, and gives no second error.
    using type = std::conditional_t<button_store<given>, given, no_button_store<T>>;
};

/// The objects behind all buttons of a bot. `List` holds the types, as button_stock<T>.
template <class Services, class List>
class button_keeper;

template <class Services>
class button_keeper<Services, type_list<>> {
  public:
    button_keeper(Services, std::size_t, store_faults) {}
    static void find(incoming&) {}
    template <class Counter>
    static void settle(Counter&) {}
    template <class Counter>
    static void forget(Counter&) {}
};

template <class Services, class... Stocks>
class button_keeper<Services, type_list<Stocks...>> {
  public:
    button_keeper(Services given, std::size_t limit, store_faults faults)
        : services_(given), faults_(faults) {
        (kept<typename Stocks::object>().open(store<typename Stocks::object>(), limit), ...);
    }
    /// Puts the object behind the pressed button into the update, or says that it has expired.
    void find(incoming& update) {
        if (update.head().kind == update_kind::callback_query)
            (void)(find_one<typename Stocks::object>(update) || ...);
    }
    /// A handler has ended: what it declared is done.
    template <class Counter>
    void settle(Counter& at) {
        (this->template settle_one<typename Stocks::object>(at), ...);
    }
    /// It has failed.
    template <class Counter>
    static void forget(Counter& at) {
        (orders_of<typename Stocks::object>(at).clear(), ...);
    }

    template <class T>
    [[nodiscard]] kept_buttons<T>& kept() {
        return std::get<kept_buttons<T>>(kept_);
    }

  private:
    template <class T>
    auto& store() {
        using type = typename button_store_for<T, Services>::type;
        if constexpr (std::is_same_v<type, no_button_store<T>>) {
            static constinit no_button_store<T> memory;
            return memory;
        } else {
            return services_.template get<type>();
        }
    }
    template <class T>
    bool find_one(incoming& update) {
        const std::string_view tag = stored_tag<T>.view();
        if (!update.head().data.starts_with(tag)) return false;
        std::shared_ptr<const T> object;
        if (const std::optional<stored_place> where = stored_place_in(tag, update.head().data))
            object = kept<T>().find(*where, store<T>());
        if (object)
            update.put_button_object(std::move(object));
        else
            update.expire_button();
        return true;
    }
    template <class T>
    static button_orders<T>& orders_of(stored_buttons<T>& at) {
        return button_desk::orders(at);
    }
    template <class T>
    void settle_one(stored_buttons<T>& at) {
        button_orders<T>& orders = orders_of<T>(at);
        if (!orders.any()) return;
        kept<T>().settle(orders, store<T>(), faults_);
        orders.clear();
    }

    Services services_;
    store_faults faults_;
    std::tuple<kept_buttons<typename Stocks::object>...> kept_;
};

template <class Services, class... Bots>
using buttons_of = button_keeper<Services, button_stocks<Bots...>>;

}  // namespace detail
}  // namespace banter
