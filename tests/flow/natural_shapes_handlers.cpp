// Handler coroutines as users write them: how they wait, and what they take over a suspension.
#include "natural_shapes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <map>
#include <memory>
#include <optional>
#include <variant>

using namespace banter;
using natural::bench;
using natural::counted;
using natural::later;
using natural::numbered_bench;
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

asio::awaitable<std::string> of_two(bot& api, const std::string& a, std::string_view b,
                                    const std::string& between = " and by default then ") {
    co_await later(api, a);
    co_return concat(a, between, b);
}
asio::awaitable<counted> count_later(bot& api, counted given, std::unique_ptr<std::string> owned) {
    co_await later(api, *owned);
    co_return counted(concat(given.text, ' ', *owned));
}
asio::awaitable<int> factorial(bot& api, int n) {
    if (n <= 1) co_return 1;
    const int below = co_await factorial(api, n - 1);
    if (n == 2) co_await later(api, concat("the bottom of a recursion at ", n));
    const int product = n * below;
    co_return product;
}
// ---- waiting ----

struct waits {
    static task<> helpers(context& ctx, bot& api, matched<command<"helpers">> input) {
        const std::string one = co_await later(api, std::string(input) + " as a temporary");
        std::string two = co_await of_two(api, concat("temporary ", input), concat("of ", input));
        ctx.reply(concat(one, "; ", two, "; ", co_await later(api, two)));
        ctx.reply(co_await of_two(api, co_await later(api, "the first of nested helpers"),
                                  co_await later(api, "the second of nested helpers"),
                                  std::string(" with a long temporary between ")));
    }
    static task<> counting(context& ctx, bot& api, matched<command<"counting">> input) {
        counted first =
            co_await count_later(api, counted(std::string(input)),
                                 std::make_unique<std::string>("an owned string, long"));
        const counted kept("a local that lives over a suspension");
        counted second = co_await count_later(api, kept, std::make_unique<std::string>(first.text));
        ctx.reply(concat(second.text, ' ', counted::alive));
    }
    static task<> recursion(context& ctx, bot& api) {
        ctx.reply(concat("5! is ", co_await factorial(api, 5)));
    }
    static task<> timers(context& ctx, bot& api, matched<command<"timers">> input) {
        asio::steady_timer timer(co_await asio::this_coro::executor);
        const std::string kept = concat("after the timer: ", input);
        timer.expires_after(0ms);
        co_await timer.async_wait(asio::use_awaitable);
        timer.expires_after(1h);
        timer.cancel();
        timer.expires_after(-1s);
        auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
        boost::system::error_code code;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, code));
        co_await api.network().wait(5ms);
        ctx.reply(concat(kept, ' ', !error, ' ', !code));
    }
    static task<> lambdas(context& ctx, bot& api, matched<command<"lambdas">> input) {
        const std::string text = concat("captured: ", input);
        const auto executor = co_await asio::this_coro::executor;
        // Owning captures: named first (see docs/old_compilers.md).
        auto by_value = [text, &api]() -> asio::awaitable<std::string> {
            std::string got = co_await later(api, text);
            co_return got;
        };
        std::string first = co_await asio::co_spawn(executor, by_value, asio::use_awaitable);
        std::string second = co_await by_value();
        // What owns nothing may stand in place.
        std::string third = co_await asio::co_spawn(
            executor, [&]() -> asio::awaitable<std::string> { return later(api, text); },
            asio::use_awaitable);
        co_await asio::post(executor, asio::use_awaitable);
        ctx.reply(concat(first, ' ', second, ' ', third));
    }
    static task<> local_things(context& ctx, bot& api, matched<command<"local">> input) {
        std::optional<std::string> maybe;
        std::variant<int, std::string> either = 1;
        std::map<std::string, std::string> titles{{"a key that is long enough", "one"},
                                                  {"another key, long enough too", "two"}};
        std::vector<std::string> all{concat("made of ", input), std::string(input)};
        std::string out;
        for (auto& [key, value] : titles) {
            value = co_await later(api, concat(key, " = ", value));
            out += value;
        }
        maybe = co_await later(api, "into an optional, and a long text");
        either = co_await later(api, "into a variant, and a long text");
        all.emplace_back(co_await later(api, all.front()));
        for (const std::string& text : all) out += text;
        ctx.reply(concat(out, *maybe, std::get<std::string>(either)));
    }
    static task<> branches(context& ctx, bot& api, matched<command<"branches">> input) {
        std::string out(input);
        for (int i = 0;; ++i) {
            switch (i) {
            case 0:
                out += co_await later(api, concat("case ", i, " of the switch"));
                continue;
            case 1: {
                const std::string kept = co_await later(api, concat("case ", i, " of the switch"));
                out += kept;
                break;
            }
            default:
                break;
            }
            if (i == 2) {
                const std::string last = co_await later(api, "the last one in a branch");
                out += last;
                break;
            }
        }
        if (!out.empty()) {
            ctx.reply(out);
            co_return;
        }
        ctx.reply("never reached");
    }
    /// A ternary of class types, and a condition: safe with a name before them.
    static task<> conditions(context& ctx, bot& api, matched<command<"conditions">> input) {
        const std::string text = input.text().empty() ? std::string("nothing at all was given")
                                                      : concat("something: ", input);
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = text});
        const auto count = co_await api(get_chat_member_count{.chat_id = "@a_channel_of_many"});
        if (count > 5) co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat(count)});
    }
    /// A name inside the condition does as well.
    static task<> named_inside(context& ctx, bot& api, matched<command<"inside">> input) {
        if (auto sent = co_await api(send_message{.chat_id = ctx.chat_id(), .text = input}))
            ctx.reply(concat("sent as ", sent->message_id()));
        if (auto count = co_await api(get_chat_member_count{.chat_id = "@a_long_name"}); count > 5)
            ctx.reply(concat("many: ", count));
        const std::string both = "first " + co_await later(api, std::string(input)) + " and last";
        std::size_t words = 1;
        for (const char c : co_await later(api, both)) words += c == ' ' ? 1U : 0U;
        ctx.reply(concat(both, ": ", words));
    }

    static constexpr auto flow() {
        return handlers(
            on(command<"inside">, named_inside), on(command<"helpers">, helpers),
            on(command<"counting">, counting),
            on(command<"recursion">, recursion), on(command<"timers">, timers),
            on(command<"lambdas">, lambdas), on(command<"local">, local_things),
            on(command<"branches">, branches), on(command<"conditions">, conditions),
            on(command<"lambda">,
               [](context& ctx, bot& api, matched<command<"lambda">> input) -> task<> {
                   co_await api(send_message{.chat_id = ctx.chat_id(),
                                             .text = concat("a lambda handles ", input)});
                   ctx.reply(input);
               }),
            on_error(natural::note_error));
    }
};

// ---- what handlers take, over a suspension ----

struct profile {
    std::string name = "nobody, but with a long name";
    int visits = 0;
};

struct taking {
    static task<> by_value(context& ctx, bot& api, matched<regex<"([a-z]+) of ([a-z]+)">> found) {
        co_await later(api, "before the match is read");
        ctx.reply(concat(found.get<0>(), '|', found.get<1>(), '|', found.get<2>()));
    }
    static task<> by_reference(context& ctx, bot& api,
                               const matched<callback<"take_([a-z_]+)_([0-9]+)">>& press) {
        co_await later(api, concat("before ", press.data(), " is read again"));
        ctx.answer(concat(press.get<1>(), '|', press.get<2, int>()));
    }
    static task<> content(context& ctx, bot& api, const matched<document || photo>& file,
                          telegram::message whole, const telegram::user& sender) {
        co_await later(api, concat("before ", file.file_id(), " is read again"));
        const auto paper = file.get_if<document>();
        ctx.reply(concat(file.file_id(), ' ', paper->value().file_id(), ' ',
                         (*paper)->file_unique_id(), ' ', whole.message_id(), ' ',
                         sender.first_name()));
    }
    static task<> data(context& ctx, bot& api, matched<command<"data">> input,
                       user_data<profile>& mine, chat_data<profile>& ours,
                       bot_data<profile>& everyones) {
        mine->name = co_await later(api, concat("my name is ", input));
        ++mine->visits;
        ours->name += co_await later(api, concat("our name is ", input));
        everyones->visits += mine->visits;
        ctx.reply(concat(mine->name, ours->name, everyones->name, everyones->visits));
    }

    static constexpr auto flow() {
        return handlers(on(command<"data">, data), on(regex<"([a-z]+) of ([a-z]+)">, by_value),
                        on(callback<"take_([a-z_]+)_([0-9]+)">, by_reference),
                        on(document || photo, content), on_error(natural::note_error));
    }
};

}  // namespace

TEST_CASE("awaiting helpers, timers, lambdas; locals over a suspension") {
    numbered_bench<waits> b;
    CHECK(b.after_command("helpers") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap as a temporary )"
          "[later]; temporary words that live on the heap and by default then of words that "
          "live on the heap; temporary words that live on the heap and by default then of "
          R"(words that live on the heap [later]"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"the first of nested helpers [later] with a long )"
          R"(temporary between the second of nested helpers [later]"})" "\n");
    CHECK(b.after_command("counting") ==
          R"(sendMessage {"chat_id":1,"text":"a local that lives over a suspension words that )"
          R"(live on the heap an owned string, long 3"})" "\n");
    CHECK(counted::alive == 0);
    CHECK(b.after_command("recursion") ==
          R"(sendMessage {"chat_id":1,"text":"5! is 120"})" "\n");
    CHECK(b.after_command("timers") ==
          R"(sendMessage {"chat_id":1,"text":"after the timer: words that live on the heap true )"
          R"(true"})" "\n");
    CHECK(b.after_command("lambdas") ==
          R"(sendMessage {"chat_id":1,"text":"captured: words that live on the heap [later] )"
          "captured: words that live on the heap [later] captured: words that live on the heap "
          R"([later]"})" "\n");
    CHECK(b.after_command("local") ==
          R"(sendMessage {"chat_id":1,"text":"a key that is long enough = one [later]another key,)"
          " long enough too = two [later]made of words that live on the heapwords that live on "
          "the heapmade of words that live on the heap [later]into an optional,"
          R"( and a long text [later]into a variant, and a long text [later]"})" "\n");
    CHECK(b.after_command("branches") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heapcase 0 of the switch )"
          R"([later]case 1 of the switch [later]the last one in a branch [later]"})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("conditions and lambda handlers") {
    bench<waits> b;
    b.answer(natural::message_result);
    b.answer(R"({"ok":true,"result":17})");
    CHECK(b.after_command("conditions") ==
          R"(sendMessage {"chat_id":1,"text":"something: words that live on the heap"})" "\n"
          R"(getChatMemberCount {"chat_id":"@a_channel_of_many"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"17"})" "\n");
    b.answer(natural::message_result);
    for (int i = 0; i != 3; ++i) b.answer(R"({"ok":true,"result":17})");
    CHECK(natural::replies(b.after_command("inside")) ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"sent as 55"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"many: 17"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"first words that live on the heap [later] and )"
          R"(last: 11"})" "\n");
    CHECK(b.after_command("lambda") ==
          R"(sendMessage {"chat_id":1,"text":"a lambda handles words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap"})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("what handlers take lives until they have returned") {
    numbered_bench<taking> b;
    CHECK(b.after(natural::text_update(1, "many words of something")) ==
          R"(sendMessage {"chat_id":1,"text":"words of something|words|something"})" "\n");
    CHECK(b.after(natural::press_update(1, "take_a_long_word_17")) ==
          R"(answerCallbackQuery {"callback_query_id":"q1","text":"a_long_word|17"})" "\n");
    CHECK(b.after(natural::document_update(1, "a_file_id_that_is_long")) ==
          R"(sendMessage {"chat_id":1,"text":"a_file_id_that_is_long a_file_id_that_is_long u 8)"
          R"( Anna"})" "\n");
    CHECK(b.after_command("data") ==
          R"(sendMessage {"chat_id":1,"text":"my name is words that live on the heap )"
          "[later]nobody, but with a long nameour name is words that live on the heap "
          R"([later]nobody, but with a long name1"})" "\n");
    CHECK(b.after_command("data") ==
          R"(sendMessage {"chat_id":1,"text":"my name is words that live on the heap )"
          "[later]nobody, but with a long nameour name is words that live on the heap "
          "[later]our name is words that live on the heap [later]nobody,"
          R"( but with a long name3"})" "\n");
    CHECK(natural::errors.empty());
}
