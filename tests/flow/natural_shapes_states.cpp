// Where handler coroutines lead, as users write it, and what happens when they throw.
#include "natural_shapes.hpp"

#include <map>
#include <optional>
#include <stdexcept>

using namespace banter;
using natural::bench;
using natural::counted;
using natural::later;
using natural::numbered_bench;
namespace asio = boost::asio;

namespace {

asio::awaitable<void> fail_later(bot& api, std::string why) {
    co_await later(api, why);
    throw std::runtime_error(concat("a helper failed because of ", why));
}

// ---- where they lead ----

struct journey {
    struct nowhere {};
    struct named {
        std::string name;
        std::vector<std::string> notes;
        std::optional<std::string> nick = {};
    };
    struct paid {
        std::int64_t amount = 0;
        std::string name = "a default name that is long";
        std::map<std::string, std::string> facts = {};
    };

    static task<nowhere> enter(context& ctx, bot& api) {
        co_await later(api, "on the way in, a long text");
        ctx.reply("Where to?");
        co_return nowhere{};
    }
    static task<named> braces(bot& api, matched<command<"braces">> input) {
        const std::string name = co_await later(api, std::string(input));
        co_return named{name, {concat("one note on ", input), concat("two notes on ", input)}};
    }
    static task<named> designated(bot& api, matched<command<"designated">> input) {
        co_await later(api, std::string(input));
        co_return named{.name = concat("designated ", input),
                        .notes = {},
                        .nick = concat("nick of ", input)};
    }
    static task<named> moved(bot& api, matched<command<"moved">> input) {
        named to{.name = std::string(input), .notes = {}};
        to.notes.push_back(co_await later(api, concat("a note on ", input)));
        co_return to;
    }
    static task<named> awaited(bot& api, matched<command<"awaited">> input) {
        co_return co_await found(api, std::string(input));
    }
    static asio::awaitable<named> found(bot& api, std::string name) {
        std::string note = co_await later(api, concat("found ", name));
        co_return named{.name = std::move(name), .notes = {std::move(note)}};
    }
    static task<next<named, paid, stay, end>> anywhere(bot& api, matched<command<"any">> input) {
        const std::string where = co_await later(api, std::string(input));
        if (input.text().ends_with("stay")) co_return stay{};
        if (input.text().ends_with("end")) co_return end{};
        if (input.text().ends_with("paid"))
            co_return paid{.amount = 7, .name = where, .facts = {{where, concat("of ", input)}}};
        next<named, paid, stay, end> to = stay{};
        to = named{.name = where, .notes = {where}};
        co_return to;
    }
    static task<next<named, end>> either(bot& api, matched<command<"either">> input) {
        using to = next<named, end>;
        const std::string where = co_await later(api, std::string(input));
        co_return input.text().empty() ? to(end{}) : to(named{.name = where, .notes = {where}});
    }
    static task<> change(context& ctx, bot& api, named& here, matched<command<"change">> input) {
        here.name += concat(", changed by ", input);
        here.notes.push_back(co_await later(api, "a note made while changing"));
        here.nick = "a nick that is set after a suspension";
        ctx.reply(concat(here.name, here.notes.size()));
    }
    static task<stay> spoil(context& ctx, bot& api, named& here, matched<command<"spoil">> input) {
        here.name = concat("spoilt by ", input);
        ctx.reply("this is never sent, it is thrown away");
        here.notes.assign(5, co_await later(api, "a note that is rolled back"));
        throw std::runtime_error(concat("spoiling failed after ", here.notes.size(), " notes"));
    }
    static task<paid> pay(bot& api, const named& here, matched<command<"pay">> input) {
        std::string name = co_await later(api, here.name);
        co_return paid{.amount = 100,
                       .name = std::move(name),
                       .facts = {{"paid for", std::string(input.text())}}};
    }
    static task<end> leave(context& ctx, bot& api, paid& here) {
        const std::string name = std::move(here.name);
        co_await later(api, name);
        ctx.reply(concat(name, ' ', here.amount));
        co_return end{};
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wreturn-type"  // clang warns, g++ 12 does not
    static task<next<stay, end>> forget(context& ctx, bot& api, matched<command<"forget">> input) {
        co_await later(api, std::string(input));
        ctx.reply("said before the coroutine ends without co_return");
    }
#pragma GCC diagnostic pop

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"enter">, enter)),
            state<nowhere>(on(command<"braces">, braces), on(command<"designated">, designated),
                           on(command<"moved">, moved), on(command<"awaited">, awaited),
                           on(command<"any">, anywhere), on(command<"either">, either)),
            state<named>(on(command<"change">, change), on(command<"spoil">, spoil),
                         on(command<"pay">, pay)),
            state<paid>(on(command<"leave">, leave)), fallbacks(on(command<"forget">, forget)),
            allow_reentry, on_error(natural::note_error));
    }
};

// ---- what they throw ----

struct own_error : std::exception {
    explicit own_error(std::string why) : why_(std::move(why)) {}
    const char* what() const noexcept override { return why_.c_str(); }
    std::string why_;
};

struct throws {
    static task<> at_once(context& ctx, matched<command<"once">> input) {
        ctx.reply("declared, then thrown away");
        throw own_error(concat("thrown at once with ", input));
        co_return;
    }
    static task<> afterwards(context& ctx, bot& api, matched<command<"afterwards">> input) {
        const counted kept("a local that unwinding destroys");
        ctx.reply("declared, then thrown away");
        co_await later(api, "before the exception");
        throw own_error(concat("thrown afterwards with ", input));
    }
    static task<> by_helper(bot& api, matched<command<"helper">> input) {
        const counted kept("a local that unwinding destroys");
        co_await fail_later(api, concat("a helper of ", input));
    }
    static task<> by_call(bot& api, matched<command<"call">> input) {
        const counted kept("a local that unwinding destroys");
        co_await api(send_message{.chat_id = concat("@", "a_channel_that_is_gone"), .text = input});
    }
    static task<> no_exception(bot& api) {
        co_await later(api, "before an int is thrown");
        throw 17;
    }
    static task<> bad_extra(bot& api, matched<command<"extra">> input) {
        co_await api(
            send_message{.chat_id = 1, .text = input, .extra = concat("no JSON: ", input)});
    }
    static task<> caught(context& ctx, bot& api, matched<command<"caught">> input) {
        std::string out = concat("caught: ", input);
        for (int i = 0; i != 2; ++i) {
            const counted kept(concat("a local of round ", i, " of a loop"));
            std::exception_ptr failed;
            try {
                const counted inner("a local that unwinding destroys");
                co_await fail_later(api, concat("round ", i, " of a loop"));
                out += "never reached";
            } catch (const std::runtime_error& error) {
                out += error.what();
                failed = std::current_exception();
            }
            if (failed) out += co_await later(api, " and went on");
        }
        try {
            co_await fail_later(api, "something that is thrown again");
        } catch (...) {
            ctx.reply(out);
            throw;
        }
    }
    static task<> recovered(context& ctx, bot& api, matched<command<"recovered">> input) {
        try {
            co_await fail_later(api, concat("recovery of ", input));
        } catch (const std::exception& error) {
            ctx.reply(concat("Sorry: ", error.what()),
                      inline_keyboard(row(dynamic_button("Again", "again_with_long_data"))));
        }
    }
    static void plain(context& ctx, matched<command<"plain">> input) {
        ctx.reply("declared, then thrown away");
        throw own_error(concat("a plain handler threw with ", input));
    }

    static constexpr auto flow() {
        return handlers(on(command<"once">, at_once), on(command<"afterwards">, afterwards),
                        on(command<"helper">, by_helper), on(command<"call">, by_call),
                        on(command<"int">, no_exception), on(command<"extra">, bad_extra),
                        on(command<"caught">, caught), on(command<"recovered">, recovered),
                        on(command<"plain">, plain), on_error(natural::note_error));
    }
};

}  // namespace

TEST_CASE("co_return of each kind of target") {
    numbered_bench<journey> b;
    const std::string later_argument = concat(natural::argument, " [later]");
    const auto named = [&] { return b.bot_.template state_of<journey, journey::named>(1, 1); };
    const auto enter = [&] { CHECK(b.after_command("enter").ends_with("Where to?\"}\n")); };

    enter();
    CHECK(b.bot_.state_of<journey, journey::nowhere>(1, 1) != nullptr);
    b.after_command("braces");
    REQUIRE(named() != nullptr);
    CHECK(named()->name == later_argument);
    CHECK(named()->notes[1] == concat("two notes on ", natural::argument));

    enter();
    b.after_command("designated");
    REQUIRE(named() != nullptr);
    CHECK(named()->nick == concat("nick of ", natural::argument));

    enter();
    b.after_command("moved");
    REQUIRE(named() != nullptr);
    CHECK(named()->notes.front() == concat("a note on ", later_argument));

    enter();
    b.after_command("awaited");
    REQUIRE(named() != nullptr);
    CHECK(named()->notes.front() == concat("found ", later_argument));

    enter();
    b.after_command("either");
    REQUIRE(named() != nullptr);
    CHECK(named()->notes.front() == later_argument);

    enter();
    b.after_command("any");
    REQUIRE(named() != nullptr);
    CHECK(named()->notes.front() == later_argument);

    enter();
    b.after(natural::text_update(1, "/any way at all, and then stay"));
    CHECK(b.bot_.state_of<journey, journey::nowhere>(1, 1) != nullptr);
    b.after(natural::text_update(1, "/any way at all, and then paid"));
    const auto* paid = b.bot_.state_of<journey, journey::paid>(1, 1);
    REQUIRE(paid != nullptr);
    CHECK(paid->facts.begin()->second == "of way at all, and then paid");
    enter();
    b.after(natural::text_update(1, "/any way at all, and then end"));
    CHECK_FALSE(b.bot_.in_conversation<journey>(1, 1));
    CHECK(natural::errors.empty());
}

TEST_CASE("a state by reference changes with its handler, and not with one that throws") {
    numbered_bench<journey> b;
    const auto named = [&] { return b.bot_.template state_of<journey, journey::named>(1, 1); };
    b.after_command("enter");
    b.after_command("moved");
    CHECK(b.after_command("change") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap,)"
          R"( changed by words that live on the heap2"})" "\n");
    REQUIRE(named() != nullptr);
    CHECK(named()->notes.size() == 2);
    CHECK(named()->nick == "a nick that is set after a suspension");
    const std::string before = named()->name;

    CHECK(b.error_after("spoil") == "spoiling failed after 5 notes");
    REQUIRE(named() != nullptr);
    CHECK(named()->name == before);
    CHECK(named()->notes.size() == 2);

    CHECK(b.error_after("forget").find("ended without co_return") != std::string::npos);
    REQUIRE(named() != nullptr);
    CHECK(named()->name == before);

    b.after_command("pay");
    REQUIRE(b.bot_.state_of<journey, journey::paid>(1, 1) != nullptr);
    CHECK(b.bot_.state_of<journey, journey::paid>(1, 1)->name == concat(before, " [later]"));
    CHECK(b.after_command("leave") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap,)"
          R"( changed by words that live on the heap [later] 100"})" "\n");
    CHECK_FALSE(b.bot_.in_conversation<journey>(1, 1));
}

TEST_CASE("exceptions of every kind reach the error handlers, and nothing declared is sent") {
    numbered_bench<throws> b;
    CHECK(b.error_after("once") == concat("thrown at once with ", natural::argument));
    CHECK(b.error_after("afterwards") == concat("thrown afterwards with ", natural::argument));
    CHECK(b.error_after("plain") == concat("a plain handler threw with ", natural::argument));
    CHECK(b.error_after("helper") ==
          concat("a helper failed because of a helper of ", natural::argument));
    CHECK(b.error_after("int") != "");
    CHECK(b.error_after("extra").find("JSON") != std::string::npos);
    CHECK(counted::alive == 0);
    CHECK(b.error_after("caught") ==
          "a helper failed because of something that is thrown again");
    CHECK(counted::alive == 0);
    CHECK(b.after_command("recovered") ==
          R"(sendMessage {"chat_id":1,"text":"Sorry: a helper failed because of recovery of )"
          R"(words that live on the heap","reply_markup":{"inline_keyboard":[[{"text":"Again",)"
          R"("callback_data":"again_with_long_data"}]]}})" "\n");
    CHECK(b.bot_.counters().failures == 7);
}

TEST_CASE("calls that fail inside a handler that does not catch") {
    bench<throws> b;
    b.refuse(403, "Forbidden: bot was kicked from the channel");
    CHECK(b.after_command("call") ==
          R"(sendMessage {"chat_id":"@a_channel_that_is_gone",)"
          R"("text":"words that live on the heap"})" "\n");
    b.cut();
    b.after_command("call");
    REQUIRE(natural::errors.size() == 2);
    CHECK(natural::errors[0].find("bot was kicked from the channel") != std::string::npos);
    CHECK(natural::errors[1].find("sendMessage") != std::string::npos);
    CHECK(counted::alive == 0);
}
