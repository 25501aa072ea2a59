// Filters with values in the rules of a bot: which handler gets which update, and what it is given.
#include "updates.hpp"

#include <doctest/doctest.h>

using namespace banter;

namespace {

std::vector<std::string> seen;
void note(std::string what) { seen.push_back(std::move(what)); }

// What docs/filters.md shows.
struct desk {
    static void receipt(context& ctx, matched<pdf_document> file) {
        note(concat("receipt ", file->file_name().value_or("?")));
        ctx.reply("Thank you.");
    }
    static void picture(matched<image_document || photo> file) { note(concat("picture ", file.file_id())); }
    static void other_file() { note("other file"); }
    static void bullseye(matched<dice_of<dice_kind::darts, 6>> thrown) { note(concat("six: ", thrown->value())); }
    static void ping(matched<prefix_command<"!", "ping">> said) { note(concat("ping ", said.get<1>())); }
    static void invited(matched<command<"start">> said) { note(concat("invited by ", said.text())); }
    static void owner() { note("owner"); }

    static constexpr auto flow() {
        return handlers(on(pdf_document, receipt), on(image_document || photo, picture), on(document, other_file),
                        on(dice_of<dice_kind::darts, 6>, bullseye), on(prefix_command<"!", "ping">, ping),
                        on(started_with<"friend">, invited), on(from_user<1001> && text, owner));
    }
};

// Updates that are no messages.
struct other_updates {
    static void query(matched<inline_query_text<"wiki (\\w+)">> asked) { note(concat("wiki ", asked.get<1>())); }
    static void any_query() { note("any query"); }
    static void checkout(matched<invoice_payload<"order-([0-9]+)">> order) {
        note(concat("order ", order.get<1, int>()));
    }
    static void joined(const telegram::chat_member_updated& change) {
        note(concat("joined ", change.new_chat_member().user().id()));
    }
    static void added() { note("bot added"); }
    static void thumb() { note("thumb"); }
    static void game() { note("game"); }

    static constexpr auto flow() {
        return handlers(on(inline_query_text<"wiki (\\w+)">, query), on(inline_query, any_query),
                        on(pre_checkout_query && invoice_payload<"order-([0-9]+)">, checkout),
                        on(chat_member && member_joined, joined), on(my_chat_member && member_joined, added),
                        on(reaction_added<"👍">, thumb), on(game_button<"chess">, game));
    }
};

static_assert(verify<desk> && verify<other_updates>);

std::string message_of(std::int64_t user, std::string_view fields) {
    return concat(R"({"update_id":)", next_id++, R"(,"message":{"message_id":7,)", from(user), ',', fields, "}}");
}
std::string update_with(std::string_view kind, std::string_view fields) {
    return concat(R"({"update_id":)", next_id++, R"(,")", kind, R"(":{)", fields, "}}");
}
constexpr std::string_view anna = R"("from":{"id":5,"is_bot":false,"first_name":"Anna"})";
constexpr std::string_view there = R"("chat":{"id":-5,"type":"supergroup","title":"S"},"date":1)";

}  // namespace

TEST_CASE("messages go to the first rule whose filter they fit, with what it is about") {
    bench<desk> bot;
    seen.clear();
    const auto a_document = [](std::string_view type, std::string_view name) {
        return concat(R"("document":{"file_id":"F","file_unique_id":"U","mime_type":")", type,
            R"(","file_name":")",
                      name, R"("})");
    };
    bot.send(message_of(1, a_document("application/pdf", "bill.pdf")));
    CHECK(bot.last_method() == "sendMessage");
    bot.send(message_of(1, a_document("image/png", "x.png")));
    bot.send(message_of(1, R"("photo":[{"file_id":"P","file_unique_id":"U","width":1,"height":1}])"));
    bot.send(message_of(1, a_document("text/plain", "x.txt")));
    bot.send(message_of(1, R"("dice":{"emoji":"🎯","value":6})"));
    bot.send(message_of(1, R"("dice":{"emoji":"🎯","value":5})"));
    bot.send(text_update(1, "!PING  here and now"));
    bot.send(text_update(1, "/start friend"));
    bot.send(text_update(1, "/start foe"));
    bot.send(text_update(1001, "hello"));
    bot.send(text_update(1002, "hello"));
    CHECK(seen == std::vector<std::string>{"receipt bill.pdf", "picture F", "picture P", "other file", "six: 6",
                                           "ping here and now", "invited by friend", "owner"});
}

TEST_CASE("updates of other kinds") {
    bench<other_updates> bot;
    seen.clear();
    bot.send(update_with("inline_query", concat(R"("id":"1","offset":"","query":"wiki cats",)", anna)));
    bot.send(update_with("inline_query", concat(R"("id":"1","offset":"","query":"cats",)", anna)));
    bot.send(update_with("pre_checkout_query", concat(R"("id":"1","currency":"EUR","total_amount":1,)"
        R"("invoice_payload":"order-17",)", anna)));
    bot.send(update_with("pre_checkout_query", concat(R"("id":"1","currency":"EUR","total_amount":1,)"
        R"("invoice_payload":"x",)", anna)));
    const std::string change = concat(anna, ',', there, R"(,"old_chat_member":{"status":"left",)"
        R"("user":{"id":9,"is_bot":false,"first_name":"B"}},"new_chat_member":{"status":"member",)"
        R"("user":{"id":9,"is_bot":false,"first_name":"B"}})");
    bot.send(update_with("chat_member", change));
    bot.send(update_with("my_chat_member", change));
    bot.send(update_with("message_reaction", concat(there, R"(,"message_id":1,"user":{"id":5,)"
        R"("is_bot":false,"first_name":"A"},"old_reaction":[],"new_reaction":[{"type":"emoji","emoji":"👍"}])")));
    bot.send(update_with("callback_query", concat(R"("id":"1","chat_instance":"1",)"
        R"("game_short_name":"chess","inline_message_id":"A",)", anna)));
    CHECK(seen == std::vector<std::string>{"wiki cats", "any query", "order 17", "joined 9", "bot added",
        "thumb", "game"});
}

TEST_CASE("only the kinds of updates that the filters can take are asked for") {
    const auto wanted = bench<other_updates>().bot_.allowed_updates();
    CHECK(wanted.size() == 6);
    CHECK(std::ranges::find(wanted, "message") == wanted.end());
    CHECK(std::ranges::find(wanted, "chat_member") != wanted.end());
}
