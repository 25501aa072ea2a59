// What a timer costs among a million: to add it, to take it back, to have it come; the library's queue,
// and the structures that it was chosen among, on the same times in one run.
//
//   timers [--pending N] [--rounds N]
//
// Exit code: 0; 1 if a structure gives timers out of order; 3 if a bar is not kept.
#include "../dispatch/report.hpp"
#include "rivals.hpp"

#include <banter/flow/timer_queue.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using rivals::due_time;

struct library_queue {
    banter::detail::timer_queue<rivals::key> timers;

    banter::detail::timer_handle add(due_time due, const rivals::key& what) {
        return timers.add(due, what);
    }
    void cancel(banter::detail::timer_handle timer) { timers.cancel(timer); }
    rivals::taken take() {
        const due_time due = timers.next_due();
        return {due, timers.take()};
    }
    [[nodiscard]] std::size_t size() const { return timers.size(); }
};

struct options {
    std::size_t pending = 1'000'000;
    std::size_t rounds = 40;
};

/// Nanoseconds for one of each: the mean of all rounds, and the best round.
struct cost {
    double sum = 0, best = std::numeric_limits<double>::infinity();
    std::size_t rounds = 0;
    void add(double nanoseconds) {
        sum += nanoseconds;
        best = std::min(best, nanoseconds);
        ++rounds;
    }
    [[nodiscard]] double mean() const { return rounds == 0 ? 0 : sum / static_cast<double>(rounds); }
};
struct costs {
    cost add, cancel, take;
};

constexpr std::size_t batch = 10'000;
constexpr due_time half_an_hour = 1'800'000'000'000;

template <class Work>
void measure(cost& out, Work&& work) {
    const double start = bench::cpu_now();
    work();
    out.add((bench::cpu_now() - start) / static_cast<double>(batch));
}

/// Adds, takes back and takes out some thousand at a time, with so many pending all along. `spread`:
/// delays of up to half an hour, in no order; else each is half an hour.
template <class Queue>
costs play(const options& given, bool spread) {
    const auto queue = std::make_unique<Queue>();
    std::mt19937_64 random(20261120);
    due_time now = 1'790'000'000'000'000'000;
    const due_time step = half_an_hour / static_cast<due_time>(given.pending);
    const auto next_time = [&] {
        now += step;
        return spread ? now + static_cast<due_time>(random() % half_an_hour) : now + half_an_hour;
    };
    // Timers have numbers, by which they are cancelled.
    std::vector<decltype(queue->add(0, {1, 1}))> handles(given.pending + batch);
    std::vector<bool> live(handles.size());
    std::vector<std::size_t> free, chosen(batch);
    for (std::size_t i = handles.size(); i != 0; --i) free.push_back(i - 1);
    const auto add = [&](due_time due) {
        const std::size_t number = free.back();
        free.pop_back();
        live[number] = true;
        handles[number] = queue->add(due, {1, static_cast<std::int64_t>(number)});
    };
    // As many fall due in a batch's time as a batch adds: the clock moves on with each.
    for (std::size_t i = 0; i != given.pending; ++i)
        add(now + (spread ? static_cast<due_time>(random() % half_an_hour)
                          : static_cast<due_time>(i) * step));
    costs out;
    std::vector<due_time> times(batch);
    std::vector<std::size_t> gone(batch);
    for (std::size_t round = 0; round != given.rounds; ++round) {
        for (due_time& time : times) time = next_time();
        measure(out.add, [&] {
            for (const due_time time : times) add(time);
        });
        if constexpr (requires { queue->cancel(handles[0]); }) {
            for (std::size_t& number : chosen) {
                do number = random() % handles.size();
                while (!live[number]);
                live[number] = false;
            }
            measure(out.cancel, [&] {
                for (const std::size_t number : chosen) queue->cancel(handles[number]);
            });
            for (const std::size_t number : chosen) free.push_back(number);
            for (std::size_t i = 0; i != batch; ++i) add(next_time());
        }
        due_time last = 0;
        bool ordered = true;
        measure(out.take, [&] {
            for (std::size_t& number : gone) {
                const rivals::taken one = queue->take();
                ordered = ordered && one.due >= last;
                last = one.due;
                number = static_cast<std::size_t>(one.what.user);
            }
        });
        for (const std::size_t number : gone) {
            if (!live[number]) throw std::runtime_error("a timer came that was cancelled");
            live[number] = false;
            free.push_back(number);
        }
        if (!ordered) throw std::runtime_error("timers came out of order");
        if (queue->size() != given.pending) throw std::runtime_error("timers were lost");
    }
    return out;
}

/// The memory that a timer needs must come from somewhere: a table of them, written in order.
double vector_push(const options& given) {
    struct timer {
        due_time due;
        rivals::key what;
    };
    cost out;
    for (std::size_t round = 0; round != given.rounds; ++round) {
        std::vector<timer> all;
        all.reserve(batch);
        measure(out, [&] {
            for (std::size_t i = 0; i != batch; ++i)
                all.push_back({static_cast<due_time>(i), {1, 1}});
            bench::keep(all.back());
        });
    }
    return out.mean();
}

void line(std::string_view name, const costs& c) {
    std::printf("  %-46.*s %7.1f / %7.1f / %7.1f ns   (best rounds %.1f / %.1f / %.1f)\n",
                static_cast<int>(name.size()), name.data(), c.add.mean(), c.cancel.mean(),
                c.take.mean(), c.add.best, c.cancel.rounds == 0 ? 0 : c.cancel.best, c.take.best);
}

int run(const options& given) {
    bench::report out;
    std::printf("%zu timers pending; insert / cancel / expiry\n", given.pending);
    costs library[2], floor[2];
    for (const bool spread : {true, false}) {
        out.title(spread ? "Delays of up to half an hour, in no order" : "Delays that are all the same");
        floor[spread] = play<rivals::standard_queue>(given, spread);
        line("std::priority_queue, which cannot cancel", floor[spread]);
        library[spread] = play<library_queue>(given, spread);
        line("banter: a heap, eight children", library[spread]);
        line("a heap, four children", play<rivals::heap<4>>(given, spread));
        line("a heap, two children", play<rivals::heap<2>>(given, spread));
        line("a heap that keeps what is cancelled", play<rivals::lazy_heap>(given, spread));
        line("a hierarchical timing wheel, exact", play<rivals::wheel>(given, spread));
    }
    out.title("Floors and bars");
    out.value("a timer written to a vector", vector_push(given), "ns");
    out.ratio("insert / std::priority_queue", library[true].add.mean() / floor[true].add.mean());
    out.ratio("expiry / std::priority_queue", library[true].take.mean() / floor[true].take.mean());
    for (const bool spread : {true, false}) {
        const std::string which = spread ? ", delays in no order (ns)" : ", delays all the same (ns)";
        out.bar("insert" + which, library[spread].add.mean(), 500);
        out.bar("cancel" + which, library[spread].cancel.mean(), 500);
        out.bar("expiry" + which, library[spread].take.mean(), 500);
    }
    return out.broken() == 0 ? 0 : 3;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        options given;
        for (int i = 1; i + 1 < argc; i += 2) {
            const std::string_view name = argv[i];
            if (name == "--pending")
                given.pending = std::stoul(argv[i + 1]);
            else if (name == "--rounds")
                given.rounds = std::stoul(argv[i + 1]);
            else
                throw std::runtime_error("unknown option " + std::string(name));
        }
        return run(given);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "timers: %s\n", error.what());
        return 1;
    }
}
