// The flow's language from inside: nested conversations, timeouts, traps, keys, declared keyboards.
// Correct bots at the borders of what is allowed, and the verdicts on wrong ones. The errors
// themselves are tested in tests/compile_fail.
#include <banter/flow.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;
using detail::check;

namespace spoken {

class journal {};

// ---- nested conversations ----

struct person {
    std::string name;
};
struct stopped {};

/// Ends with either of two results, or with none.
struct describe {
    struct asking_name {};
    struct asking_age {
        std::string name;
    };
    static asking_name start(context& ctx);
    static asking_age name(matched<text> words);
    static task<next<finish<person>, stay>> age(context& ctx, asking_age& here, matched<text> words);
    static finish<stopped> stop();
    static end forget(context& ctx);
    static constexpr auto flow() {
        return conversation(
            entry_points(on(callback<"add_(self|parent)">, start), on(command<"add">, start)),
            state<asking_name>(on(text && !command<>, name)),
            state<asking_age>(on(text && !command<>, age)),
            fallbacks(on(command<"stop">, stop), on(command<"forget">, forget)));
    }
};

/// Two mounts of one child, each with its own handlers; results by value, const& and &&; a binding of
/// what the child never gives; a coroutine; the state's data by reference.
struct family {
    struct choosing {
        std::vector<std::string> names;
    };
    struct leaving {};

    static choosing start(context& ctx);
    static choosing added(choosing& here, person who, context& ctx);
    static void noted(const person& who, journal& log, bot& api);
    static task<next<leaving, end>> gone(bot& api, stopped&& why, user_data<int>& visits);
    static leaving never(std::string what);
    static end bye(context& ctx);

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"family">, start)),
            state<choosing>(nest<describe>(on_result<person>(added), on_result<stopped>(gone),
                                           on_result<std::string>(never)),
                            on(callback<"bye">, bye)),
            state<leaving>(nest<describe>(on_result<stopped>(gone), on_result<person>(noted)),
                           on(callback<"bye">, bye)));
    }
};
static_assert(verify<describe>);  // by itself: its results go nowhere
static_assert(verify<family>);
static_assert(verify<family, services<journal>>);
static_assert(std::is_same_v<detail::family_of<family>, detail::type_list<family, describe>>);

/// A child among the entry points, three levels, a middle one that passes a result on; the child's
/// key is that of the outermost.
struct asks_inline {
    struct asking {};
    static asking start(bot& api);
    static finish<person> answer(telegram::inline_query query);
    static constexpr auto flow() {
        return conversation(entry_points(on(chosen_inline_result, start)),
                            state<asking>(on(inline_query, answer)), keyed_by<key::user>);
    }
};
struct passes_on {
    struct waiting {};
    static waiting start(context& ctx);
    static finish<person> pass(person who);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"pass">, start)),
                            state<waiting>(nest<asks_inline>(on_result<person>(pass))),
                            keyed_by<key::user>);
    }
};
struct outermost {
    struct idle {};
    static idle found(const person& who);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(nest<passes_on>(on_result<person>(found))),
                            state<idle>(on(command<"leave">, leave)), keyed_by<key::user>);
    }
};
static_assert(verify<outermost>);
static_assert(std::is_same_v<detail::family_of<outermost>,
                             detail::type_list<outermost, passes_on, asks_inline>>);

/// Telegram is asked for what the nested conversations wait for as well.
static_assert(detail::allowed_names<outermost>.count == 3);
static_assert(detail::kinds_of<outermost> == detail::mask_of(update_kind::message));

/// What the child is keyed by does not count, where it is nested.
struct plain_child {
    struct asking {};
    static asking start(context& ctx);
    static end answer(telegram::inline_query query);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"ask">, start)),
                            state<asking>(on(inline_query, answer)));
    }
};
struct keyed_parent {
    struct idle {};
    static idle start(context& ctx);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<idle>(nest<plain_child>(), on(command<"leave">, leave)),
                            keyed_by<key::user>);
    }
};
static_assert(verify<keyed_parent>);
static_assert(detail::verdict_of<plain_child>.failed == check::c10);
static_assert(detail::verdict_of<plain_child, keyed_parent>.failed == check::passed);

/// A mount takes what the child's entry points take, each with the kinds that it implies.
template <class Child>
constexpr auto kinds_of_mount =
    detail::kinds_accepted(detail::rule_program<detail::entries_of<Child>>);
using detail::mask_of;
static_assert(kinds_of_mount<describe> == mask_of(update_kind::message, update_kind::callback_query));
static_assert(kinds_of_mount<asks_inline> == mask_of(update_kind::chosen_inline_result));
static_assert(kinds_of_mount<outermost> == mask_of(update_kind::message));

inline bool is_admin(context& ctx) { return ctx.user_id() == 1; }
inline bool is_late(context& ctx) { return ctx.user_id() == 2; }
struct with_predicates {
    struct in {};
    static in start(context& ctx);
    static end stop(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(text && when<is_admin>, start), on(photo, start),
                                         on(video && !when<is_late> && when<is_admin>, start)),
                            state<in>(on(text, stop)));
    }
};
using mount_of_predicates = detail::filter_traits<detail::entries_of<with_predicates>>;
static_assert(std::is_same_v<mount_of_predicates::predicates,
                             detail::predicate_list<is_admin, is_late, is_admin>>);
constexpr int leaves_of_mount() {
    int next = 0;
    for (const detail::filter_node& node : detail::rule_program<detail::entries_of<with_predicates>>)
        if (node.what == detail::filter_node::op::leaf && node.value != next++) return -1;
    return next;
}
static_assert(leaves_of_mount() == 3);

// ---- timeouts, traps ----

/// A timeout that leads on, one that stays, one for all states; each is a way out.
struct patient {
    struct first {
        int asked = 0;
    };
    struct second {};
    struct only_by_timeout {};
    static first start(context& ctx);
    static second go_on(context& ctx);
    static only_by_timeout late(context& ctx, const first& here, journal& log);
    static void remind(bot& api, user_data<int>& visits, chat_data<int>& all, bot_data<int>& every);
    static task<finish<person>> give_up(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"wait">, start)),
                            state<first>(on(text && !command<>, go_on), after(5min, late)),
                            state<second>(after(1.5h, remind), after(500us, remind)),
                            state<only_by_timeout>(), after(24h, give_up));
    }
};
static_assert(verify<patient>);
static_assert(detail::shape<patient>::timeouts == 4);
static_assert(detail::rule_at<patient, 2>.delay == 5min);
static_assert(detail::rule_at<patient, 3>.delay == 90min);
static_assert(detail::rule_at<patient, 4>.delay == 1ms);

/// A way out through another state, a fallback, a global, an entry point under allow_reentry.
struct by_reentry {
    struct one {};
    struct two {};
    static one start(context& ctx);
    static next<two, end> again(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"one">, start), on(command<"two">, again)),
                            state<one>(), state<two>(), allow_reentry);
    }
};
static_assert(verify<by_reentry>);
struct without_reentry : by_reentry {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"one">, start), on(command<"two">, again)),
                            state<one>(), state<two>());
    }
};
static_assert(detail::verdict_of<without_reentry>.failed == check::c3);

/// A trap, and a state that leads to nothing else.
struct trapped {
    struct in {};
    struct deeper {};
    static in start(context& ctx);
    static deeper on_and_on(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)), state<in>(on(text, on_and_on)),
                            state<deeper>(on(text, on_and_on)), trap<deeper>);
    }
};
static_assert(verify<trapped>);

// ---- keys ----

/// Kinds that may have the key, and filters that only include others.
struct keyed {
    struct in {};
    static in start(context& ctx);
    static void reaction(context& ctx, telegram::message_reaction_updated what);
    static void any(telegram::update what);
    static end leave(context& ctx);
    template <class Key>
    static constexpr auto made(Key by) {
        return conversation(entry_points(on(command<"in">, start)),
                            state<in>(on(message_reaction, reaction), on(chat_join_request, reaction2),
                                      on(my_chat_member, leave), on(callback<"x">, leave),
                                      on(any_update && !poll_update, any)),
                            by);
    }
    static void reaction2(telegram::chat_join_request request);
    static constexpr auto flow() { return made(keyed_by<key::chat, key::user>); }
};
static_assert(verify<keyed>);
struct keyed_by_user : keyed {
    static void voted(telegram::poll_answer vote);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)),
                            state<in>(on(poll_answer, voted), on(inline_query, any),
                                      on(pre_checkout_query || shipping_query, any), on(text, leave)),
                            keyed_by<key::user>);
    }
};
static_assert(verify<keyed_by_user>);
struct keyed_by_chat : keyed {
    static constexpr auto flow() {
        return conversation(entry_points(on(channel_post, start)),
                            state<in>(on(chat_boost || deleted_business_messages, any),
                                      on(message_reaction_count, any), on(text, leave)),
                            keyed_by<key::chat, key::thread>);
    }
};
static_assert(verify<keyed_by_chat>);
struct keyed_by_message : keyed {
    static constexpr auto flow() {
        return conversation(entry_points(on(callback<"in">, start)),
                            state<in>(on(callback<"out">, leave), on(any_update, any)),
                            keyed_by<key::message>);
    }
};
static_assert(verify<keyed_by_message>);

template <class C>
constexpr bool fails(check failed, std::size_t where, int what = detail::none) {
    constexpr detail::verdict found = detail::verdict_of<C>;
    return found.failed == failed && found.where == where && found.what == what;
}
struct poll_by_user : keyed {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)),
                            state<in>(on(text, leave), on(poll_answer || poll_update, any)),
                            keyed_by<key::user>);
    }
};
static_assert(fails<poll_by_user>(check::c10, 2, static_cast<int>(update_kind::poll)));
struct doubly_negated : keyed {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)),
                            state<in>(on(text, leave), on(!(!inline_query && !photo), any)));
    }
};
static_assert(fails<doubly_negated>(check::c10, 2, static_cast<int>(update_kind::inline_query)));

// ---- the whole bot ----

template <class Own, auto... Filters>
struct entries {
    static void run(context& ctx);
    static constexpr auto flow() { return handlers(on(Filters, run)...); }
};
template <class... Bots>
constexpr bool commands_apart =
    !detail::commands_in<detail::type_list<Bots...>>::found;

using private_start = entries<int, command<"start"> && private_chat>;
using group_start = entries<int, command<"start"> && group_chats>;
using any_start = entries<int, command<"start">>;
using two_commands = entries<int, command<"start"> || command<"begin">>;
using admin_start = entries<int, command<"start"> && when<is_admin>>;
using other_commands = entries<int, command<"help">, text && !command<"start">>;
static_assert(verify<private_start, group_start, any_start>);  // from narrow to broad
static_assert(verify<admin_start, any_start>);
static_assert(verify<any_start, two_commands>);
static_assert(verify<any_start, other_commands>);
static_assert(verify<other_commands, any_start>);
static_assert(!commands_apart<any_start, private_start>);
static_assert(!commands_apart<any_start, other_commands, admin_start>);
static_assert(!commands_apart<two_commands, any_start>);
static_assert(commands_apart<entries<int, edited_message && command<"start">>, any_start>);
static_assert(commands_apart<any_start, entries<int, edited_message && command<"start">>>);

/// Two conversations that are stored apart; a struct nested in one of them, and in the bot itself.
struct stored {
    struct in {};
    static in start(context& ctx);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(persistent<"stored">, entry_points(on(command<"stored">, start)),
                            state<in>(on(text, leave)));
    }
};
struct another_stored : stored {
    static void take(const person& who);
    static end drop(const stopped& why);
    static constexpr auto flow() {
        return conversation(
            persistent<"another">, entry_points(on(command<"another">, start)),
            state<in>(nest<describe>(on_result<person>(take), on_result<stopped>(drop)),
                      on(photo, leave)));
    }
};
static_assert(verify<stored, another_stored, family, describe>);
static_assert(detail::shape<another_stored>::stored_name == "another");

// ---- declared keyboards ----

enum class color { red, green };
struct shown {
    static constexpr auto keyboard = closed(inline_keyboard(
        row(button<"a">("A"), url_button<"https://example.org">("Docs"), pay_button<"Pay">()),
        row(data_button(color::green, "Green"), button<color::green>("Green"),
            switch_inline_chosen_button<"q", chosen_chat::group, chosen_chat::bot>("Find"))));
};
struct shown_open {
    static inline const auto keyboard =
        inline_keyboard(row(web_app_button<"https://example.org/app">("App"),
                            copy_button<"copied">("Copy"), button<"b">("B")),
                        row(switch_inline_button<"q">("Ask"), switch_inline_here_button<"q">("Here"),
                            login_button<"https://example.org/login">("Log in")));
};
struct shown_unchecked {
    static inline const auto keyboard = inline_keyboard(row(dynamic_button("A", "a")));
};
struct not_static {
    inline_keyboard_of<keyboard_row<static_button<"a">>> keyboard;
};
using detail::button_kind;
using detail::declared_buttons;
static_assert(detail::declares_closed_keyboard<shown>());
static_assert(declared_buttons<shown>.size() == 6);
static_assert(declared_buttons<shown>[0].data == "a");
static_assert(declared_buttons<shown>[0].kind == button_kind::checked);
static_assert(declared_buttons<shown>[1].kind == button_kind::needs_no_handler);
static_assert(declared_buttons<shown>[2].kind == button_kind::needs_no_handler);
static_assert(declared_buttons<shown>[3].data == declared_buttons<shown>[4].data);
static_assert(declared_buttons<shown>[5].kind == button_kind::needs_no_handler);
static_assert(!detail::declares_closed_keyboard<shown_open>());
static_assert(declared_buttons<shown_open>[2].data == "b");
static_assert(!detail::declares_keyboard<shown_unchecked>());
static_assert(!detail::declares_keyboard<not_static>());
static_assert(declared_buttons<stopped>.empty());

/// Buttons that a global, an entry point under allow_reentry, a fallback or a typed filter takes, each
/// the only one; and the same data in two states.
struct offered {
    struct one {
        static constexpr auto keyboard = inline_keyboard(
            row(button<"help">("Help"), button<"again">("Again"), button<"quit">("Quit")),
            row(data_button(color::red, "Red"), button<"next">("Next")));
    };
    struct two {
        static constexpr auto keyboard = inline_keyboard(row(button<"next">("Next")));
    };
    static one start(context& ctx);
    static void help(context& ctx);
    static two on_to_two(context& ctx);
    static end done(context& ctx);
    static constexpr auto flow() {
        return conversation(globals(on(callback<"help">, help)),
                            entry_points(on(command<"offer"> || callback<"again">, start)),
                            state<one>(on(data<color>, help), on(callback<"next">, on_to_two)),
                            state<two>(on(callback<"next">, done)),
                            fallbacks(on(callback<"quit">, done)), allow_reentry);
    }
};
static_assert(verify<offered>);

template <class Keyboard>
std::string written(const Keyboard& keyboard) {
    std::string out;
    json_writer to(out);
    keyboard.write_json(to);
    return out;
}

}  // namespace spoken

using namespace spoken;

TEST_CASE("Buttons that need no handler, as Telegram wants them") {
    CHECK(written(shown::keyboard).find(R"({"text":"Docs","url":"https://example.org"})") !=
          std::string::npos);
    CHECK(written(shown::keyboard).find(R"({"text":"Pay","pay":true})") != std::string::npos);
    CHECK(written(shown::keyboard)
              .find(R"("switch_inline_query_chosen_chat":{"query":"q","allow_bot_chats":true,)"
                    R"("allow_group_chats":true}})") != std::string::npos);
    CHECK(written(shown_open::keyboard) ==
          R"({"inline_keyboard":[[{"text":"App","web_app":{"url":"https://example.org/app"}},)"
          R"({"text":"Copy","copy_text":{"text":"copied"}},{"text":"B","callback_data":"b"}],)"
          R"([{"text":"Ask","switch_inline_query":"q"},)"
          R"({"text":"Here","switch_inline_query_current_chat":"q"},)"
          R"({"text":"Log in","login_url":{"url":"https://example.org/login"}}]]})");
    CHECK(written(inline_keyboard(row(switch_inline_chosen_button<"">("Any"))))
              .find(R"("allow_user_chats":true,"allow_bot_chats":true,"allow_group_chats":true,)"
                    R"("allow_channel_chats":true)") != std::string::npos);
    CHECK(written(inline_keyboard(row(switch_inline_here_button("Here", "a b")))) ==
          R"({"inline_keyboard":[[{"text":"Here","switch_inline_query_current_chat":"a b"}]]})");
    CHECK(written(closed(inline_keyboard(row(pay_button("Pay 3"))))) ==
          R"({"inline_keyboard":[[{"text":"Pay 3","pay":true}]]})");
}

TEST_CASE("The sentence of a check with names: cut off before the line is too long") {
    using detail::check_message;
    CHECK(std::string_view(check_message("Wrong", "state", "order::paid", "of", "order")) ==
          "Wrong. Here: state order::paid; of order");
    CHECK(std::string_view(check_message("Wrong")) == "Wrong");
    const std::string name(300, 'x');
    const check_message long_one("Wrong", "state", name);
    CHECK(std::string_view(long_one).ends_with("xxx..."));
    CHECK(long_one.size() < 300);
    CHECK(std::string_view(detail::list_types<person, stopped>()) ==
          "spoken::person, spoken::stopped");
    CHECK(std::string_view(detail::list_values<7UL, update_kind::poll, describe::forget>()) ==
          "7, update_kind::poll, spoken::describe::forget");
}
