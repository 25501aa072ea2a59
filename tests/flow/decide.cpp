// What the compiler answers about filters: one line for each corner of their language.
#include <banter/flow.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

using namespace banter;

namespace {

constexpr bool no(const decision& of) { return of.answer == decided::no; }

constexpr anything_filter everything{};

// ---- kinds of updates ----

static_assert(satisfiable(message));
static_assert(!satisfiable(message && edited_message));
static_assert(no(satisfiable(message && edited_message)));
static_assert(satisfiable(everything) && no(satisfiable(!everything)));
static_assert(no(implies(text, message)));  // an edited message has text as well
static_assert(implies(text, message).example.kind() == update_kind::edited_message);
static_assert(implies(message && text, message));
static_assert(no(satisfiable(inline_query && text)));
static_assert(no(satisfiable(poll_update && private_chat)));
static_assert(implies(callback<"a">, callback<>));
static_assert(equivalent(!(message || callback<>), !message && !callback<>));
static_assert(!equivalent(message, message || edited_message));
static_assert(equivalent(message, message || edited_message).example.kind() ==
              update_kind::edited_message);
static_assert(satisfiable(!message && text).example.kind() == update_kind::edited_message);

// ---- contents ----

static_assert(no(satisfiable(photo && text)));
static_assert(no(satisfiable(photo && document)));
static_assert(no(satisfiable(message && photo && video && !text)));
static_assert(satisfiable(animation && document));
static_assert(implies(animation, document) && no(implies(document, animation)));
static_assert(implies(venue, location) && no(implies(location, venue)));
static_assert(no(satisfiable(animation && location)));
static_assert(no(satisfiable(animation && !document)));
static_assert(satisfiable((document && photo) || (animation && document)));
static_assert(implies(photo, !text) && implies(text, !photo));
static_assert(no(implies(!text, photo)));
static_assert(satisfiable(document).example.content() == content_kind::document);
static_assert(satisfiable(animation).example.contents().size() == 2);
static_assert(satisfiable(message && !text && !photo));
static_assert(!satisfiable(message && !text && !photo).example.content());

// Service messages.
static_assert(implies(pinned_message, service_message));
static_assert(implies(successful_payment, service_message));
static_assert(no(implies(invoice, service_message)));
static_assert(no(satisfiable(service_message && text)));
static_assert(no(satisfiable(service_message && caption)));
static_assert(no(implies(service_message, pinned_message || new_chat_members)));
static_assert(satisfiable(service_message && !pinned_message).example.content().has_value());

// ---- captions and entities ----

static_assert(no(satisfiable(caption && text)));
static_assert(no(satisfiable(caption && sticker)));
static_assert(no(satisfiable(caption && venue)));
static_assert(satisfiable(caption && photo).example.has_caption());
static_assert(satisfiable(caption && animation) && satisfiable(photo && !caption));
static_assert(implies(caption_regex<"a">, caption) && no(implies(caption, caption_regex<"a">)));
static_assert(implies(caption_regex<"abc">, caption_regex<"b">));
static_assert(no(satisfiable(caption_regex<"a"> && regex<"a">)));
static_assert(no(implies(regex<"abc">, caption_regex<"b">)));
static_assert(satisfiable(caption_regex<"b+">).example.text() == "b");
static_assert(implies(caption_entity<entity_kind::url>, caption));
static_assert(no(implies(caption, photo || video || document || audio || voice)));
static_assert(implies(caption, photo || video || document || audio || voice || live_photo || paid_media));
static_assert(implies(entity<entity_kind::url>, text));
static_assert(no(satisfiable(entity<entity_kind::url> && photo)));
static_assert(no(satisfiable(entity<entity_kind::url> && caption_entity<entity_kind::url>)));
static_assert(no(implies(entity<entity_kind::url>, entity<entity_kind::email>)));
static_assert(satisfiable(entity<entity_kind::url> && !entity<entity_kind::email>)
                  .example.has(entity_kind::url));
static_assert(implies(command<"a">, entity<entity_kind::bot_command>));
static_assert(satisfiable(entity<entity_kind::bot_command> && !command<>));  // not at the start

// ---- chats ----

static_assert(implies(channel_post && text, channel_chat));
static_assert(no(satisfiable(channel_post && private_chat)));
static_assert(no(satisfiable(message && channel_chat)));
static_assert(no(satisfiable(private_chat && group_chat)));
static_assert(equivalent(group_chats, group_chat || supergroup_chat));
static_assert(implies(message, private_chat || group_chats));
static_assert(implies(message && !group_chats, private_chat));
static_assert(satisfiable(message && !private_chat && !group_chat).example.chat() ==
              chat_type::supergroup);
static_assert(no(implies(callback<>, private_chat || group_chats || channel_chat)));  // inline
static_assert(satisfiable(callback<> && !private_chat && !group_chats && !channel_chat)
                  .example.chat() == chat_type::none);
static_assert(implies(private_chat && !callback<>, !inline_query));

// ---- commands ----

static_assert(implies(command<"pay">, text) && no(implies(text, command<"pay">)));
static_assert(implies(command<"pay">, command<>));
static_assert(no(satisfiable(command<"pay"> && command<"start">)));
static_assert(no(implies(command<>, command<"pay"> || command<"start">)));
static_assert(satisfiable(command<> && !command<"pay">).example.is_command());
static_assert(satisfiable(command<> && !command<"pay">).example.command_name().empty());
static_assert(satisfiable(command<"pay">).example.command_name() == "pay");
static_assert(equivalent(command<"pay">, command<"PAY">));  // whatever C4 says of the name
static_assert(implies(command<"pay">, regex<"^/pay">).answer == decided::no);
static_assert(implies(command<"pay">, regex<"^/pay">).example.text() == "/paY");
static_assert(implies(command<"pay">, regex<"(?i)^/pay\\b">));
static_assert(implies(command<"pay">, regex<"^/">) && no(implies(regex<"^/">, command<>)));
static_assert(no(satisfiable(command<"pay"> && regex<"^/payday">)));
static_assert(satisfiable(command<"pay"> && regex<"^/pay.*x">).example.text() == "/pay x");
static_assert(no(satisfiable(command<> && !command<"pay"> && regex<"^/pay$">)));
static_assert(satisfiable(command<> && !command<"pay"> && regex<"^/pay\\b">).example.text() ==
              "/pay@a");  // of another bot
static_assert(satisfiable(command<> && !command<"pay"> && regex<"^/payday$">));
static_assert(no(satisfiable(command<> && !regex<"^/\\w">)));

// ---- callback data ----

struct choice {
    std::uint8_t number;
    bool sure;
};
struct other_choice {
    std::uint8_t number;
};

static_assert(implies(callback<"bank_7">, callback<"bank_[0-9]+">));
static_assert(implies(callback<"bank_[0-9]+">, callback<"bank_7">).example.text().substr(0, 5) ==
              "bank_");
static_assert(no(satisfiable(callback<"a"> && callback<"b">)));
static_assert(no(implies(callback<>, callback<"(?s).*">)));  // a game's button has no data
static_assert(!implies(callback<>, callback<"(?s).*">).example.has_data());
static_assert(no(satisfiable(callback<".{65}">)) && satisfiable(callback<".{64}">));
static_assert(equivalent(callback<"(?s).{60,70}">, callback<"(?s).{60,64}">).answer != decided::no);
static_assert(no(satisfiable(callback<"a?"> && !callback<"a">)));  // data is never empty
static_assert(implies(data_is<choice{7, true}>, data<choice>));
static_assert(no(implies(data<choice>, data_is<choice{7, true}>)));
static_assert(no(satisfiable(data_is<choice{7, true}> && data_is<choice{8, true}>)));
static_assert(no(satisfiable(data<choice> && data<other_choice>)));
static_assert(no(satisfiable(data<choice> && callback<"bank_.*">)));
static_assert(no(satisfiable(callback<"a"> && regex<"a">)));

// ---- texts ----

static_assert(implies(regex<"abc">, regex<"b">) && no(implies(regex<"b">, regex<"abc">)));
static_assert(implies(regex<"b">, regex<"abc">).example.text() == "b");
static_assert(implies(regex<"^(yes|no)$">, regex<"yes"> || regex<"no">));
static_assert(implies(regex<"^[a-m]+$">, regex<"^[a-z]+$">));
static_assert(equivalent(regex<"[0-9]">, regex<"\\d">));
static_assert(implies(regex<"\\d">, regex<"\\w">) && no(implies(regex<"\\w">, regex<"\\d">)));
static_assert(implies(regex<"^[ab]*a[ab]*$">, regex<"^a">  || regex<"^b">));
static_assert(no(satisfiable(regex<"^a"> && regex<"^b">)));
static_assert(satisfiable(regex<"a"> && regex<"b">).example.text().size() == 2);
static_assert(satisfiable(regex<"^a"> && regex<"b$"> && !regex<"^ab$">).example.text() == "aab");
static_assert(equivalent(regex<"^(?!stop).">, regex<"^."> && !regex<"^stop">));
static_assert(equivalent(regex<"(?i)^yes$">, regex<"^[yY][eE][sS]$">));
static_assert(implies(regex<"(?i)^\u00E9$">, regex<"^[\u00C9\u00E9]$">));
static_assert(no(implies(regex<"(?i)^\u00E9$">, regex<"^\u00E9$">)));
static_assert(implies(regex<"^[\u03B1-\u03C9]+$">, regex<"^[^a-z]+$">));
static_assert(no(satisfiable(regex<"^[\u03B1-\u03C9]$"> && regex<"[\u0430-\u044F]">)));
static_assert(implies(text, regex<"^"> ));
static_assert(no(implies(text, regex<".">)));  // a text of line breaks alone
static_assert(implies(text, regex<"(?s).">));

// ---- unions that cover, and the algebra ----

static_assert(covers_everything(everything) && covers_everything(message, !message));
static_assert(covers_everything(text, !text));
static_assert(no(covers_everything(text, photo)));
static_assert(no(covers_everything()));
static_assert(covers<update_kind::message>(text, !text) && !covers<update_kind::message>(text));
static_assert(covers<update_kind::message>(text).example.kind() == update_kind::message);
static_assert(covers<update_kind::message>(private_chat, group_chat, supergroup_chat));
static_assert(covers<update_kind::channel_post>(channel_chat));
static_assert(covers<update_kind::callback_query>(callback<"yes|no">, !callback<"yes|no">));
static_assert(covers<update_kind::callback_query>(callback<>));
static_assert(no(covers<update_kind::callback_query>(callback<"(?s).+">)));

static_assert(implies((text && !photo) || (photo && !text), text ^ photo));
static_assert(equivalent(text ^ photo, text || photo));
static_assert(equivalent(animation ^ document, document && !animation));
static_assert(no(satisfiable(text ^ text)) && covers_everything(text ^ !text));
static_assert(equivalent(!(text && private_chat) , !text || !private_chat));
static_assert(equivalent(text && (photo || private_chat), text && private_chat));
static_assert(equivalent(!(!(!(text))), !text));
static_assert(equivalent((regex<"a"> || regex<"b">) && !(regex<"a"> && regex<"b">),
                         regex<"a"> ^ regex<"b">));

template <std::size_t... I>
constexpr auto on_the_right(std::index_sequence<I...>) {
    return (content_filter<static_cast<content_kind>(I)>{} || ...);
}
template <std::size_t... I>
constexpr auto on_the_left(std::index_sequence<I...>) {
    return (... || content_filter<static_cast<content_kind>(content_kind_count - 1 - I)>{});
}
constexpr auto all_contents = std::make_index_sequence<content_kind_count>{};
static_assert(implies(on_the_right(all_contents), on_the_left(all_contents)));
static_assert(implies(on_the_left(all_contents), on_the_right(all_contents)));
static_assert(no(implies(message, on_the_right(all_contents))));

// ---- predicates ----

[[maybe_unused]] bool friendly(const incoming&) { return true; }
[[maybe_unused]] bool rich(const incoming&) { return true; }
static_assert(satisfiable(when<friendly>) && satisfiable(!when<friendly>));
static_assert(no(satisfiable(when<friendly> && !when<friendly>)));
static_assert(no(implies(when<friendly>, when<rich>)));
static_assert(implies(when<friendly> && when<rich>, when<friendly>));
static_assert(equivalent(when<friendly> ^ when<rich>, when<rich> ^ when<friendly>));
static_assert(covers_everything(when<friendly>, text, !when<friendly>));
static_assert(no(satisfiable(when<friendly> && text && photo)));

[[maybe_unused]] bool overloaded(int) { return true; }
[[maybe_unused]] bool overloaded(long) { return false; }
template <int>
bool one_of_many(const incoming&) {
    return true;
}
static_assert(no(implies(when<one_of_many<1>>, when<one_of_many<2>>)));
static_assert(implies(when<one_of_many<1>>, when<one_of_many<1>>));
constexpr auto first_lambda = when<[](const incoming&) { return true; }>;
constexpr auto second_lambda = when<[](const incoming&) { return false; }>;
static_assert(no(implies(first_lambda, second_lambda)) && implies(first_lambda, first_lambda));
constexpr auto overload_a = when<static_cast<bool (*)(int)>(overloaded)>;
constexpr auto overload_b = when<static_cast<bool (*)(long)>(overloaded)>;
static_assert(no(implies(overload_a, overload_b)));
template <int... I>
constexpr auto odd(std::integer_sequence<int, I...>) {
    return (... ^ when<one_of_many<I>>);
}
template <int... I>
constexpr auto odd_in_reverse(std::integer_sequence<int, I...>) {
    return (... ^ when<one_of_many<int(sizeof...(I)) - 1 - I>>);
}

// Deeply nested, with predicates that keep their numbers.
template <std::size_t... I>
constexpr auto right_with_leaves(std::index_sequence<I...>) {
    return ((content_filter<static_cast<content_kind>(I)>{} && when<one_of_many<int(I)>>) || ...);
}
constexpr auto nested = right_with_leaves(std::make_index_sequence<40>{});
static_assert(detail::filter_traits<std::remove_const_t<decltype(nested)>>::depth < 20);
constexpr bool leaves_are_in_order = [] {
    for (const auto& node : detail::plain_program<std::remove_const_t<decltype(nested)>>)
        if (node.what == detail::filter_node::op::leaf)
            for (const auto& other : detail::plain_program<std::remove_const_t<decltype(nested)>>)
                if (&other + 1 == &node && other.value != node.value) return false;
    return true;
}();
static_assert(leaves_are_in_order);

// ---- the work that one evaluation may take ----

// Plausible and nasty: these are decided.
static_assert(no(implies(regex<"yes">, regex<"no"> || regex<"maybe"> || regex<"help"> || regex<"stop"> ||
                                           regex<"start"> || regex<"pay"> || regex<"order"> ||
                                           regex<"cancel"> || regex<"buy"> || regex<"sell"> ||
                                           regex<"back">)));
static_assert(implies(regex<"payment">, regex<"no"> || regex<"maybe"> || regex<"help"> ||
                                            regex<"stop"> || regex<"start"> || regex<"pay"> ||
                                            regex<"order"> || regex<"cancel"> || regex<"buy"> ||
                                            regex<"sell"> || regex<"back">));
template <int... I>
constexpr auto one_and_all(std::integer_sequence<int, I...>) {
    return (when<one_of_many<100>> || ... || when<one_of_many<I>>) && !(... && !when<one_of_many<I>>);
}
template <int... I>
constexpr auto any_of(std::integer_sequence<int, I...>) {
    return (... || when<one_of_many<int(sizeof...(I)) - 1 - I>>);
}
constexpr auto eight = std::make_integer_sequence<int, 8>{};
static_assert(equivalent(one_and_all(eight), any_of(eight)));
constexpr auto six = std::make_integer_sequence<int, 6>{};
static_assert(equivalent(odd(six), odd_in_reverse(six)));

template <std::size_t I>
constexpr command_filter<fixed_string<4>({'c', char('a' + I / 26), char('a' + I % 26), 0})> numbered{};
template <std::size_t... I>
constexpr const decision& left_by_commands(std::index_sequence<I...>) {
    return covers<update_kind::message>(numbered<I>..., regex<"^(?!/)">, !command<>, callback<"a">,
                                        regex<"[0-9]{3}">, regex<"^/c[a-z]+ [0-9]+$">);
}
static_assert(no(left_by_commands(std::make_index_sequence<40>{})));

// Hopeless: undecided, and no error of the compiler.
constexpr auto many = std::make_integer_sequence<int, 24>{};
static_assert(equivalent(odd(many), odd_in_reverse(many)).answer == decided::undecided);
static_assert(implies(regex<"a[ab]{4}c">, regex<"b[ab]{5}c"> || regex<"c[abc]{4}a"> ||
                                              regex<"a[bc]{4}c">).answer != decided::yes);

}  // namespace

TEST_CASE("Answers can be asked for at run time as well") {
    CHECK(implies(command<"pay">, text));
    const decision& refused = implies(text, command<"pay">);
    CHECK_FALSE(refused);
    CHECK(refused.example.content() == content_kind::text);
    CHECK_FALSE(refused.example.is_command());
    CHECK(refused.example.entities() == 0);
    CHECK(refused.example.details().at.kind == update_kind::message);
}
