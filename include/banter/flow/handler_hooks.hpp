// Runs what middleware (middleware.hpp) has for a bot's handlers.
#pragma once

#include <banter/flow/data.hpp>
#include <banter/flow/middleware.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <optional>
#include <tuple>
#include <utility>

namespace banter::detail {

template <class S>
struct guard_of {
    struct type {};
};
template <around_hook S>
struct guard_of<S> {
    using type = decltype(std::declval<S&>().around_handler(std::declval<const handler_call&>()));
};

/// Of a bot whose services are no middleware: nothing.
template <class Services>
class handler_hooks {
  public:
    static constexpr bool any = false;
};

template <class... S>
    requires(has_handler_hook<S> || ...)
class handler_hooks<services<S...>> {
  public:
    static constexpr bool any = true;

    /// A handler of the work with this number is about to run. False: it is not to.
    bool open(const services<S...>& given, std::size_t number, const handler_call& call) {
        while (number >= open_.size()) open_.emplace_back();
        handler& one = open_[number];
        one.opened = 0;
        one.skipped = false;
        one.is_open = true;
        return (open_one<S>(given, one, call) && ...);
    }
    /// It has ended. `report` is told of what an after_handler throws, which goes no further: the
    /// transition is committed.
    template <class Report>
    void close(const services<S...>& given, std::size_t number, handler_call call, Report&& report) {
        if (number >= open_.size() || !std::exchange(open_[number].is_open, false)) return;
        handler& one = open_[number];
        call.skipped = one.skipped;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            constexpr std::size_t last = sizeof...(S) - 1;
            (close_one<std::tuple_element_t<last - I, std::tuple<S...>>, last - I>(given, one, call,
                                                                                  report),
             ...);
        }(std::index_sequence_for<S...>{});
    }

  private:
    struct handler {
        std::tuple<std::optional<typename guard_of<S>::type>...> guards;
        std::size_t opened = 0;  // services that have been told
        bool skipped = false;
        bool is_open = false;
    };

    template <class Service>
    static constexpr std::size_t place = [] {
        std::size_t at = 0;
        (void)((std::is_same_v<Service, S> || (++at, false)) || ...);
        return at;
    }();

    template <class Service>
    static bool open_one(const services<S...>& given, handler& one, const handler_call& call) {
        bool runs = true;
        [[maybe_unused]] Service& service = given.template get<Service>();
        if constexpr (around_hook<Service>) {
            auto& guard = std::get<place<Service>>(one.guards);
            guard.emplace(service.around_handler(call));
            if constexpr (requires { static_cast<bool>(*guard); }) runs = static_cast<bool>(*guard);
        }
        one.opened = place<Service> + 1;
        if constexpr (before_hook<Service>)
            if (runs) {
                if constexpr (requires {
                                  { service.before_handler(call) } -> std::same_as<bool>;
                              })
                    runs = service.before_handler(call);
                else
                    service.before_handler(call);
            }
        one.skipped = !runs;
        return runs;
    }
    template <class Service, std::size_t I, class Report>
    static void close_one(const services<S...>& given, handler& one, const handler_call& call,
                          Report& report) {
        if (I >= one.opened) return;
        if constexpr (after_hook<Service>) try {
                given.template get<Service>().after_handler(call);
            } catch (...) {
                report(std::current_exception());
            }
        std::get<I>(one.guards).reset();
    }

    // By the number of the work, whose handlers follow each other. A deque: guards stay where they are.
    std::deque<handler> open_;
};

}  // namespace banter::detail
