// A bot under test: without a network, on a simulated clock, with users who type and press.
//
//     testkit::app<payment> app;
//     auto anna = app.user("Anna");
//     anna.sends("/pay");            check(anna.last_reply().text() == "How much?");
//     anna.sends("100");             check(anna.in<payment::waiting_details>().amount == 100);
//     anna.presses("First bank");
//     app.advance(31min);            check(!anna.in_conversation<payment>());
//
// After each thing that a user does the bot works until it has nothing left to do: when sends()
// returns, the replies are there.
#pragma once

#include <banter/flow/dispatcher.hpp>
#include <banter/testkit/actor.hpp>
#include <banter/testkit/app_core.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace banter::testkit {

namespace detail {

using banter::detail::type_name;

/// Looks into one conversation's sessions, whatever services the dispatcher was made with. Root is
/// the bot struct that it is, or is nested in: the key is Root's.
template <class C, class Root, bool Conversation = banter::detail::shape<C>::is_conversation>
struct session_lookup {
    using states = banter::detail::states_of<C>;
    using policy = banter::detail::key_of<Root>;
    using key_parts = decltype(policy::value::parts);

    /// The data of a state, by its place among C's states; null if the session is in no such state.
    void* (*state)(void* dispatcher, std::size_t place, const key_parts&) = nullptr;
    bool (*active)(void* dispatcher, const key_parts&) = nullptr;

    template <class Dispatcher>
    static session_lookup in() {
        session_lookup out;
        out.state = &find<Dispatcher>;
        out.active = [](void* at, const key_parts& key) {
            return std::apply(
                [at](auto... parts) {
                    return static_cast<Dispatcher*>(at)->template in_conversation<C>(parts...);
                },
                key);
        };
        return out;
    }

    template <class State>
    static constexpr std::size_t place = states::template index<State>;

    /// Where the session is, in words.
    std::string whereabouts(void* dispatcher, const key_parts& key) const {
        std::string out = "in no state of it";
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((state(dispatcher, I, key) != nullptr
                  ? void(out = "in " + std::string(banter::detail::state_name<typename states::template at<I>>))
                  : void()),
             ...);
        }(std::make_index_sequence<states::count>{});
        return out;
    }

  private:
    template <class Dispatcher>
    static void* find(void* at, std::size_t wanted, const key_parts& key) {
        void* found = nullptr;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((wanted == I ? void(found = find_in<Dispatcher, I>(at, key)) : void()), ...);
        }(std::make_index_sequence<states::count>{});
        return found;
    }
    template <class Dispatcher, std::size_t I>
    static void* find_in(void* at, const key_parts& key) {
        using wanted = typename states::template at<I>;
        return std::apply(
            [at](auto... parts) -> void* {
                return static_cast<Dispatcher*>(at)->template state_of<C, wanted>(parts...);
            },
            key);
    }
};

/// Plain handlers have no sessions.
template <class C, class Root>
struct session_lookup<C, Root, false> {
    template <class State>
    static constexpr std::size_t place = 0;
    template <class Dispatcher>
    static session_lookup in() {
        return {};
    }
};

template <class C, class State>
constexpr bool has_state() {
    if constexpr (banter::detail::shape<C>::is_conversation)
        return banter::detail::states_of<C>::template index<State> <
               banter::detail::states_of<C>::count;
    else
        return false;
}

/// Stored data of one type, whatever services the dispatcher was made with.
template <class Store>
struct data_lookup;
template <class T>
struct data_lookup<banter::detail::user_store<T>> {
    T& (*get)(void* dispatcher, std::int64_t id) = nullptr;
    template <class Dispatcher>
    static data_lookup in() {
        return {[](void* at, std::int64_t id) -> T& {
            return static_cast<Dispatcher*>(at)->template user<T>(id);
        }};
    }
};
template <class T>
struct data_lookup<banter::detail::chat_store<T>> {
    T& (*get)(void* dispatcher, std::int64_t id) = nullptr;
    template <class Dispatcher>
    static data_lookup in() {
        return {[](void* at, std::int64_t id) -> T& {
            return static_cast<Dispatcher*>(at)->template chat<T>(id);
        }};
    }
};
template <class T>
struct data_lookup<banter::detail::bot_store<T>> {
    T& (*get)(void* dispatcher) = nullptr;
    template <class Dispatcher>
    static data_lookup in() {
        return {[](void* at) -> T& {
            return static_cast<Dispatcher*>(at)->template whole_bot<T>();
        }};
    }
};

/// The jobs of one kind, whatever services the dispatcher was made with.
template <class Job>
struct job_lookup {
    banter::jobs<Job>& (*get)(void* dispatcher) = nullptr;
    template <class Dispatcher>
    static job_lookup in() {
        return {[](void* at) -> banter::jobs<Job>& {
            return static_cast<Dispatcher*>(at)->template jobs<Job>();
        }};
    }
};

template <class List>
struct data_lookups;
template <class... Stores>
struct data_lookups<banter::detail::type_list<Stores...>> : data_lookup<Stores>... {
    template <class Dispatcher>
    void fill() {
        ((static_cast<data_lookup<Stores>&>(*this) =
              data_lookup<Stores>::template in<Dispatcher>()),
         ...);
    }
    /// Whether some handler asks for this data; else there is none.
    template <class Store>
    static constexpr bool has = (std::is_same_v<Store, Stores> || ...);
};

/// Sends events of one type to C, whatever services the dispatcher was made with.
template <class C, class Event>
struct event_lookup {
    using key_parts = decltype(banter::detail::key_of<C>::value::parts);
    void (*send)(void* dispatcher, const key_parts&, Event event) = nullptr;
    template <class Dispatcher>
    static event_lookup in() {
        return {[]([[maybe_unused]] void* at, [[maybe_unused]] const key_parts& key,
                   [[maybe_unused]] Event event) {
            if constexpr (banter::detail::shape<C>::is_conversation) std::apply(
                [&](auto... parts) {
                    static_cast<Dispatcher*>(at)->template send_event<C>({parts...},
                                                                         std::move(event));
                },
                key);
        }};
    }
};
template <class C, class List>
struct event_lookups;
template <class C, class... Events>
struct event_lookups<C, banter::detail::type_list<Events...>> : event_lookup<C, Events>... {
    template <class Dispatcher>
    void fill() {
        ((static_cast<event_lookup<C, Events>&>(*this) =
              event_lookup<C, Events>::template in<Dispatcher>()),
         ...);
    }
};

/// Posts events of one type, whatever services the dispatcher was made with.
template <class Event>
struct post_lookup {
    post_result (*post)(void* dispatcher, Event&& event) = nullptr;
    template <class Dispatcher>
    static post_lookup in() {
        return {[](void* at, Event&& event) {
            return static_cast<Dispatcher*>(at)->post(std::move(event));
        }};
    }
};
template <class List, class... Bots>
struct post_lookups;
template <class... Events, class... Bots>
struct post_lookups<banter::detail::type_list<Events...>, Bots...> : post_lookup<Events>... {
    template <class Dispatcher>
    void fill() {
        (fill_one<Dispatcher, Events>(), ...);
    }

  private:
    template <class Dispatcher, class Event>
    void fill_one() {
        if constexpr (banter::detail::is_heard_post<Event, Bots...>)
            static_cast<post_lookup<Event>&>(*this) =
                post_lookup<Event>::template in<Dispatcher>();
    }
};

template <class List>
struct job_lookups;
template <class... Jobs>
struct job_lookups<banter::detail::type_list<Jobs...>> : job_lookup<Jobs>... {
    template <class Dispatcher>
    void fill() {
        ((static_cast<job_lookup<Jobs>&>(*this) = job_lookup<Jobs>::template in<Dispatcher>()), ...);
    }
    template <class Job>
    static constexpr bool has = (std::is_same_v<Job, Jobs> || ...);
};

template <class T>
inline constexpr bool is_services = false;
template <class... Services>
inline constexpr bool is_services<services<Services...>> = true;
template <class... Services>
inline constexpr bool is_services<const services<Services...>> = true;

}  // namespace detail

/// The bot made of these structs, at work in a fake Telegram. It may not be moved.
template <class... Bots>
class app {
  public:
    class user_of_app;

    app() : app(services<>()) {}
    /// With what handlers need from outside: `app<payment> app(database, clock)`. The objects must
    /// outlive the app.
    template <class First, class... More>
        requires(!detail::is_services<First>)
    explicit app(First& first, More&... more) : app(services<First, More...>(first, more...)) {}
    /// The same as for run: `app<payment> app{services(database, clock)}`.
    template <class... Services>
    explicit app(services<Services...> given, dispatcher_options options = {});
    ~app() {
        // Handlers that still wait refer to the dispatcher: they go first.
        core_.network().abandon();
        destroy_(dispatcher_);
    }
    app(const app&) = delete;
    app& operator=(const app&) = delete;

    /// Adds a user, in the private chat with the bot.
    user_of_app user(std::string_view first_name, user_options options = {}) {
        const auto id = core_.telegram().add_user(first_name, options);
        return user_of_app(*this, id, {});
    }
    /// Adds a supergroup (or what the options say) and returns its chat id, for `in_chat`.
    std::int64_t group(std::string_view title, group_options options = {}) {
        return core_.telegram().add_group(title, options);
    }

    /// Lets simulated time pass: waits and timeouts fall due in their order.
    void advance(std::chrono::nanoseconds duration) { core_.advance(duration); }
    /// Lets the bot take what is waiting. What users do calls it; after `telegram().push(...)` or
    /// the like a test does.
    void settle() { core_.settle(); }

    /// Everything that was logged as an error since the start: handlers that threw, effects that
    /// failed, updates that could not be read, unless an error handler of the bot's took it.
    const std::vector<std::string>& errors() const { return core_.errors(); }
    /// Every call that the bot made.
    std::vector<call_record> calls() const { return core_.telegram().calls(); }
    std::vector<call_record> calls(std::string_view method) const {
        return core_.telegram().calls(method);
    }
    /// As if getUpdates had failed with this exception: the bot's error handlers hear of it.
    template <class Exception>
    void fails_to_fetch(Exception error) {
        core_.fail_fetching(std::make_exception_ptr(std::move(error)));
    }
    void inject(fault f) { core_.telegram().inject(std::move(f)); }

    /// The bot_data<T> that handlers ask for.
    template <class T>
    T& bot_data() {
        using store = banter::detail::bot_store<T>;
        static_assert(data_types::template has<store>, "[banter] no handler asks for this bot_data");
        return static_cast<detail::data_lookup<store>&>(data_).get(dispatcher_);
    }

    /// Posts an event, as dispatcher.post(event) does. The bot works until nothing is left to do.
    template <class Event>
    post_result posts(Event event) {
        using wrong = typename post_check<Event, banter::detail::structs_in<Bots...>>::type;
        static_assert(sizeof(wrong) > 0);
        post_result out = post_result::closed;
        if constexpr (std::is_same_v<wrong, error::nothing_is_wrong>) {
            out = static_cast<detail::post_lookup<Event>&>(posts_).post(dispatcher_,
                                                                       std::move(event));
            settle();
        }
        return out;
    }

    /// The dispatcher's figures since the start.
    const dispatcher_counters& counters() const { return *counters_; }

    /// The jobs of a kind that handlers ask for, of all chats: `app.jobs<reminder>().list()`.
    template <class Job>
    banter::jobs<Job>& jobs() {
        static_assert(job_types::template has<Job>, "[banter] no handler asks for these jobs");
        return static_cast<detail::job_lookup<Job>&>(jobs_).get(dispatcher_);
    }

    world& telegram() { return core_.telegram(); }
    memory_gateway& network() { return core_.network(); }
    bot& api() { return core_.api(); }
    /// Updates whose handling has not finished: their handlers wait for something.
    std::size_t in_flight() const { return core_.in_flight(); }

  private:
    /// The bots and what is nested in them.
    using flows = banter::detail::flows_of<Bots...>;

    template <class State, class First, class... More>
    static constexpr auto owner_among(banter::detail::type_list<First, More...>) {
        if constexpr (detail::has_state<First, State>())
            return std::type_identity<First>{};
        else if constexpr (sizeof...(More) != 0)
            return owner_among<State>(banter::detail::type_list<More...>{});
        else
            return std::type_identity<void>{};
    }
    /// The conversation that declares a state; void if none does.
    template <class State>
    using owner_of = typename decltype(owner_among<State>(flows{}))::type;

    template <class C>
    using root_of = banter::detail::root_among<C, Bots...>;
    template <class C>
    using lookup_of = detail::session_lookup<C, root_of<C>>;

    template <class List>
    struct lookups_of;
    template <class... Flows>
    struct lookups_of<banter::detail::type_list<Flows...>> {
        using type = std::tuple<lookup_of<Flows>...>;
        template <class Dispatcher>
        static type in() {
            return {lookup_of<Flows>::template in<Dispatcher>()...};
        }
    };

    detail::app_core core_;
    void* dispatcher_ = nullptr;
    void (*destroy_)(void*) = nullptr;
    const dispatcher_counters* counters_ = nullptr;
    typename lookups_of<flows>::type sessions_;
    template <class C>
    using events_for = detail::event_lookups<C, banter::detail::events_of<C>>;
    template <class List>
    struct event_types;
    template <class... Structs>
    struct event_types<banter::detail::type_list<Structs...>> : events_for<Structs>... {
        template <class Dispatcher>
        void fill() {
            (static_cast<events_for<Structs>&>(*this).template fill<Dispatcher>(), ...);
        }
    };
    [[no_unique_address]] event_types<banter::detail::structs_in<Bots...>> events_;
    template <class Event, class List>
    struct post_check;
    template <class Event, class... Structs>
    struct post_check<Event, banter::detail::type_list<Structs...>> {
        using type = banter::detail::post_error_of<Event, Structs...>;
    };
    template <class List>
    struct post_types;
    template <class... Structs>
    struct post_types<banter::detail::type_list<Structs...>> {
        using type = detail::post_lookups<banter::detail::all_events<Structs...>, Structs...>;
    };
    [[no_unique_address]] typename post_types<banter::detail::structs_in<Bots...>>::type posts_;
    using data_types = detail::data_lookups<banter::detail::all_stores<Bots...>>;
    data_types data_;
    using job_types = detail::job_lookups<banter::detail::all_jobs<Bots...>>;
    job_types jobs_;
};

/// A user of an app: an actor who knows which state a conversation is in.
template <class... Bots>
class app<Bots...>::user_of_app : public actor {
  public:
    user_of_app(app& owner, std::int64_t id, place where)
        : actor(owner.core_.telegram(), id, where, owner.core_.settler()), app_(&owner) {}

    /// The same user in a group, or in one of its topics.
    user_of_app in_chat(std::int64_t chat_id, std::int64_t thread_id = 0) const {
        return user_of_app(*app_, user_, {chat_id, thread_id});
    }
    user_of_app in_private() const { return user_of_app(*app_, user_, {}); }
    /// The same user as an anonymous administrator of the group.
    user_of_app anonymously() const { return on_behalf_of(place_.chat_id); }
    /// The same user, who writes here as a channel.
    user_of_app on_behalf_of(std::int64_t chat_id) const {
        return user_of_app(*app_, user_, {place_.chat_id, place_.thread_id, chat_id});
    }

    /// The data of the conversation's state; throws `impossible`, which says where it is, if the
    /// conversation is in another state or in none.
    template <class State>
    State& in() const {
        using owner = owner_of<State>;
        static_assert(!std::is_void_v<owner>,
                      "[banter] in<State>(): none of this app's conversations has such a state");
        using lookup = lookup_of<owner>;
        const auto& sessions = std::get<lookup>(app_->sessions_);
        const auto key = key_of<owner>();
        void* found = sessions.state(app_->dispatcher_, lookup::template place<State>, key);
        if (found == nullptr)
            throw impossible(detail::not_in_state(banter::detail::state_name<State>,
                                                  sessions.whereabouts(app_->dispatcher_, key)));
        return *static_cast<State*>(found);
    }
    /// Whether a conversation is in that state.
    template <class State>
    bool is_in() const {
        using owner = owner_of<State>;
        static_assert(!std::is_void_v<owner>,
                      "[banter] is_in<State>(): none of this app's conversations has such a state");
        using lookup = lookup_of<owner>;
        return std::get<lookup>(app_->sessions_)
                   .state(app_->dispatcher_, lookup::template place<State>, key_of<owner>()) !=
               nullptr;
    }
    /// Whether this user's conversation C, here, is going on.
    template <class C>
    bool in_conversation() const {
        return std::get<lookup_of<C>>(app_->sessions_)
            .active(app_->dispatcher_, key_of<C>());
    }

    /// C, one of the app's structs, is told of an event, with the key that an update of this user, here,
    /// would have. The bot works until nothing is left to do.
    template <class C, class Event>
    void receives(Event event) const {
        using wrong = banter::detail::sending_error_of<C, Event, banter::detail::key_size<C>>;
        static_assert(sizeof(wrong) > 0);
        if constexpr (std::is_same_v<wrong, error::nothing_is_wrong>) {
            const detail::event_lookup<C, Event>& to = app_->events_;
            to.send(app_->dispatcher_, key_of<C>(), std::move(event));
            settled();
        }
    }

    /// The user_data<T> and chat_data<T> that handlers ask for, of this user and this chat.
    template <class T>
    T& user_data() const {
        using store = banter::detail::user_store<T>;
        static_assert(data_types::template has<store>, "[banter] no handler asks for this user_data");
        return static_cast<detail::data_lookup<store>&>(app_->data_).get(
            app_->dispatcher_, place_.on_behalf_of != 0 ? place_.on_behalf_of : user_);
    }
    template <class T>
    T& chat_data() const {
        using store = banter::detail::chat_store<T>;
        static_assert(data_types::template has<store>, "[banter] no handler asks for this chat_data");
        return static_cast<detail::data_lookup<store>&>(app_->data_).get(app_->dispatcher_,
                                                                        place_.chat_id);
    }

  private:
    template <class C>
    auto key_of() const {
        return banter::detail::key_of<root_of<C>>::of(detail::head_of(*this)).parts;
    }

    app* app_;
};

template <class... Bots>
template <class... Services>
app<Bots...>::app(services<Services...> given, dispatcher_options options) {
    using made = basic_dispatcher<services<Services...>, Bots...>;
    options.log = core_.error_log();
    auto* const dispatcher = new made(core_.api(), given, options);
    dispatcher_ = dispatcher;
    counters_ = &dispatcher->counters();
    destroy_ = [](void* object) { delete static_cast<made*>(object); };
    data_.template fill<made>();
    jobs_.template fill<made>();
    events_.template fill<made>();
    posts_.template fill<made>();
    sessions_ = lookups_of<flows>::template in<made>();
    core_.serve(net::sink_of(*dispatcher));
}

}  // namespace banter::testkit
