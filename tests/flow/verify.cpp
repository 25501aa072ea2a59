// The checks from inside: correct bots at the borders of what is allowed, which must be accepted,
// and the verdicts on wrong ones. The errors themselves are tested in tests/compile_fail.
#include <banter/flow.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>

using namespace banter;
using detail::check;

namespace verified {

class database {};
class mailer {};

inline bool is_admin(context& ctx) { return ctx.user_id() == 1; }
inline bool is_member(context& ctx) { return ctx.user_id() < 100; }

// ---- correct bots ----

/// The same callback data in two states, a handler shared by messages and buttons, const data,
/// noexcept, and states in a cycle.
struct shop {
    struct browsing {
        int page;
    };
    struct looking {
        int page;
        std::string item;
    };
    static browsing start(context& ctx);
    static browsing again(context& ctx) noexcept;
    static next<looking, stay> look(context& ctx, const browsing& here, matched<text> item);
    static browsing back(context& ctx, const looking& here) noexcept;
    static void buy(context& ctx, looking& here, database& orders, const mailer& post);
    static end leave(context& ctx, telegram::user who);

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, start)),
            state<browsing>(on(text && !command<>, look),
                            on(callback<"again"> || command<"again">, again)),
            state<looking>(on(callback<"back">, back), on(callback<"again">, again),
                           on(callback<"buy"> || text, buy)),
            fallbacks(on(command<"leave"> || callback<"leave">, leave)), allow_reentry);
    }
};
static_assert(verify<shop>);
static_assert(verify<shop, services<database, mailer>>);
static_assert(verify<services<mailer, database, int>, shop>);
static_assert(verify<services<database, const mailer>, shop>);

/// States that only fallbacks and globals lead to.
struct menu {
    struct first {};
    struct by_fallback {};
    struct by_global {};
    struct behind {};
    static first start(context& ctx);
    static by_fallback fall(context& ctx);
    static by_global everywhere(context& ctx);
    static behind on_and_on(context& ctx);
    static end done(context& ctx);
    static constexpr auto flow() {
        return conversation(globals(on(command<"anywhere">, everywhere)),
                            entry_points(on(command<"menu">, start)), state<first>(),
                            state<by_fallback>(), state<by_global>(on(text, on_and_on)),
                            state<behind>(on(text, done)), fallbacks(on(command<"fall">, fall)));
    }
};
static_assert(verify<menu>);

/// Declared in an order that puts the last state of the chain first.
struct chain {
    struct one {};
    struct two {};
    struct three {};
    static one start(context& ctx);
    static task<two> to_two(context& ctx);
    static task<next<three, one, end>> to_three(context& ctx, bot& api);
    static next<one, stay> to_one(context& ctx);
    static constexpr auto flow() {
        return conversation(state<three>(on(text, to_one)), state<two>(on(text, to_three)),
                            state<one>(on(text, to_two)), entry_points(on(text, start)),
                            keyed_by<key::chat>);
    }
};
static_assert(verify<chain>);

struct point {
    std::int16_t x, y;
};
enum class color { red, green };

/// Handlers only: lambdas, every kind of parameter, what an error handler may take.
struct plain {
    struct profile {
        int visits;
    };
    static void failed(const failure& what, bot& api, bot_data<profile>& all, database& db);
    static task<> failed_too(bot& api, failure what);
    static void inline_search(telegram::inline_query query, bot& api, user_data<profile>& own);
    static void answer(telegram::poll_answer answer, const telegram::user& who);
    static void any(telegram::update what);
    static void seen(context& ctx, chat_data<profile>& chat, user_data<profile>& user);
    static void typed(context& ctx, matched<data<point>> where, matched<data<color>> paint);
    static void at_point(context& ctx, matched<data<point>> where);
    static void red(context& ctx, matched<data_is<color::red>> exactly, matched<data<color>> any);
    static constexpr auto flow() {
        return handlers(on(inline_query && when<[](telegram::user who, const database&) {
                               return static_cast<bool>(who);
                           }>, inline_search),
                        on(inline_query, inline_search), on(poll_answer, answer),
                        on(edited_message && text, seen),
                        on(channel_post, [](context&) {}),
                        on(my_chat_member || chat_member, [](telegram::chat_member_updated) {}),
                        on(text && when<is_admin>, [](context&, matched<text>) noexcept {}),
                        on(data<point>, at_point), on(data_is<color::red>, red),
                        on(any_update, any), on_error(failed), on_error(failed_too));
    }
};
static_assert(verify<plain>);
static_assert(verify<plain, shop, services<database, mailer>, menu>);

/// Nothing at all is no mistake.
struct nothing_yet {
    static constexpr auto flow() { return handlers(); }
};
static_assert(verify<nothing_yet>);

/// Commands at the borders of what Telegram takes.
struct borders {
    static void run(context& ctx);
    static constexpr auto flow() {
        return handlers(on(command<"a">, run), on(command<"7_days">, run),
                        on(command<"abcdefghijklmnopqrstuvwxyz_01234">, run),
                        on(callback<"">, run), on(regex<"">, run));
    }
};
static_assert(verify<borders>);
static_assert(detail::is_command_name("abcdefghijklmnopqrstuvwxyz_01234"));
static_assert(!detail::is_command_name("abcdefghijklmnopqrstuvwxyz_012345"));
static_assert(detail::is_deep_link_parameter(""));
static_assert(detail::is_deep_link_parameter("A-z_09"));
static_assert(!detail::is_deep_link_parameter("a.b"));
static_assert(
    detail::sound_data<"the first and the last and everything that stands between the 64">);
static_assert(
    !detail::sound_data<"the first and the last and everything that stands between the 65th">);

// ---- guarantees ----

template <auto Given, auto Wanted>
constexpr bool gives =
    detail::guarantees<std::remove_const_t<decltype(Given)>, std::remove_const_t<decltype(Wanted)>>;

// contents
static_assert(gives<text, text>);
static_assert(gives<photo, document || photo>);
static_assert(!gives<document || photo, photo>);
static_assert(gives<animation, document>);  // Telegram sends both
static_assert(!gives<document, animation>);
static_assert(gives<venue, location>);
static_assert(!gives<location, venue>);
static_assert(gives<(photo || video) && !video, photo>);
static_assert(gives<photo ^ video, photo || video>);
static_assert(gives<!text, !text>);
static_assert(!gives<!text, photo>);
static_assert(!gives<message, text>);
static_assert(gives<message && text, text>);
static_assert(gives<edited_message && text, text && edited_message>);
static_assert(gives<text, message>);  // a rule that names no kind takes new messages
static_assert(!gives<text || edited_message, message>);
static_assert(!gives<any_update, message>);
static_assert(gives<text && photo, video>);  // nothing is let through

// commands
static_assert(gives<command<"x">, text>);
static_assert(gives<command<"x">, command<>>);
static_assert(gives<command<"x">, command<"x">>);
static_assert(!gives<command<>, command<"x">>);
static_assert(!gives<command<"y">, command<"x">>);
static_assert(!gives<text, command<>>);
static_assert(gives<command<"x"> || command<"y">, command<>>);
static_assert(gives<command<> && text, text>);
static_assert(gives<text && !command<>, !command<"x">>);
static_assert(!gives<text && !command<"x">, !command<>>);

// callback data
static_assert(gives<callback<"bank_1">, callback<"bank_([0-9]+)">>);
static_assert(!gives<callback<"bank_([0-9]+)">, callback<"bank_1">>);
static_assert(!gives<callback<"bank_([0-9]+)">, callback<"bank_([0-9])">>);
static_assert(gives<callback<"a|b">, callback<"a|b">>);
static_assert(gives<callback<"a|b">, callback<"b|a">>);
static_assert(gives<callback<"a|b">, callback<"a"> || callback<"b">>);
static_assert(gives<callback<"a"> || callback<"b">, callback<"a|b">>);
static_assert(gives<callback<"a|b"> && !callback<"a">, callback<"b">>);
static_assert(gives<callback<"[ab]"> && callback<"[bc]">, callback<"b">>);
static_assert(gives<callback<"a">, !callback<"b">>);
static_assert(!gives<callback<"a.*">, !callback<".*b">>);
static_assert(gives<callback<"a">, callback<>>);
static_assert(!gives<callback<>, callback<"a">>);
static_assert(!gives<callback<>, callback<"(?s).*">>);  // a game's button has no data
static_assert(!gives<callback<>, callback<".*">>);  // a line break
static_assert(!gives<callback<"a"> || text, callback<"a">>);
static_assert(gives<callback<"a"> || text, callback<"a"> || text>);
static_assert(!gives<callback<"a">, text>);
static_assert(gives<callback<"[a-zà-ö]+">, callback<"[a-zÀ-ÿ]+">>);
static_assert(!gives<callback<"[a-zà-ö]+">, callback<"[a-z]+">>);
static_assert(gives<data<point>, callback<".{4}:-?[0-9]+:-?[0-9]+">>);
static_assert(gives<data_is<color::green>, data<color>>);
static_assert(!gives<data<color>, data_is<color::green>>);
static_assert(!gives<data<point>, data<color>>);

// Whether a rule hides the one behind it: what both begin with is compared before the solver is asked.
template <auto First, auto Second>
struct two_rules {
    static void first(context&) {}
    static void second(context&) {}
    static constexpr auto flow() { return handlers(on(First, first), on(Second, second)); }
};
template <auto First, auto Second>
constexpr bool hides = detail::is_hidden<two_rules<First, Second>, 1>;
static_assert(hides<callback<"b">, callback<"b">>);
static_assert(hides<callback<"b.*">, callback<"bc">>);
static_assert(hides<callback<"bc?">, callback<"b">>);
static_assert(hides<callback<"bank_.+">, callback<"bank_12345">>);
static_assert(!hides<callback<"b">, callback<"bc">>);
static_assert(!hides<callback<"bc">, callback<"b">>);
static_assert(!hides<callback<"bc">, callback<"b.*">>);
static_assert(hides<text && regex<"^/[aA]">, command<"a">>);
static_assert(!hides<text && regex<"^/a">, command<"a">>);  // /A is the same command
static_assert(hides<text && regex<"^/">, command<>>);
static_assert(!hides<command<"a">, text && regex<"^/a">>);
static_assert(!hides<text && regex<"^a">, command<"a">>);
static_assert(hides<command<>, text && regex<"^/a"> && command<"a">>);

// texts: a regex searches
static_assert(gives<regex<"^pay">, regex<"pay">>);
static_assert(!gives<regex<"pay">, regex<"^pay">>);
static_assert(gives<regex<"^[0-9]+$">, regex<"[0-9]">>);
static_assert(gives<regex<"...">, text>);
static_assert(!gives<text, regex<"...">>);
static_assert(gives<text, regex<"">>);
static_assert(gives<text, regex<"(?s).">>);  // no text is empty
static_assert(gives<regex<"cat">, regex<"cat|dog">>);
static_assert(!gives<regex<"cat|dog">, regex<"cat">>);
static_assert(gives<regex<"cat|dog"> && !regex<"dog">, regex<"cat">>);
static_assert(gives<edited_message && regex<"^a">, regex<"a">>);
static_assert(gives<command<"pay">, regex<"^/">>);
static_assert(gives<command<"pay">, regex<"^/[pP][aA][yY]">>);
static_assert(!gives<command<"pay">, regex<"^/pay">>);  // also /PAY
static_assert(!gives<command<"pay">, regex<"^/buy">>);
static_assert(gives<command<>, regex<"^/">>);
static_assert(!gives<command<>, regex<"^/pay">>);

// chats and predicates
static_assert(gives<text && private_chat, private_chat>);
static_assert(gives<group_chat, group_chats>);
static_assert(!gives<group_chats, group_chat>);
static_assert(gives<text && private_chat, !group_chats>);
static_assert(gives<text && !private_chat, group_chats>);  // a channel's posts have their own kind
static_assert(!gives<callback<> && !private_chat, group_chats>);
static_assert(gives<text && when<is_admin>, text>);
static_assert(gives<text && when<is_admin>, when<is_admin>>);
static_assert(!gives<text && when<is_member>, when<is_admin>>);
static_assert(gives<text && when<is_member> && when<is_admin>, when<is_admin>>);
static_assert(!gives<text && (when<is_member> || when<is_admin>), when<is_admin>>);
static_assert(
    gives<text && !when<is_member> && (when<is_member> || when<is_admin>), when<is_admin>>);
static_assert(gives<(text && when<is_admin>) || (photo && !when<is_admin>), text || photo>);

// ---- the kinds of updates that a rule may take ----

template <auto Filter>
constexpr detail::kind_mask kinds =
    detail::kinds_accepted(detail::rule_program<std::remove_const_t<decltype(Filter)>>);

using detail::mask_of;
static_assert(kinds<text> == mask_of(update_kind::message));
static_assert(kinds<!text> == mask_of(update_kind::message));
static_assert(kinds<private_chat> == mask_of(update_kind::message));
static_assert(kinds<callback<"a">> == mask_of(update_kind::callback_query));
static_assert(kinds<callback<"a"> || text> ==
              mask_of(update_kind::callback_query, update_kind::message));
static_assert(kinds<edited_message && text> == mask_of(update_kind::edited_message));
static_assert(kinds<edited_message && callback<>> == 0);
static_assert(kinds<text && photo> == 0);
static_assert(kinds<command<"a"> && command<"b">> == 0);
static_assert(kinds<command<"a"> && !text> == 0);
static_assert(kinds<animation && document> == mask_of(update_kind::message));
static_assert(kinds<any_update> == detail::all_kinds);
static_assert(kinds<any_update && !message> ==
              (detail::all_kinds & ~mask_of(update_kind::message)));
static_assert(kinds<any_update && text> == detail::message_kinds);
static_assert(kinds<poll_answer || inline_query> ==
              mask_of(update_kind::poll_answer, update_kind::inline_query));

// ---- verdicts on wrong flows ----

/// Whether the check `Failed` finds its culprit at rule (or state) `where` and parameter `what`.
template <class C>
constexpr bool fails(check failed, std::size_t where, int what = detail::none) {
    constexpr detail::verdict found = detail::verdict_of<C>;
    return found.failed == failed && found.where == where && found.what == what;
}

struct base {
    struct a {};
    struct b {
        int held;
    };
    struct c {};
    static a to_a(context& ctx);
    static b to_b(context& ctx);
    static c to_c(context& ctx);
    static end finish(context& ctx);
};

struct unreachable : base {
    static constexpr auto flow() {
        return conversation(entry_points(on(text, to_a)), state<a>(on(text, finish)),
                            state<b>(on(text, to_c)), state<c>(on(text, to_b)));
    }
};
static_assert(fails<unreachable>(check::c1, 1));

struct fallback_of_nothing : base {
    static constexpr auto flow() {
        return conversation(entry_points(on(text, finish)), state<a>(), fallbacks(on(text, to_a)),
                            globals(on(text, to_a)));
    }
};
static_assert(fails<fallback_of_nothing>(check::c1, 0));

struct undeclared : base {
    static task<next<stay, end, c>> lost(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(text, to_a)), state<a>(on(text, finish)),
                            fallbacks(on(photo, lost)));
    }
};
static_assert(fails<undeclared>(check::c2, 2, 2));

struct bad_pattern : base {
    static void odd(matched<callback<"[">> wrong);
    static constexpr auto flow() {
        return handlers(on(callback<"a">, odd), on(callback<>, finish));
    }
};
static_assert(fails<bad_pattern>(check::c4, 0, 0));

struct no_photo : base {
    static void wrong(context& ctx, bot& api, matched<photo> picture);
    static constexpr auto flow() {
        return handlers(on(photo, wrong), on(text || photo, wrong));
    }
};
static_assert(fails<no_photo>(check::c7, 1, 2));

struct no_chat : base {
    static constexpr auto flow() { return handlers(on(text || shipping_query, finish)); }
};
static_assert(fails<no_chat>(check::c7, 0, 0));

struct other_data : base {
    static void wrong(const b& there);
    static constexpr auto flow() {
        return conversation(entry_points(on(text, to_a)),
                            state<a>(on(photo, wrong), on(text, to_b)),
                            state<b>(on(photo, wrong), on(text, finish)));
    }
};
static_assert(fails<other_data>(check::c8, 1, 0));

struct wrong_result : base {
    static next<end, int> wrong(context& ctx);
    static color paint(context& ctx);
    static constexpr auto flow() { return handlers(on(text, wrong), on(photo, paint)); }
};
static_assert(fails<wrong_result>(check::c16_result, 0, 1));

struct wrong_parameter : base {
    static void wrong(context& ctx, context&& other);
    static constexpr auto flow() { return handlers(on(photo, finish), on(text, wrong)); }
};
static_assert(fails<wrong_parameter>(check::c16_parameter, 1, 1));

struct failure_elsewhere : base {
    static void wrong(const failure& what);
    static constexpr auto flow() { return handlers(on(text, wrong)); }
};
static_assert(fails<failure_elsewhere>(check::c16_parameter, 0, 0));

struct no_function : base {
    static constexpr auto flow() {
        return handlers(on(photo, finish), on(text, [](auto&) {}), on(video, 42));
    }
};
static_assert(fails<no_function>(check::c16_callable, 1));

/// Of several mistakes the first in the table's order counts, not the first in the flow.
struct several : base {
    static int wrong(context& ctx, matched<photo> picture);
    static constexpr auto flow() {
        return conversation(entry_points(on(text, wrong), on(text, to_b), on(text, to_a)),
                            state<a>());
    }
};
static_assert(fails<several>(check::c2, 1, 0));

/// Predicates are looked at as handlers are; their parameters count from 256.
struct predicates : base {
    static bool ask(bot& api, const b& there);
    static bool no_bool_pointer(context& ctx, bool* result);
    static int how_much(context& ctx);
    struct of_state;
    struct of_pointer;
    struct of_int;
    struct of_service;
};
struct predicates::of_state : predicates {
    static constexpr auto flow() {
        return conversation(entry_points(on(text, to_b)), state<b>(on(text && when<ask>, finish)));
    }
};
struct predicates::of_pointer : predicates {
    static constexpr auto flow() {
        return handlers(on(text && when<is_admin> && when<no_bool_pointer>, finish));
    }
};
struct predicates::of_int : predicates {
    static constexpr auto flow() {
        return handlers(on(photo, finish), on(text && (when<is_admin> || when<how_much>), finish));
    }
};
struct predicates::of_service : predicates {
    static bool known(context& ctx, const mailer& post);
    static constexpr auto flow() { return handlers(on(text && when<known>, finish)); }
};
static_assert(fails<predicates::of_state>(check::c8, 1, 256 + 1));
static_assert(fails<predicates::of_pointer>(check::c16_parameter, 0, 512 + 1));
static_assert(fails<predicates::of_int>(check::c16_predicate, 1, 1));

// ---- services ----

template <class... Services>
constexpr int missing = detail::service_verdict_of<shop, services<Services...>>.what;
static_assert(missing<database, mailer> == detail::none);
static_assert(missing<const mailer, database> == detail::none);
static_assert(missing<mailer> == 2);
static_assert(missing<database> == 3);
static_assert(missing<const database, mailer> == 2);  // it is asked for by database&
static_assert(detail::service_verdict_of<predicates::of_service, services<>>.what == 256 + 1);
static_assert(detail::service_verdict_of<predicates::of_service, services<mailer>>.what ==
              detail::none);

// ---- what an error shows ----

using detail::excerpt;
static_assert(excerpt<"short", 2>().view() == "short");
static_assert(excerpt<"0123456789012345678901234567890123456789", 0>().view() ==
              "0123456789012345678901234567890");
static_assert(excerpt<"0123456789012345678901234567890123456789", 39>().view() ==
              "9012345678901234567890123456789");

constexpr detail::world photo_behind_either =
    detail::witness<decltype(document || photo), matched<photo>>();
static_assert(photo_behind_either.kind == update_kind::message);
static_assert(photo_behind_either.first == content_kind::document);

}  // namespace verified

using namespace verified;

TEST_CASE("A service handed over as const is found, others stay writable") {
    database db;
    const mailer post;
    const services given(db, post);
    CHECK(&given.get<database>() == &db);
    CHECK(&given.get<mailer>() == &post);
}

TEST_CASE("Deep links whose parameter is known are written as others are") {
    CHECK(deep_link<"invite-7">("shop_bot") == deep_link("shop_bot", "invite-7"));
    CHECK(deep_link<"">("@shop_bot") == "https://t.me/shop_bot");
}
