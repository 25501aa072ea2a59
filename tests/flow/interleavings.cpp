// Ten thousand random interleavings: 50 users in 5 chats, a conversation nested three deep with timeouts,
// handlers that wait and handlers that fail. After each step the bot is where a model says that was
// written apart from the library: a few structs with times in them, for one user in one chat each.
#include "updates.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

// ---- the conversation ----

struct thing {
    std::string name;
    int price = 0;
};
struct dropped {};
struct unknown {};

/// The innermost: a price, or none.
struct detail_of_item {
    struct asking {
        int tries = 0;
    };
    static asking start() { return {}; }
    static task<next<finish<int>, stay>> number(asking& here, matched<text> said, bot& api) {
        const std::string words(said.text());
        auto waiting = api.network().wait(701ms);
        co_await std::move(waiting);
        if (words == "boom") throw std::runtime_error("boom");
        const auto price = parse<int>(words);
        if (price) co_return finish<int>{*price};
        ++here.tries;
        co_return stay{};
    }
    static end quit() { return {}; }
    static finish<unknown> gave_up() { return finish{unknown{}}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"detail">, start)),
            state<asking>(on(text && !command<>, number), after(100s, gave_up)),
            fallbacks(on(command<"quit">, quit)));
    }
};

struct item {
    struct naming {};
    struct pricing {
        std::string name;
    };
    static naming start() { return {}; }
    static pricing named(matched<text> said) { return {std::string(said.text())}; }
    static finish<thing> priced(const pricing& here, int price) {
        if (price == 13) throw std::runtime_error("unlucky");
        return finish{thing{here.name, price}};
    }
    static void unpriced(pricing& here, unknown) { here.name += '?'; }
    static finish<thing> skip(const pricing& here) { return finish{thing{here.name, 0}}; }
    static finish<dropped> late(const pricing& here) {
        if (here.name == "bomb") throw std::runtime_error("bomb");
        return finish{dropped{}};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"item">, start)),
            state<naming>(on(text && !command<>, named)),
            state<pricing>(
                nest<detail_of_item>(on_result<int>(priced), on_result<unknown>(unpriced)),
                on(command<"skip">, skip), after(200s, late).fixed()),
            fallbacks(on(command<"undo">, start)));
    }
};

struct shop {
    struct browsing {
        int count = 0;
        int total = 0;
    };
    struct paying {
        int count = 0;
        int total = 0;
    };
    static browsing start() { return {}; }
    static void help() {}
    static next<browsing, stay> add(browsing& here, thing&& what) {
        if (what.price == 66) throw std::runtime_error("too dear");
        here.count += 1;
        if (what.price == 7) return stay{};
        return browsing{here.count, here.total + what.price};
    }
    static void lost(dropped) {}
    static task<paying> pay(const browsing& here, bot& api) {
        auto waiting = api.network().wait(1003ms);
        co_await std::move(waiting);
        co_return paying{here.count, here.total};
    }
    static void fail(browsing& here) {
        here.count = -1;
        throw std::runtime_error("fail");
    }
    static end paid() { return {}; }
    static browsing back(const paying& here) { return {here.count, here.total}; }
    static end cancel() { return {}; }
    static void nudge(browsing& here) { here.count += 100; }
    static task<browsing> unpaid(const paying& here, bot& api) {
        auto waiting = api.network().wait(507ms);
        co_await std::move(waiting);
        co_return browsing{here.count, 0};
    }
    static end gone() { return {}; }
    static constexpr auto flow() {
        return conversation(
            globals(on(command<"help">, help)), entry_points(on(command<"start">, start)),
            state<browsing>(nest<item>(on_result<thing>(add), on_result<dropped>(lost)),
                            on(command<"pay">, pay), on(command<"fail">, fail),
                            after(300s, nudge)),
            state<paying>(on(regex<"^ok$">, paid), on(command<"back">, back), after(150s, unpaid)),
            fallbacks(on(command<"cancel">, cancel)), after(700s, gone), allow_reentry);
    }
};

// ---- the model ----

/// Milliseconds; 0: never.
using moment = std::int64_t;

struct detail_part {
    int tries = 0;
    moment gave_up = 0;
};
struct item_part {
    bool pricing = false;
    std::string name;
    moment late = 0;
    std::optional<detail_part> detail;
};

/// One user in one chat.
struct person {
    enum class place { outside, browsing, paying };

    place at = place::outside;
    int count = 0, total = 0;
    std::optional<item_part> inner;
    moment nudge = 0, unpaid = 0, gone = 0;

    std::uint64_t handled = 0, failures = 0, timeouts = 0;

    /// Something was said, now.
    void hears(const std::string& words, moment now) {
        advance(now);
        queue.push_back(words);
        go_on(now);
    }
    /// Time passes.
    void advance(moment to) {
        for (;;) {
            const moment due = look_stands_in_queue() ? 0 : next_due();
            const moment done = busy ? busy->until : 0;
            if (due != 0 && due <= to && (done == 0 || due < done)) {
                queue.push_back({});
                go_on(due);
            } else if (done != 0 && done <= to) {
                finish_slow(done);
                go_on(done);
            } else {
                return;
            }
        }
    }
    [[nodiscard]] bool idle() const { return !busy && queue.empty(); }

  private:
    struct slow {
        moment until;
        std::string what;
    };
    std::deque<std::string> queue;  // what was said; nothing: time to look what is due
    std::optional<slow> busy;

    [[nodiscard]] bool look_stands_in_queue() const {
        return std::find(queue.begin(), queue.end(), std::string()) != queue.end();
    }
    [[nodiscard]] moment next_due() const {
        moment first = 0;
        const auto consider = [&](moment due) {
            if (due != 0 && (first == 0 || due < first)) first = due;
        };
        consider(nudge);
        consider(unpaid);
        consider(gone);
        if (inner) consider(inner->late);
        if (inner && inner->detail) consider(inner->detail->gave_up);
        return first;
    }

    void go_on(moment now) {
        while (!busy && !queue.empty()) {
            const std::string words = queue.front();
            queue.pop_front();
            if (words.empty())
                look(now);
            else
                handled += handle(words, now) ? 1 : 0;
        }
    }

    // -- where it goes --

    void leave() {
        at = place::outside;
        inner.reset();
        nudge = unpaid = gone = 0;
    }
    void browse(int new_count, int new_total, moment now) {
        leave();
        at = place::browsing;
        count = new_count;
        total = new_total;
        nudge = now + 300'000;
        gone = now + 700'000;
    }
    void was_active(moment now) {
        if (at == place::browsing) nudge = now + 300'000;
        if (at == place::paying) unpaid = now + 150'000;
        gone = now + 700'000;
    }
    /// The item is done: false if its price is not accepted, and nothing has happened.
    bool add(int price, moment now) {
        if (price == 66) return false;
        if (price == 7) {
            ++count;
            inner.reset();
            was_active(now);
        } else {
            browse(count + 1, total + price, now);
        }
        return true;
    }

    // -- what happens --

    bool handle(const std::string& words, moment now) {
        if (at != place::outside && words == "/help") return was_active(now), true;
        if (words == "/start") return browse(0, 0, now), true;
        if (at == place::browsing && handle_inside(words, now)) return true;
        if (at == place::browsing && words == "/pay") return wait(1003, "pay", now), true;
        if (at == place::browsing && words == "/fail") return ++failures, true;
        if (at == place::paying && words == "ok") return leave(), true;
        if (at == place::paying && words == "/back") return browse(count, total, now), true;
        if (at != place::outside && words == "/cancel") return leave(), true;
        return false;
    }
    bool handle_inside(const std::string& words, moment now) {
        const bool command = words.front() == '/';
        if (!inner) {
            if (words != "/item") return false;
            inner.emplace();
        } else if (inner->pricing && inner->detail && !command) {
            return wait(701, words, now), true;
        } else if (inner->pricing && inner->detail && words == "/quit") {
            inner->detail.reset();
        } else if (inner->pricing && !inner->detail && words == "/detail") {
            inner->detail = detail_part{0, now + 100'000};
        } else if (inner->pricing && words == "/skip") {
            failures += add(0, now) ? 0 : 1;
            return true;
        } else if (!inner->pricing && !command) {
            inner->pricing = true;
            inner->name = words;
            inner->late = now + 200'000;
        } else if (words == "/undo") {
            inner.emplace();
        } else {
            return false;
        }
        was_active(now);
        return true;
    }
    void wait(moment how_long, const std::string& what, moment now) {
        busy = slow{now + how_long, what};
    }
    void finish_slow(moment now) {
        const std::string what = busy->what;
        busy.reset();
        if (what == "pay") {
            const int same_count = count, same_total = total;
            leave();
            at = place::paying;
            count = same_count;
            total = same_total;
            was_active(now);
        } else if (what == "unpaid") {
            browse(count, 0, now);
        } else if (what == "boom" || what == "13") {
            ++failures;
        } else if (std::all_of(what.begin(), what.end(), [](char c) { return c >= '0' && c <= '9'; })) {
            failures += add(std::stoi(what), now) ? 0 : 1;
        } else {
            ++inner->detail->tries;
            inner->detail->gave_up = now + 100'000;
            was_active(now);
        }
    }
    void look(moment now) {
        const auto due = [now](moment when) { return when != 0 && when <= now; };
        if (due(nudge)) {
            nudge = 0;
            count += 100;
        } else if (due(unpaid)) {
            unpaid = now + 150'000;
            wait(507, "unpaid", now);
        } else if (due(gone)) {
            leave();
        } else if (inner && due(inner->late)) {
            if (inner->name == "bomb") {
                ++failures;
                inner->late = now + 200'000;
            } else {
                inner.reset();
                was_active(now);
            }
        } else if (inner && inner->detail && due(inner->detail->gave_up)) {
            inner->name += '?';
            inner->detail.reset();
            was_active(now);
        } else {
            return;
        }
        ++timeouts;
    }
};

// ---- the bot, on a clock of the test's ----

struct ticking_gateway {
    struct pending {
        moment due;
        gateway::wait_handler handler;
    };
    boost::asio::io_context context{1};
    moment clock = 1'000'000;
    std::list<pending> waits;

    void start_call(request, gateway::call_handler) { FAIL("nothing is sent here"); }
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler) {
        waits.push_back({clock + duration / 1ms, std::move(handler)});
    }
    std::chrono::system_clock::time_point now() const {
        return std::chrono::system_clock::time_point(std::chrono::milliseconds(clock));
    }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }

    void advance(moment to) {
        for (;;) {
            run();
            const auto first = std::min_element(
                waits.begin(), waits.end(),
                [](const pending& a, const pending& b) { return a.due < b.due; });
            if (first == waits.end() || first->due > to) break;
            clock = std::max(clock, first->due);
            auto handler = std::move(first->handler);
            waits.erase(first);
            std::move(handler)(boost::system::error_code());
        }
        clock = to;
    }
    void run() {
        do context.restart();
        while (context.poll() != 0);
    }
};

std::string said(std::int64_t user, std::int64_t chat, std::string_view words) {
    const std::string_view entities =
        words.front() == '/' ? R"(,"entities":[{"type":"bot_command","offset":0,"length":)" : "";
    return concat(R"({"update_id":)", next_id++, R"(,"message":{"message_id":7,"from":{"id":)", user,
                  R"(,"is_bot":false,"first_name":"A"},"chat":{"id":)", chat,
                  R"(,"type":"group","title":"G"},"date":1,"text":")", words, '"', entities,
                  entities.empty() ? "" : concat(words.size(), "}]"), "}}");
}

constexpr std::array<std::string_view, 20> words{
    "/start", "/item", "/detail", "pen",  "bomb",  "5",     "7",     "13", "66",      "boom",
    "/undo",  "/skip", "/quit",   "/pay", "/back", "/help", "/fail", "ok", "/cancel", "x"};

constexpr int user_count = 50, chat_count = 5;

struct interleaving {
    std::mt19937 random;
    ticking_gateway net;
    bot api{gateway(net)};
    dispatcher<shop> tested;
    std::vector<person> people{static_cast<std::size_t>(user_count * chat_count)};
    int users, chats;
    std::string trouble;

    explicit interleaving(std::uint32_t seed)
        : random(seed), tested(api, services<>{}, options()), users(any(1, user_count)),
          chats(any(1, chat_count)) {}

    static dispatcher_options options() {
        dispatcher_options out;
        out.log = {[](void*, std::string_view) {}, &next_id};
        return out;
    }
    int any(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); }

    person& of(int user, int chat) {
        return people[static_cast<std::size_t>(user * chat_count + chat)];
    }

    void advance(moment to) {
        net.advance(to);
        for (int user = 0; user != users; ++user)
            for (int chat = 0; chat != chats; ++chat) of(user, chat).advance(to);
    }
    /// Half of the time something that leads further in from there, else anything.
    std::string_view any_words(const person& who) {
        if (any(0, 1) == 0) {
            if (who.at == person::place::outside) return "/start";
            if (who.at == person::place::paying) return any(0, 2) == 0 ? "ok" : "/help";
            if (!who.inner) return any(0, 3) == 0 ? "/pay" : "/item";
            if (!who.inner->pricing) return any(0, 3) == 0 ? "bomb" : "pen";
            return who.inner->detail ? "x" : "/detail";
        }
        return words[static_cast<std::size_t>(any(0, static_cast<int>(words.size()) - 1))];
    }

    void play(int steps) {
        // Few take part in most of them: theirs are long stories.
        if (any(0, 3) != 0) users = std::min(users, 3), chats = std::min(chats, 2);
        for (int step = 0; step != steps && trouble.empty(); ++step) {
            const moment pause = any(0, 9) == 0 ? any(1, 12'000) : any(0, 150);
            const moment now = net.clock + 10 * pause;
            advance(now);
            const int user = any(0, users - 1), chat = any(0, chats - 1);
            const std::string_view what = any_words(of(user, chat));
            std::int64_t id = 0;
            if (tested.offer(said(user + 1, -chat - 1, what), id) == accepted::busy)
                trouble = "busy";
            net.run();
            of(user, chat).hears(std::string(what), now);
            compare();
        }
        // In the end everybody's time is up.
        const moment late = net.clock + 2'000'000;
        advance(late);
        compare();
        if (trouble.empty() && (tested.in_flight() != 0 || tested.conversations<shop>() != 0))
            trouble = "something is left";
    }

    void compare() {
        std::size_t active = 0, in_work = 0;
        std::uint64_t handled = 0, failures = 0;
        for (int user = 0; user != users; ++user)
            for (int chat = 0; chat != chats; ++chat) {
                const person& model = of(user, chat);
                active += model.at != person::place::outside;
                in_work += model.idle() ? 0 : 1;
                handled += model.handled;
                failures += model.failures;
                if (trouble.empty() && !same(model, user + 1, -chat - 1))
                    trouble = concat("user ", user + 1, " in chat ", -chat - 1);
            }
        if (!trouble.empty()) return;
        if (tested.conversations<shop>() != active) trouble = "conversations";
        if (tested.counters().handled != handled) trouble = "handled updates";
        if (tested.counters().failures != failures) trouble = "failures";
        if ((tested.in_flight() == 0) != (in_work == 0)) trouble = "updates in work";
    }
    bool same(const person& model, std::int64_t user, std::int64_t chat) {
        const auto* const browsing = tested.state_of<shop, shop::browsing>(chat, user);
        const auto* const paying = tested.state_of<shop, shop::paying>(chat, user);
        const auto* const naming = tested.state_of<item, item::naming>(chat, user);
        const auto* const pricing = tested.state_of<item, item::pricing>(chat, user);
        const auto* const asking =
            tested.state_of<detail_of_item, detail_of_item::asking>(chat, user);
        using place = person::place;
        const bool inside = model.inner.has_value();
        return (browsing != nullptr) == (model.at == place::browsing) &&
               (paying != nullptr) == (model.at == place::paying) &&
               (browsing == nullptr ||
                (browsing->count == model.count && browsing->total == model.total)) &&
               (paying == nullptr ||
                (paying->count == model.count && paying->total == model.total)) &&
               (naming != nullptr) == (inside && !model.inner->pricing) &&
               (pricing != nullptr) == (inside && model.inner->pricing) &&
               (pricing == nullptr || pricing->name == model.inner->name) &&
               (asking != nullptr) == (inside && model.inner->detail.has_value()) &&
               (asking == nullptr || asking->tries == model.inner->detail->tries);
    }
};

}  // namespace

TEST_CASE("10,000 random interleavings: after each step the bot is where a simple model says") {
    std::uint64_t handled = 0, failures = 0, timeouts = 0;
    for (std::uint32_t seed = 1; seed != 10'001; ++seed) {
        interleaving one(seed);
        one.play(seed % 100 == 0 ? 500 : 20);
        handled += one.tested.counters().handled;
        failures += one.tested.counters().failures;
        for (const person& model : one.people) timeouts += model.timeouts;
        INFO("interleaving ", seed);
        REQUIRE(one.trouble == "");
    }
    // They did go far.
    CHECK(handled > 150'000);
    CHECK(failures > 5'000);
    CHECK(timeouts > 20'000);
}
