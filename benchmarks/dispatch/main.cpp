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

/// All ways of working, a round of each in turn, so that a machine that slows down slows all.
class benchmark {
  public:
    explicit benchmark(const bench::update_set& set) : set_(set), decoded_(set) {}

    void run() {
        for (std::size_t round = 0; round != bench::rounds; ++round) {
            floors_round(round);
            banter_round(round);
        }
    }
    int print();

  private:
    [[nodiscard]] std::size_t count() const { return set_.lines.size(); }

    void check(std::string_view who, floors::hand_written_bot& bot) {
        bot.counts.active = bot.active();
        require_counts(who, bot.counts, set_.expected);
    }

    void floors_round(std::size_t round) {
        floors::sax_reader reader;
        bench::time_round(sax_, round, count(), [&](std::size_t i) {
            reader.read(set_.lines[i]);
            bench::keep(reader.get());
        });
        {
            floors::hand_written_bot bot;
            bench::time_round(sax_pipeline_, round, count(), [&](std::size_t i) {
                if (reader.read(set_.lines[i])) bot.handle(reader.get());
            });
            check("hand-written SAX pipeline", bot);
        }
        floors::document_parser parser;
        bench::time_round(dom_, round, count(), [&](std::size_t i) {
            parser.parse(set_.lines[i], [](const boost::json::value& v) { bench::keep(v); });
        });
        {
            floors::hand_written_bot bot;
            sum_ = 0;
            bench::time_round(owning_pipeline_, round, count(), [&](std::size_t i) {
                parser.parse(set_.lines[i], [&](const boost::json::value& v) {
                    const floors::owning::update all = floors::owning::read(v);
                    const std::uint64_t dropped = bot.counts[bench::outcome::dropped];
                    bot.handle(floors::owning::fields_of(all));
                    if (bot.counts[bench::outcome::dropped] == dropped)
                        sum_ += floors::owning::sum(all);
                });
            });
            check("DOM with an owning struct", bot);
        }
        {
            floors::hand_written_bot bot;
            bench::time_round(switch_, round, count(),
                              [&](std::size_t i) { bot.handle(decoded_.all[i]); });
            check("hand-written switch", bot);
        }
    }

    void banter_round(std::size_t round) {
        banter_side::decode(set_, decode_, round);
        require_counts("banter, plain", banter_side::plain(set_, plain_, round), set_.expected);
        require_counts("banter, tasks", banter_side::tasks(set_, tasks_, round), set_.expected);
        require_counts("banter, 5 handlers", banter_side::of_5(set_, of_5_, round), set_.expected);
        require_counts("banter, 500 handlers", banter_side::of_500(set_, of_500_, round),
                       set_.expected);
        std::int64_t sum = 0;
        require_counts("banter, whole", banter_side::whole(set_, whole_, round, sum),
                       set_.expected);
        if (sum != sum_) throw std::runtime_error("the whole messages were read differently");
        require_counts("banter, replying",
                       banter_side::replying(set_, replying_, round, calls_), set_.expected);
    }

    /// Dispatch is what a round of everything took beyond the same round's decoding.
    [[nodiscard]] double dispatch(const bench::timing& all) const {
        std::array<double, bench::rounds> differences{};
        for (std::size_t i = 0; i != bench::rounds; ++i)
            differences[i] = all.nanoseconds[i] - decode_.nanoseconds[i];
        std::sort(differences.begin(), differences.end());
        return differences[bench::rounds / 2];
    }

    const bench::update_set& set_;
    decoded_updates decoded_;
    bench::timing sax_, sax_pipeline_, dom_, owning_pipeline_, switch_;
    bench::timing decode_, plain_, tasks_, of_5_, of_500_, whole_, replying_;
    std::int64_t sum_ = 0;
    std::uint64_t calls_ = 0;
};

int benchmark::print() {
    bench::report out;
    out.title("Floors, for one update (medians of 5 rounds)");
    out.line("Boost.JSON's document in a monotonic buffer", dom_);
    out.line("hand-written SAX pass to nine fields", sax_);
    out.line("hand-written SAX pipeline, bytes to finished handler", sax_pipeline_);
    out.line("document, owning struct of everything, handler", owning_pipeline_);
    out.line("hand-written switch and flat_map, fields decoded before", switch_);

    const double plain = dispatch(plain_);
    const double tasks = dispatch(tasks_);
    out.title("banter");
    out.line("first decoding pass, with the copy of the bytes", decode_);
    out.line("bytes to finished handler, plain handlers", plain_);
    out.value("  of that, dispatch", plain, "ns");
    out.line("bytes to finished handler, coroutine handlers", tasks_);
    out.value("  of that, dispatch", tasks, "ns");
    out.line("bytes to finished handler that reads the whole message", whole_);
    out.line("plain handlers that reply, calls counted", replying_);
    out.value("  calls for one update",
              static_cast<double>(calls_) / static_cast<double>(count()), "");
    out.value("dispatch, plain, among few handlers", dispatch(of_5_), "ns");
    out.value("dispatch, plain, among 500 handlers", dispatch(of_500_), "ns");
    out.value("heap for a waiting user", banter_side::bytes_for_a_waiting_user(100'000), "bytes");

    out.title("Ratios");
    out.ratio("decoding / SAX pass to nine fields", decode_.median() / sax_.median());
    out.ratio("decoding / Boost.JSON's document", decode_.median() / dom_.median());
    out.ratio("bytes to handler / Boost.JSON's document alone", plain_.median() / dom_.median());
    out.bar("bytes to handler / hand-written SAX pipeline",
            plain_.median() / sax_pipeline_.median(), 1.3);
    out.bar("the same with coroutine handlers", tasks_.median() / sax_pipeline_.median(), 1.3);
    out.bar("whole message / document with an owning struct",
            whole_.median() / owning_pipeline_.median(), 1.25);
    out.bar("dispatch / hand-written switch, plain", plain / switch_.median(), 2);
    out.bar("dispatch / hand-written switch, coroutines", tasks / switch_.median(), 3);
    out.bar("dispatch among 500 / among few handlers", dispatch(of_500_) / dispatch(of_5_), 1.1);
    if (bench::counts_allocations()) {
        out.bar("allocations for one update, plain", plain_.allocations, 0);
        out.bar("allocations for one update, coroutines", tasks_.allocations, 0);
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
        benchmark all(set);
        all.run();
        return all.print() == 0 ? 0 : 3;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "dispatch: %s\n", error.what());
        return 1;
    }
}
