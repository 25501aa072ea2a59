// What handlers, predicates and error handlers ask for by their parameters' types, and the calls.
#pragma once

#include <banter/flow/bot_work.hpp>
#include <banter/flow/button_store.hpp>
#include <banter/flow/dispatcher_base.hpp>
#include <banter/flow/moved_chats.hpp>
#include <banter/flow/parameters.hpp>
#include <banter/flow/records.hpp>
#include <banter/flow/session_tree.hpp>
#include <banter/flow/stores.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace banter::detail {

template <class P>
inline constexpr bool is_stored_data =
    std::is_lvalue_reference_v<P> &&
    (parameter<P>::from == source::user_data || parameter<P>::from == source::chat_data ||
     parameter<P>::from == source::bot_data);

template <class Supplies, std::size_t I, class P>
struct held_record {
    held_record(Supplies&, work&) {}
};
template <class Supplies, std::size_t I, class P>
    requires is_stored_data<P>
struct held_record<Supplies, I, P> {
    using data = std::remove_cvref_t<P>;
    held_record(Supplies& supplies, work& at)
        : owner(&supplies), held(&supplies.template record_for<data>(at)) {
        ++held->holders;
    }
    held_record(const held_record&) = delete;
    held_record& operator=(const held_record&) = delete;
    ~held_record() { owner->stores().release(*held); }
    Supplies* owner;
    record<data>* held;
};

template <class Supplies, class Indices, class... Ps>
struct held_record_bases;
template <class Supplies, std::size_t... I, class... Ps>
struct held_record_bases<Supplies, std::index_sequence<I...>, Ps...>
    : held_record<Supplies, I, Ps>... {
    held_record_bases(Supplies& supplies, work& at)
        : held_record<Supplies, I, Ps>(supplies, at)... {}
    template <std::size_t At>
    auto& get() const {
        return *static_cast<const held_record<Supplies, At, pick<At, Ps...>>&>(*this).held;
    }
};

/// The records of stored data that a handler with these parameters is given. They stay where they are
/// as long as this lives, from before the handler's call until after its end; then what it has
/// changed is stored.
template <class Supplies, class List>
struct held_records {
    held_records(Supplies&, work&) {}
};
template <class Supplies, class... Ps>
    requires(is_stored_data<Ps> || ...)
struct held_records<Supplies, type_list<Ps...>>
    : held_record_bases<Supplies, std::index_sequence_for<Ps...>, Ps...> {
    using held_record_bases<Supplies, std::index_sequence_for<Ps...>, Ps...>::held_record_bases;
};

template <class Services, class... Bots>
class supplies {
  public:
    supplies(bot& api, Services given, std::size_t keyboards, store_faults faults,
             const moved_chats& moved)
        : api_(&api),
          services_(given),
          moved_(&moved),
          stores_(given, faults),
          buttons_(given, keyboards, faults) {}

    [[nodiscard]] buttons_of<Services, Bots...>& buttons() { return buttons_; }

    [[nodiscard]] data_stores<Services, Bots...>& stores() { return stores_; }
    [[nodiscard]] const Services& given() const { return services_; }
    [[nodiscard]] job_books<all_jobs<Bots...>>& books() { return books_; }

    /// Holds the stored data of a handler that is a coroutine, which `call` cannot do.
    template <class Parameters>
    using held_by = held_records<supplies, Parameters>;

    /// The record that a handler at work is given.
    template <class Data>
    record<Data>& record_for(work& at) {
        constexpr source from = parameter<Data&>::from;
        if constexpr (from == source::user_data)
            return stores_.template at<Data>(moved_->now(at.update.head().sender_id()));
        else if constexpr (from == source::chat_data)
            return stores_.template at<Data>(moved_->now(at.update.head().chat_id));
        else
            return stores_.template at<Data>(0);
    }

    /// Calls a function with its parameters supplied. `here` is the state's data, for State&; `given`
    /// the result of a nested conversation, for a Given.
    template <class State, class R, class... Ps, class Given = nothing_given>
    R call(R (*handler)(Ps...), [[maybe_unused]] work& at, [[maybe_unused]] State* here,
           [[maybe_unused]] Given* given = nullptr) {
        if constexpr ((is_stored_data<Ps> || ...) && !targets_of<R>::is_task) {
            const held_by<type_list<Ps...>> held(*this, at);
            return [&]<std::size_t... I>(std::index_sequence<I...>) -> R {
                return handler(record_or_supplied<I, Ps>(at, here, given, held)...);
            }(std::index_sequence_for<Ps...>{});
        } else {
            return handler(supply_or_given<Ps>(at, here, given)...);
        }
    }
    template <class State, class R, class... Ps, class Given = nothing_given>
    R call(R (*handler)(Ps...) noexcept, work& at, State* here, Given* given = nullptr) {
        return call(static_cast<R (*)(Ps...)>(handler), at, here, given);
    }
    /// The same of a coroutine; what `held` holds outlives the call.
    template <class State, class R, class... Ps, class Given>
    R call_task(R (*handler)(Ps...), work& at, State* here, Given* given,
                held_arguments<type_list<Ps...>>& held) {
        return call_held(handler, at, here, given, held, std::index_sequence_for<Ps...>{});
    }

  private:
    // One function for each parameter: with its case in a function of its own, a handler costs more.
    template <class P, class State, class Given>
    decltype(auto) supply_or_given([[maybe_unused]] work& at, [[maybe_unused]] State* here,
                                   [[maybe_unused]] Given* given) {
        using known = parameter<P>;
        using plain = std::remove_cvref_t<P>;
        if constexpr (std::is_same_v<plain, Given>)
            return std::forward<P>(static_cast<std::remove_reference_t<P>&>(*given));
        else if constexpr (std::is_same_v<plain, State>)
            return static_cast<std::remove_reference_t<P>&>(*here);
        else if constexpr (known::from == source::context)
            return static_cast<context&>(at.said);
        else if constexpr (known::from == source::bot)
            return static_cast<bot&>(*api_);
        else if constexpr (one_query_context<plain>)
            return static_cast<plain&>(at.asked);
        else if constexpr (view_source<plain>::kinds != 0)
            return view_source<plain>::get(at.update);
        else if constexpr (known::from == source::match || known::from == source::view)
            return plain(at.update);
        else if constexpr (is_stored_data<P>)
            return static_cast<P>(record_for<std::remove_cvref_t<P>>(at));
        else if constexpr (known::from == source::conversations)
            return (static_cast<bot_work<Bots...>&>(at)
                        .senders.template to<typename known::conversation_type>());
        else if constexpr (known::from == source::posts)
            return (static_cast<bot_work<Bots...>&>(at)
                        .posted.template of<typename known::event_type>());
        else if constexpr (known::from == source::jobs)
            return (books_.template of<typename known::job_type>().of_handler(
                at.ticket, at.update, at.declared));
        else if constexpr (known::from == source::stored_buttons)
            return static_cast<stored_buttons<typename known::data_type>&>(
                static_cast<bot_work<Bots...>&>(at).buttons);
        else if constexpr (known::from == source::failure)
            return static_cast<const failure&>(*at.failed);
        else
            return static_cast<std::remove_reference_t<P>&>(
                services_.template get<typename known::object_type>());
    }
    template <std::size_t I, class P, class State, class Given, class Held>
    decltype(auto) record_or_supplied(work& at, State* here, Given* given, const Held& held) {
        if constexpr (is_stored_data<P>)
            return static_cast<P>(held.template get<I>());
        else
            return supply_or_given<P>(at, here, given);
    }
    template <class State, class R, class... Ps, class Given, std::size_t... I>
    R call_held(R (*handler)(Ps...), [[maybe_unused]] work& at, [[maybe_unused]] State* here,
                [[maybe_unused]] Given* given,
                [[maybe_unused]] held_arguments<type_list<Ps...>>& held,
                std::index_sequence<I...>) {
        return handler(held_or_supplied<I, Ps>(at, here, given, held)...);
    }
    // A match or view taken by const& must outlive the call: it is held beside the coroutine.
    template <std::size_t I, class P, class State, class Given, class Held>
    decltype(auto) held_or_supplied(work& at, State* here, Given* given, Held& held) {
        if constexpr (is_held<P>)
            return static_cast<P>(held.template get<I>());
        else
            return supply_or_given<P>(at, here, given);
    }

    bot* api_;
    Services services_;
    const moved_chats* moved_;
    data_stores<Services, Bots...> stores_;
    [[no_unique_address]] job_books<all_jobs<Bots...>> books_;
    [[no_unique_address]] buttons_of<Services, Bots...> buttons_;
};

}  // namespace banter::detail
