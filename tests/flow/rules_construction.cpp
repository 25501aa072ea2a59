// PTB's rules R1 to R18: what a conversation is made of, and what is wrong with one before it runs.
// tests/rules.md lists all rules.
#include <banter/flow.hpp>
#include <banter/flow/diagram.hpp>
#include <banter/flow/key.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

using namespace banter;
using detail::check;

namespace rules {

/// Whether the checks refuse C for this reason (what the error says: tests/compile_fail).
template <class C>
constexpr bool refused(check why) {
    return detail::verdict_of<C>.failed == why;
}
template <class C>
constexpr bool sound = refused<C>(check::passed);

struct plain {
    struct here {};
    static here start(context& ctx);
    static end stop(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<here>(on(command<"stop">, stop)));
    }
};

/// The same handlers once more, all options given.
struct with_options {
    using here = plain::here;
    static end late(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"again">, plain::start)),
                            state<here>(on(command<"stop">, plain::stop)), allow_reentry,
                            keyed_by<key::chat>, after(std::chrono::minutes{5}, late),
                            persistent<"with options">);
    }
};

/// One rule of a filter, in a conversation with a key.
template <auto Filter, key... Parts>
struct of_key {
    struct here {};
    static here start();
    static end taken();
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start"> || callback<"start">, start)),
                            state<here>(on(Filter, taken), on(callback<"stop">, taken)),
                            keyed_by<Parts...>);
    }
};
template <auto Filter>
using of_chat_and_user = of_key<Filter, key::chat, key::user>;

struct keyed_twice {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, plain::start)),
                            state<plain::here>(on(command<"stop">, plain::stop)),
                            keyed_by<key::chat>, keyed_by<key::user>);
    }
};

}  // namespace rules
using namespace rules;

TEST_CASE("R1: without options: keyed by chat and user, no re-entry, no timeout, not stored") {
    static_assert(sound<plain>);
    static_assert(std::is_same_v<detail::key_of<plain>, detail::key_policy<key::chat, key::user>>);
    static_assert(!detail::shape<plain>::reentry);
    static_assert(detail::shape<plain>::timeouts == 0);
    static_assert(!detail::shape<plain>::persistent);
    static_assert(detail::shape<plain>::mounts == 0);

    static_assert(sound<with_options>);
    static_assert(std::is_same_v<detail::key_of<with_options>, detail::key_policy<key::chat>>);
    static_assert(detail::shape<with_options>::reentry);
    static_assert(detail::shape<with_options>::timeouts == 1);
    static_assert(detail::shape<with_options>::persistent);
}

namespace rules {
struct nameless {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, plain::start)),
                            state<plain::here>(on(command<"stop">, plain::stop)), persistent<"">);
    }
};
}  // namespace rules

TEST_CASE("R2: what is to be stored needs a name") {
    static_assert(refused<nameless>(check::c15_name));
    static_assert(sound<with_options>);
}

TEST_CASE("R3: a key without a part, or given twice, does not compile") {
    static_assert(refused<of_key<text>>(check::c10_key));
    static_assert(refused<of_key<text, key::chat, key::chat>>(check::c10_key));
    static_assert(refused<keyed_twice>(check::c10_key));
    static_assert(sound<of_key<text, key::user, key::chat>>);
}

TEST_CASE("R4: a flow is a constant; nothing of it can be assigned to") {
    static_assert(std::is_const_v<decltype(flow_of<plain>)>);
    static_assert(!std::is_assignable_v<decltype((flow_of<plain>)), decltype(plain::flow())>);
}

namespace rules {
/// States named as PTB's special values, and states that hold them.
struct special {
    struct none {};
    struct timeout {
        int code = -2;
    };
    struct waiting {
        bool value = true;
    };
    static timeout start(context& ctx);
    static next<waiting, none, stay, banter::end> go_on(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<none>(on(text, go_on)),
                            state<timeout>(on(text, go_on)), state<waiting>(on(text, go_on)));
    }
};
struct returns_number {
    struct here {};
    static here start(context& ctx);
    static int number(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, number)));
    }
};
}  // namespace rules

TEST_CASE("R5: a conversation can be shown: a diagram with its name and states") {
    const std::string drawn = to_mermaid<plain, special>();
    CHECK(drawn.find("plain") != std::string::npos);
    CHECK(drawn.find("here") != std::string::npos);
    CHECK(drawn.find("/stop") != std::string::npos);
}

TEST_CASE("R6: states are types: no value is mixed up with another, or with end") {
    static_assert(sound<special>);
    static_assert(detail::states_of<special>::count == 3);
    static_assert(refused<returns_number>(check::c2) == false);
    static_assert(refused<returns_number>(check::c16_result));
}

TEST_CASE("R7: handlers are shared between conversations, and no conversation changes them") {
    static_assert(sound<plain>);
    static_assert(sound<with_options>);
    static_assert(detail::handler_at<plain, 0> == detail::handler_at<with_options, 0>);
}

namespace rules {
struct grandchild {
    struct here {};
    static here start(context& ctx);
    static finish<int> done(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"inner">, start)),
                            state<here>(on(command<"done">, done)));
    }
};
struct child {
    struct here {};
    static here start(context& ctx);
    static finish<int> taken(int result);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"child">, start)),
                            state<here>(nest<grandchild>(on_result<int>(taken))));
    }
};
struct parent {
    struct here {};
    static here start(context& ctx);
    static end taken(int result);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"parent">, start)),
                            state<here>(nest<child>(on_result<int>(taken))));
    }
};
}  // namespace rules

TEST_CASE("R9: what is nested is found by itself, however deep") {
    static_assert(sound<parent>);
    static_assert(std::is_same_v<detail::family_of<parent>,
                                detail::type_list<parent, child, grandchild>>);
}

namespace rules {
struct takes_text_object {
    struct here {};
    static here start(context& ctx);
    static end custom(std::string update);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, custom)));
    }
};
struct takes_other_object {
    struct here {};
    struct job {};
    static here start(context& ctx);
    static end custom(context& ctx, job update);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, custom)));
    }
};
}  // namespace rules

TEST_CASE("R10: a handler for what is no update, a string, does not compile") {
    static_assert(refused<takes_text_object>(check::c16_parameter));
}

TEST_CASE("R11: a handler for objects of another type does not compile") {
    static_assert(refused<takes_other_object>(check::c16_parameter));
}

TEST_CASE("R12: a poll's state fits no key: not chat, not user") {
    static_assert(refused<of_chat_and_user<poll_update>>(check::c10));
    static_assert(refused<of_key<poll_update, key::chat>>(check::c10));
    static_assert(refused<of_key<poll_update, key::user>>(check::c10));
    static_assert(sound<of_key<poll_answer, key::user>>);
}

TEST_CASE("R13: updates that only have a user do not compile where the key has the chat") {
    static_assert(refused<of_chat_and_user<shipping_query>>(check::c10));
    static_assert(refused<of_chat_and_user<inline_query>>(check::c10));
    static_assert(refused<of_chat_and_user<chosen_inline_result>>(check::c10));
    static_assert(refused<of_chat_and_user<pre_checkout_query>>(check::c10));
    static_assert(refused<of_chat_and_user<poll_answer>>(check::c10));
    static_assert(sound<of_key<shipping_query, key::user>>);
    static_assert(sound<of_key<inline_query, key::user>>);
    static_assert(sound<of_key<chosen_inline_result, key::user>>);
    static_assert(sound<of_key<pre_checkout_query, key::user>>);
}

namespace rules {
struct of_message {
    struct here {};
    static here start();
    static end taken();
    struct with_text;
    struct with_child;
};
struct of_message::with_text : of_message {
    static constexpr auto flow() {
        return conversation(entry_points(on(callback<"start">, start)),
                            state<here>(on(callback<"stop">, taken), on(text, taken)),
                            keyed_by<key::chat, key::message>);
    }
};
struct of_message::with_child : of_message {
    static end result(int);
    static constexpr auto flow() {
        return conversation(entry_points(on(callback<"start">, start)),
                            state<here>(on(callback<"stop">, taken),
                                        nest<grandchild>(on_result<int>(result))),
                            keyed_by<key::chat, key::message>);
    }
};
struct buttons_only : of_message {
    static constexpr auto flow() {
        return conversation(entry_points(on(callback<"start">, start)),
                            state<here>(on(callback<"stop">, taken)),
                            keyed_by<key::chat, key::message>);
    }
};
}  // namespace rules

TEST_CASE("R14: keyed by message: only buttons, also in what is nested") {
    static_assert(sound<buttons_only>);
    static_assert(refused<of_message::with_text>(check::c10));
    static_assert(sound<of_message::with_child>);  // what is nested is judged by itself
    static_assert(detail::verdict_of<grandchild, of_message::with_child>.failed == check::c10);
    static_assert(sound<grandchild>);
}

TEST_CASE("R15: buttons in a conversation of a chat are no matter for a warning") {
    static_assert(sound<of_chat_and_user<callback<"a">>>);
    static_assert(sound<of_key<callback<"a">, key::chat>>);
}

TEST_CASE("R18: what PTB lets pass: user-only and chat-only updates") {
    static_assert(refused<of_chat_and_user<business_connection>>(check::c10));
    static_assert(refused<of_chat_and_user<purchased_paid_media>>(check::c10));
    static_assert(refused<of_chat_and_user<managed_bot>>(check::c10));
    static_assert(refused<of_chat_and_user<chat_boost>>(check::c10));
    static_assert(refused<of_chat_and_user<removed_chat_boost>>(check::c10));
    static_assert(refused<of_chat_and_user<deleted_business_messages>>(check::c10));
    static_assert(refused<of_chat_and_user<message_reaction_count>>(check::c10));
    static_assert(sound<of_key<managed_bot, key::user>>);
    static_assert(sound<of_key<chat_boost, key::chat>>);
}

namespace rules {
struct unreachable : plain {
    struct island {};
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, stop)),
                            state<island>(on(text, start)));
    }
};
struct state_called_end : plain {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, stop)),
                            state<end>(on(text, start)));
    }
};
struct state_twice : plain {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, stop)),
                            state<here>(on(photo, start)));
    }
};
struct returns_missing_state : plain {
    struct missing {};
    static missing lost(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, lost)));
    }
};
struct never_ends : plain {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)), state<here>(on(text, start)));
    }
};
struct shadowed : plain {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<here>(on(text, start), on(command<"stop">, stop)));
    }
};
struct timeout_without_time : plain {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<here>(on(text, stop), after(std::chrono::seconds{0}, stop)));
    }
};
struct result_to_nowhere : plain {
    struct missing {};
    static missing taken(int result);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<here>(nest<grandchild>(on_result<int>(taken)), on(text, stop)));
    }
};
struct result_unbound : plain {
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<here>(nest<grandchild>(), on(text, stop)));
    }
};
}  // namespace rules

TEST_CASE("R18: what PTB lets pass: states out of reach, for ever, or missing") {
    static_assert(refused<unreachable>(check::c1));
    static_assert(refused<state_called_end>(check::odd_state));
    static_assert(refused<state_twice>(check::odd_state));
    static_assert(refused<returns_missing_state>(check::c2));
    static_assert(refused<never_ends>(check::c3));
    static_assert(refused<shadowed>(check::c5));
}

TEST_CASE("R18: what PTB lets pass: timeouts without a time, results that lead nowhere") {
    static_assert(refused<timeout_without_time>(check::c13_duration));
    static_assert(refused<result_to_nowhere>(check::c12_target));
    static_assert(refused<result_unbound>(check::c12_unbound));
}
