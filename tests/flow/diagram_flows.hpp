// Flows that tests/flow/diagram.cpp draws: of each thing that a flow may hold, one.
#pragma once

#include <banter/flow.hpp>

#include <string>

namespace drawn {

using namespace banter;
using namespace std::chrono_literals;

inline bool is_admin(context& ctx) { return ctx.user_id() == 1; }

/// Entry points, states, stay, end, fallbacks, re-entry.
struct order {
    struct choosing {};
    struct paying {
        int dish;
    };
    static choosing start();
    static void help();
    static next<paying, stay> choose();
    static choosing back();
    static stay repeat();
    static next<end, stay, choosing> pay();
    static end cancel();
    static void unexpected();
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"order">, start), on(command<"help">, help)),
            state<choosing>(on(text && !command<>, choose), on(photo || sticker, repeat)),
            state<paying>(on(callback<"dish_([0-9]+)">, pay), on(callback<"back">, back)),
            fallbacks(on(command<"cancel">, cancel), on(command<>, unexpected)), allow_reentry);
    }
};

/// Globals, timeouts of a state and of the whole, on_error, a lambda, a state called `end`.
struct timed {
    struct end {};
    struct waiting {};
    static waiting start();
    static end answered();
    static banter::end over();
    static waiting again();
    static void failed(const failure& what);
    static constexpr auto flow() {
        return conversation(globals(on(command<"help">, [] {})),
                            entry_points(on(command<"start"> || command<"again">, start)),
                            state<waiting>(on(text, answered), after(90min, over)),
                            state<end>(on(text, over), after(1500ms, again)), after(24h, over),
                            on_error(failed));
    }
};

/// A conversation with results, nested twice; it nests another one.
struct address {
    struct street {};
    struct city {};
    struct given {
        std::string text;
    };
    struct confirm {
        struct asking {};
        struct yes {};
        static asking ask();
        static next<finish<yes>, banter::end> decide();
        static constexpr auto flow() {
            return conversation(entry_points(on(command<"done">, ask)),
                                state<asking>(on(callback<"yes"> || callback<"no">, decide)));
        }
    };
    static street start();
    static city to_city();
    static finish<given> give(confirm::yes);
    static banter::end stop();
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"address">, start)),
                            state<street>(on(text && !command<>, to_city)),
                            state<city>(nest<confirm>(on_result<confirm::yes>(give))),
                            fallbacks(on(command<"stop">, stop)));
    }
};
struct shop {
    struct browsing {};
    struct leaving {};
    static browsing start();
    static leaving leave();
    static next<leaving, stay> addressed(const address::given& where);
    static end left(const address::given& where);
    static end done();
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, start)),
            state<browsing>(nest<address>(on_result<address::given>(addressed)),
                            on(command<"leave">, leave)),
            state<leaving>(nest<address>(on_result<address::given>(left)), on(text, done)));
    }
};

/// Handlers only; what has to be escaped; typed data; predicates.
enum class color { red, green };
struct plain {
    static void start();
    static void odd();
    static void paint();
    static constexpr auto flow() {
        return handlers(on(command<"start">, start), on(command<"again">, start),
                        on(regex<R"(^\s*"a;b": <c>#1 [x](y|z)*)">, odd),
                        on(data_is<color::red> && when<is_admin>, paint), on(data<color>, paint),
                        on(text, [] {}), on(photo, [] {}), on(inline_query, odd));
    }
};

}  // namespace drawn
