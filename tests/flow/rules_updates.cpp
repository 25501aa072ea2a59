// PTB's rules R20 to R29: which updates a conversation considers. tests/rules.md lists all rules.
#include "updates.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace banter;
using detail::key_policy;

namespace {

/// Begins with anything that it may take, and counts.
struct seen {
    int begun = 0;
    int moved = 0;
    int others = 0;
};

/// An update of a kind, with this in it.
std::string update_of(std::string_view kind, std::string_view inside) {
    return concat(R"({"update_id":)", next_id++, R"(,")", kind, R"(":{)", inside, "}}");
}
constexpr std::string_view a_group = R"("chat":{"id":-5,"type":"supergroup","title":"G"})";
constexpr std::string_view anna = R"("from":{"id":7,"is_bot":false,"first_name":"Anna"})";
constexpr std::string_view user_anna = R"("user":{"id":7,"is_bot":false,"first_name":"Anna"})";

struct kind_row {
    update_kind kind;
    bool chat;
    bool user;
    std::string inside;
};

/// PTB's table of what each update brings.
std::vector<kind_row> table() {
    using enum update_kind;
    const std::string message_in_group =
        concat(R"("message_id":3,"date":1,"text":"x",)", anna, ",", a_group);
    const std::string post =
        R"("message_id":3,"date":1,"text":"x","chat":{"id":-6,"type":"channel","title":"C"})";
    const std::string member = concat(
        R"("date":1,"old_chat_member":{"status":"left",)", user_anna,
        R"(},"new_chat_member":{"status":"member",)", user_anna, "},", anna, ",", a_group);
    const std::string query = concat(R"("id":"1",)", anna);
    return {
        {message, true, true, message_in_group},
        {edited_message, true, true, message_in_group},
        {business_message, true, true, message_in_group},
        {edited_business_message, true, true, message_in_group},
        {guest_message, true, true, message_in_group},
        {channel_post, true, false, post},
        {edited_channel_post, true, false, post},
        {callback_query, true, true,
         concat(query, R"(,"data":"x","chat_instance":"1","message":{)", message_in_group, "}")},
        {my_chat_member, true, true, member},
        {chat_member, true, true, member},
        {chat_join_request, true, true,
         concat(R"("date":1,"user_chat_id":7,)", anna, ",", a_group)},
        {message_reaction, true, true,
         concat(R"("message_id":3,"date":1,"old_reaction":[],"new_reaction":[],)", user_anna, ",",
                a_group)},
        {message_reaction_count, true, false,
         concat(R"("message_id":3,"date":1,"reactions":[],)", a_group)},
        {chat_boost, true, false,
         concat(R"("boost":{"boost_id":"b","add_date":1,"expiration_date":2,)",
                R"("source":{"source":"premium",)", user_anna, "}},", a_group)},
        {removed_chat_boost, true, false,
         concat(R"("boost_id":"b","remove_date":1,"source":{"source":"premium",)", user_anna, "},",
                a_group)},
        {deleted_business_messages, true, false,
         concat(R"("business_connection_id":"c","message_ids":[1],)", a_group)},
        {inline_query, false, true, concat(query, R"(,"query":"q","offset":"")")},
        {chosen_inline_result, false, true, concat(R"("result_id":"1","query":"q",)", anna)},
        {shipping_query, false, true, concat(query, R"(,"invoice_payload":"p")")},
        {pre_checkout_query, false, true,
         concat(query, R"(,"currency":"XTR","total_amount":1,"invoice_payload":"p")")},
        {business_connection, false, true,
         concat(R"("id":"c","user_chat_id":7,"date":1,"is_enabled":true,)", user_anna)},
        {purchased_paid_media, false, true, concat(R"("paid_media_payload":"p",)", anna)},
        {managed_bot, false, true,
         concat(user_anna, R"(,"bot":{"id":8,"is_bot":true,"first_name":"B"})")},
        {poll_answer, false, true, concat(R"("poll_id":"p","option_ids":[0],)", user_anna)},
        {poll, false, false,
         R"("id":"p","question":"?","options":[],"total_voter_count":0,"is_closed":false)"},
    };
}

}  // namespace

TEST_CASE("R20: what is no update reaches no conversation, and is counted as unreadable") {
    struct open_to_all {
        struct here {};
        static here begin(seen& log) {
            ++log.begun;
            return {};
        }
        static constexpr auto flow() {
            return conversation(entry_points(on(any_update, begin)), state<here>(), trap<here>,
                                keyed_by<key::business>);
        }
    };
    seen log;
    dispatcher_options options;
    options.log = {[](void*, std::string_view) {}, nullptr};
    bench_of<basic_dispatcher<services<seen>, open_to_all>> b{services(log), options};
    std::uint64_t unreadable = 0;
    for (const char* odd : {"\"a text\"", "17", "{}", "[]", "", R"({"update_id":1})",
                             R"({"update_id":1,"no_such_kind":{}})"}) {
        CAPTURE(odd);
        b.send(odd);
        CHECK(b.bot_.counters().unreadable == ++unreadable);
    }
    CHECK(log.begun == 0);
    b.send(text_update(1, "x"));
    CHECK(log.begun == 1);
}

TEST_CASE("R28: what each kind of update brings decides whether it has a key") {
    incoming update;
    for (const kind_row& one : table()) {
        CAPTURE(std::string(name_of(one.kind)));
        REQUIRE(update.read(update_of(name_of(one.kind), one.inside)) ==
                telegram::decode_fault::none);
        CHECK(update.head().kind == one.kind);
        CHECK(key_policy<key::chat>::available(update.head()) == one.chat);
        CHECK(key_policy<key::user>::available(update.head()) == one.user);
        CHECK(key_policy<key::chat, key::user>::available(update.head()) == (one.chat && one.user));
        // The compiler knows the same table.
        const auto possible = [&one](detail::kind_mask kinds) {
            return (kinds & detail::mask_of(one.kind)) != 0;
        };
        CHECK(possible(key_policy<key::chat>::kinds) == one.chat);
        CHECK(possible(key_policy<key::user>::kinds) == one.user);
    }
}

namespace {
/// Takes whatever may have its key.
template <auto Filter, key... Parts>
struct taker {
    struct here {};
    static here begin(seen& log) {
        ++log.begun;
        return {};
    }
    static void move(seen& log) { ++log.moved; }
    static constexpr auto flow() {
        return conversation(entry_points(on(Filter, begin)), state<here>(on(Filter, move)),
                            trap<here>, keyed_by<Parts...>);
    }
};
template <class Bot>
seen after_sending(const std::vector<std::string>& updates) {
    seen log;
    bench_of<basic_dispatcher<services<seen>, Bot>> b{services(log)};
    for (const std::string& one : updates) b.send(one);
    return log;
}
constexpr auto every_kind = any_update;
using default_taker = taker<every_kind, key::chat, key::user>;

std::string of_kind(update_kind wanted) {
    for (const kind_row& one : table())
        if (one.kind == wanted) return update_of(name_of(wanted), one.inside);
    return {};
}
}  // namespace

TEST_CASE("R21: channel posts move no conversation") {
    const seen log = after_sending<default_taker>(
        {of_kind(update_kind::channel_post), of_kind(update_kind::edited_channel_post),
         update_of("channel_post",
                   concat(R"("message_id":3,"date":1,"text":"x","sender_chat":{"id":-6,)",
                          R"("type":"channel","title":"C"},"chat":{"id":-6,"type":"channel"})"))});
    CHECK(log.begun == 0);
}

TEST_CASE("R22: keyed by chat: an update without a chat is not considered") {
    using by_chat = taker<every_kind, key::chat>;
    CHECK(after_sending<by_chat>({of_kind(update_kind::inline_query),
                                  of_kind(update_kind::poll_answer),
                                  of_kind(update_kind::poll)})
              .begun == 0);
    CHECK(after_sending<by_chat>({of_kind(update_kind::message_reaction_count)}).begun == 1);
}

TEST_CASE("R23: keyed by user: an update without a user is not considered") {
    using by_user = taker<every_kind, key::user>;
    const std::string anonymous = update_of(
        "message_reaction", concat(R"("message_id":3,"date":1,"old_reaction":[],"new_reaction":[],)",
                                   R"("actor_chat":{"id":-5,"type":"supergroup","title":"G"},)",
                                   a_group));
    CHECK(after_sending<by_user>({of_kind(update_kind::chat_boost),
                                  of_kind(update_kind::message_reaction_count), anonymous})
              .begun == 0);
    CHECK(after_sending<default_taker>({anonymous}).begun == 0);
    CHECK(after_sending<by_user>({of_kind(update_kind::message_reaction)}).begun == 1);
}

TEST_CASE("R24: keyed by message: only presses are considered") {
    using by_message = taker<every_kind, key::chat, key::message>;
    CHECK(after_sending<by_message>({of_kind(update_kind::message),
                                     of_kind(update_kind::edited_message),
                                     of_kind(update_kind::message_reaction),
                                     of_kind(update_kind::inline_query)})
              .begun == 0);
    CHECK(after_sending<by_message>({of_kind(update_kind::callback_query)}).begun == 1);
}

TEST_CASE("R25: a button of an inline message belongs to no chat's conversation") {
    const std::string pressed = update_of(
        "callback_query",
        concat(R"("id":"1","data":"x","chat_instance":"1","inline_message_id":"i",)", anna));
    CHECK(after_sending<default_taker>({pressed}).begun == 0);
    CHECK(after_sending<taker<every_kind, key::chat, key::message>>({pressed}).begun == 0);
    CHECK(after_sending<taker<every_kind, key::user, key::message>>({pressed}).begun == 1);
    CHECK(after_sending<taker<every_kind, key::user>>({pressed}).begun == 1);
}

TEST_CASE("R26: queries that have no chat move no conversation of a chat") {
    // A filter that names such a kind does not compile: R13.
    CHECK(after_sending<default_taker>({of_kind(update_kind::inline_query),
                                        of_kind(update_kind::chosen_inline_result),
                                        of_kind(update_kind::pre_checkout_query),
                                        of_kind(update_kind::shipping_query)})
              .begun == 0);
}

TEST_CASE("R27: edited and business messages count only where a filter names them") {
    const std::vector<std::string> others = {
        of_kind(update_kind::edited_message), of_kind(update_kind::business_message),
        of_kind(update_kind::edited_business_message), of_kind(update_kind::guest_message)};
    constexpr auto only_text = text;
    CHECK(after_sending<taker<only_text, key::chat, key::user>>(others).begun == 0);
    constexpr auto edited_text = edited_message && text;
    CHECK(after_sending<taker<edited_text, key::chat, key::user>>(others).begun == 1);
    std::vector<std::string> all = others;
    all.push_back(of_kind(update_kind::message));
    all.push_back(of_kind(update_kind::edited_message));
    const seen log = after_sending<taker<only_text, key::chat, key::user>>(all);
    CHECK(log.begun == 1);
    CHECK(log.moved == 0);
}

TEST_CASE("R29: what a conversation does not take goes to the next in the list") {
    struct rest {
        static void take(seen& log) { ++log.others; }
        static constexpr auto flow() { return handlers(on(any_update, take)); }
    };
    struct talk {
        struct here {};
        static constexpr auto flow() {
            return conversation(entry_points(on(command<"talk">, [](seen& log) {
                                    ++log.begun;
                                    return here{};
                                })),
                                state<here>(on(photo, [](seen& log) { ++log.moved; })), trap<here>);
        }
    };
    seen log;
    bench_of<basic_dispatcher<services<seen>, talk, rest>> b{services(log)};
    b.send(text_update(1, "hello"));                       // no conversation: no entry point fits
    CHECK(log.others == 1);
    b.send(of_kind(update_kind::inline_query));            // no key
    CHECK(log.others == 2);
    b.send(text_update(1, "/talk"));
    CHECK(log.begun == 1);
    b.send(text_update(1, "hello"));                       // nothing in its state fits
    CHECK(log.others == 3);
    b.send(photo_update(1));
    CHECK(log.moved == 1);
    CHECK(log.others == 3);
}
