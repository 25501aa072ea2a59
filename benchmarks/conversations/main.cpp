// What the shape of a conversation costs for one update: nested three deep against flat, globals with
// twenty commands against none. The same updates for all, in one run, in turns; the floors are the first
// decoding pass and a hand-written pipeline.
//
//   conversations [--users N] [--turns N]
//
// Exit code: 0; 1 if a handler did not run as often as it must; 3 if a bar is not kept.
#include "../dispatch/drive.hpp"
#include "../dispatch/report.hpp"
#include "../dispatch/sax_floor.hpp"

#include <banter/flow.hpp>
#include <banter/telegram/text.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace banter;

std::uint64_t handled = 0;
void count() { ++handled; }

// ---- the bots ----

struct flat {
    struct waiting {};
    static waiting start() { return {}; }
    static end stop() { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start)),
            state<waiting>(on(text && !command<>, count), on(photo, count)),
            fallbacks(on(command<"stop">, stop)));
    }
};

/// The same as the innermost of three.
struct inner {
    struct waiting {};
    static waiting start() { return {}; }
    static finish<int> stop() { return finish{1}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)),
                            state<waiting>(on(text && !command<>, count)),
                            fallbacks(on(command<"stop">, stop)));
    }
};
struct middle {
    struct waiting {};
    static waiting start() { return {}; }
    static finish<int> stopped(int what) { return finish{what}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"mid">, start)),
                            state<waiting>(nest<inner>(on_result<int>(stopped))));
    }
};
struct three_deep {
    struct waiting {};
    static waiting start() { return {}; }
    static end stopped(int) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start)),
            state<waiting>(nest<middle>(on_result<int>(stopped)), on(photo, count)));
    }
};

struct with_globals {
    struct waiting {};
    static waiting start() { return {}; }
    static end stop() { return {}; }
    static constexpr auto flow() {
        return conversation(
            globals(on(command<"a">, count), on(command<"b">, count), on(command<"c">, count),
                    on(command<"d">, count), on(command<"e">, count), on(command<"f">, count),
                    on(command<"g">, count), on(command<"h">, count), on(command<"i">, count),
                    on(command<"j">, count), on(command<"k">, count), on(command<"l">, count),
                    on(command<"m">, count), on(command<"n">, count), on(command<"o">, count),
                    on(command<"p">, count), on(command<"q">, count), on(command<"r">, count),
                    on(command<"s">, count), on(command<"t">, count)),
            entry_points(on(command<"start">, start)),
            state<waiting>(on(text && !command<>, count), on(photo, count)),
            fallbacks(on(command<"stop">, stop)));
    }
};

// ---- updates ----

std::string message(std::size_t user, std::string_view content) {
    const std::int64_t id = 1'000'000'000 + static_cast<std::int64_t>(user) * 7919;
    return concat(R"({"update_id":)", 700'000'000 + user, R"(,"message":{"message_id":)", 1000 + user,
                  R"(,"from":{"id":)", id,
                  R"(,"is_bot":false,"first_name":"Anna","username":"anna_)", user,
                  R"(","language_code":"en"},"chat":{"id":)", id,
                  R"(,"first_name":"Anna","type":"private"},"date":1790000000,)", content, "}}");
}
std::string command_update(std::size_t user, std::string_view words) {
    return message(user, concat(R"("text":")", words,
                                R"(","entities":[{"type":"bot_command","offset":0,"length":)",
                                words.size(), "}]"));
}
std::string text_update(std::size_t user) {
    return message(user, R"("text":"The second one, please, and do not wrap it.")");
}
std::string photo_update(std::size_t user) {
    return message(user, R"("photo":[{"file_id":"AgACAgIAAxkBAAI","file_unique_id":"AQADAgAT",)"
                         R"("width":90,"height":67,"file_size":1253}])");
}

struct updates {
    std::vector<std::string> texts, photos;
    explicit updates(std::size_t users) {
        for (std::size_t user = 0; user != users; ++user) {
            texts.push_back(text_update(user));
            photos.push_back(photo_update(user));
        }
    }
};

// ---- the race ----

/// One way of handling updates, a thousand at a time. Of each thousand the best turn counts, because
/// the machine's other work only ever adds.
struct contestant {
    static constexpr std::size_t block = 1'000;

    std::string_view name;
    const std::vector<std::string>* lines;
    std::function<void(std::string_view)> take;
    bool counts = true;
    std::vector<double> best = std::vector<double>(
        lines->size() / block, std::numeric_limits<double>::infinity());

    void turn(std::size_t which) {
        const std::uint64_t before = handled;
        const auto first = lines->begin() + static_cast<std::ptrdiff_t>(which * block);
        const double start = bench::cpu_now();
        std::for_each(first, first + block, take);
        best[which] = std::min(best[which], (bench::cpu_now() - start) / double{block});
        if (counts && handled - before != block)
            throw std::runtime_error("wrong counts: " + std::string(name));
    }
    [[nodiscard]] double cost() const {
        return std::accumulate(best.begin(), best.end(), 0.0) / static_cast<double>(best.size());
    }
};

/// A bot whose users are where these commands lead.
template <class Bot>
std::function<void(std::string_view)> bot_of(std::size_t users,
                                             std::initializer_list<std::string_view> way) {
    const auto one = std::make_shared<banter_side::driven<Bot>>();
    for (const std::string_view words : way)
        for (std::size_t user = 0; user != users; ++user) one->offer(command_update(user, words));
    if (one->bot.template conversations<Bot>() != users) throw std::runtime_error("not begun");
    return [one](std::string_view line) {
        if (!one->offer(line)) throw std::runtime_error("an update is still in work");
    };
}

/// One pass to nine fields, a flat map from the user to the state, a counter.
std::function<void(std::string_view)> by_hand(std::size_t users) {
    struct state {
        floors::sax_reader reader;
        boost::unordered_flat_map<std::int64_t, int> sessions;
    };
    const auto all = std::make_shared<state>();
    for (std::size_t user = 0; user != users; ++user)
        if (all->reader.read(text_update(user))) all->sessions[all->reader.get().user_id] = 1;
    return [all](std::string_view line) {
        if (!all->reader.read(line)) return;
        const floors::fields& got = all->reader.get();
        const auto found = all->sessions.find(got.user_id);
        if (found != all->sessions.end() && !got.is_command && got.text.data() != nullptr) count();
    };
}

int run(std::size_t users, std::size_t turns) {
    const updates all(users);
    const auto decoding = [] {
        const auto one = std::make_shared<banter::incoming>();
        return [one](std::string_view line) {
            one->read(line);
            bench::keep(one->head());
        };
    };
    contestant decode{"first decoding pass, with the copy of the bytes", &all.texts, decoding(), false};
    contestant hand{"hand-written SAX pass, flat_map and counter", &all.texts, by_hand(users)};
    contestant bare{"flat, a text", &all.texts, bot_of<flat>(users, {"/start"})};
    contestant twin{"flat, a text, once more", &all.texts, bot_of<flat>(users, {"/start"})};
    contestant nested{"three deep, a text that the innermost takes", &all.texts,
                      bot_of<three_deep>(users, {"/start", "/mid", "/in"})};
    contestant globals{"flat with 20 global commands, a text", &all.texts,
                       bot_of<with_globals>(users, {"/start"})};
    contestant bare_photo{"flat, a photo", &all.photos, bot_of<flat>(users, {"/start"})};
    contestant nested_photo{"three deep, a photo that the outermost takes", &all.photos,
                            bot_of<three_deep>(users, {"/start", "/mid", "/in"})};
    contestant globals_photo{"flat with 20 global commands, a photo", &all.photos,
                             bot_of<with_globals>(users, {"/start"})};
    contestant* const racing[]{&decode,  &hand,       &bare,         &twin,         &nested,
                               &globals, &bare_photo, &nested_photo, &globals_photo};
    constexpr std::size_t size = std::size(racing);
    for (std::size_t turn = 0; turn != turns; ++turn)
        for (std::size_t which = 0; which != users / contestant::block; ++which)
            for (std::size_t k = 0; k != size; ++k) racing[(turn + k) % size]->turn(which);

    bench::report out;
    out.title("For one update, of the best turns");
    for (const contestant* one : racing) out.value(one->name, one->cost(), "ns");

    out.title("Differences (ns) and ratios");
    out.value("flat / flat: what this run cannot tell apart", twin.cost() - bare.cost(), "ns");
    out.ratio("flat / hand-written pipeline", bare.cost() / hand.cost());
    out.ratio("three deep / flat", nested.cost() / bare.cost());
    out.ratio("20 global commands / none", globals.cost() / bare.cost());
    out.bar("three deep: more than flat, the innermost takes it", nested.cost() - bare.cost(), 25);
    out.bar("three deep: more than flat, the outermost takes it", nested_photo.cost() - bare_photo.cost(),
            25);
    out.bar("20 global commands: more than none, a text", globals.cost() - bare.cost(), 5);
    out.bar("20 global commands: more than none, a photo", globals_photo.cost() - bare_photo.cost(), 5);
    return out.broken() == 0 ? 0 : 3;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        std::size_t users = 10'000, turns = 100;
        for (int i = 1; i + 1 < argc; i += 2) {
            const std::string_view name = argv[i];
            if (name == "--users")
                users = std::stoul(argv[i + 1]);
            else if (name == "--turns")
                turns = std::stoul(argv[i + 1]);
            else
                throw std::runtime_error("unknown option " + std::string(name));
        }
        if (users < contestant::block) throw std::runtime_error("a thousand users, at least");
        return run(users, turns);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "conversations: %s\n", error.what());
        return 1;
    }
}
