// What one update costs, from its bytes to the finished handler: banter's payment conversation and
// the hand-written floors, on the same updates, in one run. Every way of working must run every
// handler exactly as often as expected, else there is no result.
//
//   dispatch [--updates FILE] [--count N] [--users N] [--seed N] [--write FILE]
//
// FILE holds one JSON update a line, and FILE.expected.json how often each handler must run;
// without
// --updates both are made here. Exit code: 0; 1 if the counts are wrong; 3 if a bar is not kept.
#include "dom_floor.hpp"
#include "measure.hpp"
#include "payment_bots.hpp"
#include "player.hpp"
#include "report.hpp"
#include "sax_floor.hpp"
#include "switch_floor.hpp"
#include "updates.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct options {
    std::string updates;
    std::string write;
    std::size_t count = 200'000;
    std::size_t users = 10'000;
    std::uint64_t seed = 20261120;
};

options parse(int argc, char** argv) {
    options out;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        const std::string given = argv[i + 1];
        if (name == "--updates")
            out.updates = given;
        else if (name == "--write")
            out.write = given;
        else if (name == "--count")
            out.count = std::stoul(given);
        else if (name == "--users")
            out.users = std::stoul(given);
        else if (name == "--seed")
            out.seed = std::stoul(given);
        else
            throw std::runtime_error("unknown option " + std::string(name));
    }
    if (argc % 2 == 0)
        throw std::runtime_error(std::string(argv[argc - 1]) + " needs a value");
    return out;
}

void require_counts(std::string_view who, const bench::tally& got, const bench::tally& expected) {
    if (got == expected)
        return;
    for (std::size_t i = 0; i != bench::outcome_count; ++i)
        std::fprintf(stderr, "  %-12s %8llu, expected %8llu\n", bench::outcome_names[i].data(),
                     static_cast<unsigned long long>(got.times[i]),
                     static_cast<unsigned long long>(expected.times[i]));
    std::fprintf(stderr, "  %-12s %8llu, expected %8llu\n", "active",
                 static_cast<unsigned long long>(got.active),
                 static_cast<unsigned long long>(expected.active));
    throw std::runtime_error("wrong counts: " + std::string(who));
}

/// The updates already decoded: for the dispatch floor.
struct decoded_updates {
    std::vector<floors::fields> all;
    std::deque<std::string> texts;  // of texts with escapes

    explicit decoded_updates(const bench::update_set& set) {
        floors::sax_reader reader;
        all.reserve(set.lines.size());
        for (const std::string_view line : set.lines) {
            if (!reader.read(line))
                throw std::runtime_error("an update is no JSON");
            floors::fields one = reader.get();
            const bool inside =
                one.text.data() >= line.data() && one.text.data() <= line.data() + line.size();
            if (one.text.data() != nullptr && !inside)
                one.text = texts.emplace_back(one.text);
            all.push_back(one);
        }
    }
};

// ---- the floors ----

bench::player sax_pass() {
    const auto reader = std::make_shared<floors::sax_reader>();
    return {[reader](std::span<const std::string_view> lines) {
        for (const std::string_view line : lines) {
            reader->read(line);
            bench::keep(reader->get());
        }
    }};
}

bench::player document_alone() {
    const auto parser = std::make_shared<floors::document_parser>();
    return {[parser](std::span<const std::string_view> lines) {
        for (const std::string_view line : lines)
            parser->parse(line, [](const boost::json::value& v) { bench::keep(v); });
    }};
}

bench::tally tally_of(floors::hand_written_bot& bot) {
    bot.counts.active = bot.active();
    return bot.counts;
}

bench::player sax_pipeline() {
    const auto reader = std::make_shared<floors::sax_reader>();
    const auto bot = std::make_shared<floors::hand_written_bot>();
    return {[=](std::span<const std::string_view> lines) {
                for (const std::string_view line : lines)
                    if (reader->read(line)) bot->handle(reader->get());
            },
            [bot] { return tally_of(*bot); }};
}

bench::player owning_pipeline() {
    struct state {
        floors::document_parser parser;
        floors::hand_written_bot bot;
        std::int64_t sum = 0;
    };
    const auto all = std::make_shared<state>();
    return {[all](std::span<const std::string_view> lines) {
                for (const std::string_view line : lines)
                    all->parser.parse(line, [&](const boost::json::value& v) {
                        const floors::owning::update whole = floors::owning::read(v);
                        const std::uint64_t dropped = all->bot.counts[bench::outcome::dropped];
                        all->bot.handle(floors::owning::fields_of(whole));
                        if (all->bot.counts[bench::outcome::dropped] == dropped)
                            all->sum += floors::owning::sum(whole);
                    });
            },
            [all] { return tally_of(all->bot); },
            [all] { return static_cast<std::uint64_t>(all->sum); }};
}

bench::player switch_alone(const decoded_updates& decoded) {
    const auto bot = std::make_shared<floors::hand_written_bot>();
    const auto next = std::make_shared<std::size_t>(0);
    return {[&decoded, bot, next](std::span<const std::string_view> lines) {
                for (std::size_t i = 0; i != lines.size(); ++i)
                    bot->handle(decoded.all[(*next)++]);
            },
            [bot] { return tally_of(*bot); }};
}

// ---- the race ----

/// One way of working over all rounds.
struct contestant {
    std::string_view name;
    std::function<bench::player()> fresh;
    bench::timing timing{};
    std::uint64_t total = 0;
};

/// All ways play the same updates, taking turns of ten thousand: a machine whose speed changes
/// changes it for all, and the caches are each one's own for most of its turn.
class race {
  public:
    explicit race(const bench::update_set& set) : set_(set), decoded_(set) {}

    void run() {
        for (std::size_t round = 0; round != bench::rounds; ++round) run(round);
        if (whole.total != owning.total)
            throw std::runtime_error("the whole messages were read differently");
    }
    [[nodiscard]] std::size_t count() const { return set_.lines.size(); }

    contestant dom{"Boost.JSON's document in a monotonic buffer", document_alone};
    contestant sax{"hand-written SAX pass to nine fields", sax_pass};
    contestant pipeline{"hand-written SAX pipeline, bytes to finished handler", sax_pipeline};
    contestant owning{"document, owning struct of everything, handler", owning_pipeline};
    contestant bare{"hand-written switch and flat_map, fields decoded before",
                    [this] { return switch_alone(decoded_); }};
    contestant decode{"first decoding pass, with the copy of the bytes", banter_side::decode};
    contestant plain{"bytes to finished handler, plain handlers", banter_side::plain};
    contestant tasks{"bytes to finished handler, coroutine handlers", banter_side::tasks};
    contestant whole{"bytes to finished handler that reads the whole message", banter_side::whole};
    contestant replying{"plain handlers that reply, calls counted", banter_side::replying};
    contestant few{"plain handlers among 9", banter_side::among_few};
    contestant many{"plain handlers among 500", banter_side::among_500};

  private:
    void run(std::size_t round) {
        contestant* const all[]{&dom,   &sax,   &pipeline, &owning,   &bare, &decode,
                                &plain, &tasks, &whole,    &replying, &few,  &many};
        std::vector<bench::player> players;
        for (const contestant* one : all) players.push_back(one->fresh());
        std::vector<double> taken(players.size());
        std::vector<std::uint64_t> allocated(players.size());
        std::size_t counted = 0;
        const std::size_t block = std::clamp<std::size_t>(count() / 20, 1, 10'000);
        std::span<const std::string_view> rest(set_.lines);
        for (std::size_t turn = 0; !rest.empty(); ++turn) {
            const bool second_half = rest.size() <= count() / 2;
            const auto lines = rest.first(std::min(block, rest.size()));
            rest = rest.subspan(lines.size());
            if (second_half) counted += lines.size();
            for (std::size_t k = 0; k != players.size(); ++k) {
                const std::size_t who = (turn + k) % players.size();
                const bench::player& now = players[who];
                const std::function<std::uint64_t()> allocations =
                    now.allocated ? now.allocated : bench::allocations;
                const std::uint64_t before = allocations();
                const double start = bench::cpu_now();
                now.play(lines);
                taken[who] += bench::cpu_now() - start;
                if (second_half) allocated[who] += allocations() - before;
            }
        }
        for (std::size_t i = 0; i != players.size(); ++i) {
            if (players[i].count) require_counts(all[i]->name, players[i].count(), set_.expected);
            if (players[i].total) all[i]->total = players[i].total();
            all[i]->timing.nanoseconds[round] = taken[i] / static_cast<double>(count());
            all[i]->timing.allocations =
                static_cast<double>(allocated[i]) / static_cast<double>(counted);
        }
    }

    const bench::update_set& set_;
    decoded_updates decoded_;
};

/// Dispatch is what a round of everything took beyond the same round's decoding.
double dispatch(const contestant& all, const contestant& decoding) {
    std::array<double, bench::rounds> differences{};
    for (std::size_t i = 0; i != bench::rounds; ++i)
        differences[i] = all.timing.nanoseconds[i] - decoding.timing.nanoseconds[i];
    std::sort(differences.begin(), differences.end());
    return differences[bench::rounds / 2];
}

double ratio(const contestant& a, const contestant& b) {
    return a.timing.median() / b.timing.median();
}

/// The number of bars that are not kept.
int print(const race& r) {
    bench::report out;
    out.title("Floors, for one update (medians of 5 rounds)");
    for (const contestant* one : {&r.dom, &r.sax, &r.pipeline, &r.owning, &r.bare})
        out.line(one->name, one->timing);

    out.title("banter");
    for (const contestant* one : {&r.decode, &r.plain, &r.tasks, &r.whole, &r.replying})
        out.line(one->name, one->timing);
    out.value("  calls for one update",
              static_cast<double>(r.replying.total) / static_cast<double>(r.count()), "");
    const double plain = dispatch(r.plain, r.decode);
    const double tasks = dispatch(r.tasks, r.decode);
    const double few = dispatch(r.few, r.decode);
    const double many = dispatch(r.many, r.decode);
    out.value("dispatch without decoding, plain handlers", plain, "ns");
    out.value("dispatch without decoding, coroutine handlers", tasks, "ns");
    out.value("dispatch without decoding, plain, among 9 handlers", few, "ns");
    out.value("dispatch without decoding, plain, among 500 handlers", many, "ns");
    out.value("heap for a waiting user", banter_side::bytes_for_a_waiting_user(100'000), "bytes");

    out.title("Ratios");
    out.ratio("decoding / SAX pass to nine fields", ratio(r.decode, r.sax));
    out.ratio("decoding / Boost.JSON's document", ratio(r.decode, r.dom));
    out.ratio("bytes to handler / Boost.JSON's document alone", ratio(r.plain, r.dom));
    out.bar("bytes to handler / hand-written SAX pipeline", ratio(r.plain, r.pipeline), 1.3);
    out.bar("the same with coroutine handlers", ratio(r.tasks, r.pipeline), 1.3);
    out.bar("whole message / document with an owning struct", ratio(r.whole, r.owning), 1.25);
    out.bar("dispatch / hand-written switch, plain", plain / r.bare.timing.median(), 2);
    out.bar("dispatch / hand-written switch, coroutines", tasks / r.bare.timing.median(), 3);
    out.bar("dispatch among 500 / among 9 handlers", many / few, 1.1);
    if (bench::counts_allocations()) {
        // The table of sessions is tidied once in many thousand updates.
        constexpr double none = 0.001;
        out.bar("allocations for one update, plain", r.plain.timing.allocations, none);
        out.bar("allocations for one update, coroutines", r.tasks.timing.allocations, none);
        out.bar("allocations for one update, with replies", r.replying.timing.allocations, none);
    }
    return out.broken();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const options given = parse(argc, argv);
        const bench::update_set set =
            given.updates.empty() ? bench::make_updates(given.seed, given.count, given.users)
                                  : bench::read_updates(given.updates);
        if (!given.write.empty()) {
            bench::write_updates(set, given.write);
            return 0;
        }
        std::printf("%zu updates, %.0f bytes each\n", set.lines.size(),
                    static_cast<double>(set.text.size()) / static_cast<double>(set.lines.size()));
        race all(set);
        all.run();
        return print(all) == 0 ? 0 : 3;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "dispatch: %s\n", error.what());
        return 1;
    }
}
