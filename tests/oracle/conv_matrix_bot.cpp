// The corner cases of conversations, each behind a command of its own; the oracle's conv_matrix_bot
// describes the same bot in python-telegram-bot (PTB). Where the two differ, and why, is listed in
// ../oracle-differences.md.
//
// All conversations may go on at once: those that share a key are `parallel`. An update goes to the
// first of a group that takes it, in the order in which main() lists them.
#include <banter/banter.hpp>

#include <chrono>
#include <stdexcept>

using namespace banter;
using namespace std::chrono_literals;

namespace {

void report(context& ctx, std::string_view tag) {
    ctx.send(send_message{.chat_id = ctx.chat_id(), .text = concat(tag, ' ', ctx.user_id())});
}

/// A handler that tells who it saw, and leads on.
template <fixed_string Tag, class To>
To say(context& ctx) {
    report(ctx, Tag.view());
    return {};
}
template <fixed_string Tag, class To>
To press(context& ctx) {
    ctx.answer();
    report(ctx, Tag.view());
    return {};
}
template <fixed_string Tag, class R>
finish<R> give(context& ctx) {
    report(ctx, Tag.view());
    return finish{R{}};
}

constexpr auto may_stop = fallbacks(on(command<"stop">, say<"stop", end>));

constexpr auto chat_message =
    message || edited_message || business_message || edited_business_message || guest_message;

}  // namespace

/// One state for a whole group.
struct chatwide {
    struct a {};
    struct b {};
    static constexpr auto flow() {
        return conversation(keyed_by<key::chat>,
                            entry_points(on(command<"chatwide">, say<"chatwide-in", a>)),
                            state<a>(on(regex<"^cw">, say<"chatwide-a", b>)),
                            state<b>(on(regex<"^cw">, say<"chatwide-b", end>)), may_stop);
    }
};

/// One state for a user in all chats.
struct everywhere {
    struct a {};
    struct b {};
    static constexpr auto flow() {
        return conversation(keyed_by<key::user>,
                            entry_points(on(command<"everywhere">, say<"every-in", a>)),
                            state<a>(on(regex<"^ev">, say<"every-a", b>)),
                            state<b>(on(regex<"^ev">, say<"every-b", end>)), may_stop);
    }
};

struct menus {
    static void menu(context& ctx) {
        ctx.reply("permsg-menu", inline_keyboard(row(button<"go">("go"), button<"next">("next"),
                                                     button<"stop">("stop"))));
    }
    static constexpr auto flow() { return handlers(on(command<"permsg">, menu)); }
};

/// One state for each menu.
struct permsg {
    struct a {};
    struct b {};
    static constexpr auto flow() {
        return conversation(keyed_by<key::chat, key::user, key::message>,
                            entry_points(on(callback<"go">, press<"pm-in", a>)),
                            state<a>(on(callback<"next">, press<"pm-a", b>)),
                            state<b>(on(callback<"next">, press<"pm-b", a>)),
                            fallbacks(on(callback<"stop">, press<"pm-end", end>)));
    }
};

/// Ends by itself.
struct timed {
    struct a {};
    static constexpr auto flow() {
        return conversation(parallel, entry_points(on(command<"timed">, say<"timed-in", a>)),
                            state<a>(on(regex<"^tm">, say<"timed-a", stay>)), may_stop,
                            after(2s, say<"timed-out", end>));
    }
};

/// Work that takes its time, and what is said meanwhile (PTB: block=False and WAITING).
struct slow {
    struct working {};
    struct ready {};
    static working start() { return {}; }
    static ready done(context& ctx) {
        ctx.send(send_message{.chat_id = ctx.chat_id(), .text = "slow-done"});
        return {};
    }
    static void waiting(context& ctx) { report(ctx, "slow-waiting"); }
    static constexpr auto flow() {
        return conversation(parallel, entry_points(on(command<"slow">, start)),
                            state<working>(on(chat_message, waiting), after(2s, done).fixed()),
                            state<ready>(on(regex<"^sl">, say<"slow-b", end>)), may_stop);
    }
};

/// Keeps one message from the handlers behind it (PTB: ApplicationHandlerStop with a state).
struct halt {
    struct a {};
    struct b {};
    static stop<b> halting(context& ctx) {
        ctx.reply("halting");
        return {};
    }
    static constexpr auto flow() {
        return conversation(parallel, entry_points(on(command<"halt">, say<"halt-in", a>)),
                            state<a>(on(regex<"^ht">, halting)),
                            state<b>(on(regex<"^ht">, say<"halt-b", end>)), may_stop);
    }
};

/// A state in which only the fallbacks answer (PTB: a callback returned a state that is none).
struct unknown {
    struct a {};
    struct nowhere {};
    static constexpr auto flow() {
        return conversation(parallel, entry_points(on(command<"unknown">, say<"unknown-in", a>)),
                            state<a>(on(regex<"^uk">, say<"unknown-a", nowhere>)),
                            state<nowhere>(),
                            fallbacks(on(command<"stop">, say<"stop", end>),
                                      on(regex<"^uk">, say<"unknown-fallback", stay>)));
    }
};

/// A handler that fails changes nothing.
struct boom {
    struct a {};
    struct b {};
    static task<stay> fail(context& ctx, bot& api) {
        const std::string said = concat("boom-raise ", ctx.user_id());
        (void)co_await api(send_message{.chat_id = ctx.chat_id(), .text = said});
        throw std::runtime_error("x");
    }
    static constexpr auto flow() {
        return conversation(
            parallel, entry_points(on(command<"boom">, say<"boom-in", a>)),
            state<a>(on(regex<"^bm1">, fail), on(regex<"^bm2">, say<"boom-a", b>)),
            state<b>(on(regex<"^bm">, say<"boom-b", end>)), may_stop);
    }
};

/// Inside of nest, in two of its states.
struct child {
    struct a {};
    struct b {};
    struct done {};
    struct up {};
    struct stopped {};
    static constexpr auto flow() {
        return conversation(entry_points(on(regex<"^child">, say<"child-in", a>)),
                            state<a>(on(regex<"^c1">, say<"child-a", b>),
                                     on(regex<"^cx">, give<"child-up", up>)),
                            state<b>(on(regex<"^c2">, give<"child-b", done>)),
                            fallbacks(on(command<"back">, give<"child-back", done>),
                                      on(command<"stop">, give<"child-stop", stopped>)),
                            allow_reentry);
    }
};

struct nest_matrix {
    struct a {};
    struct b {};
    struct c {};
    template <class To>
    static To go() {
        return {};
    }
    static constexpr auto flow() {
        constexpr auto mounted = nest<child>(on_result<child::done>(go<b>), on_result<child::up>(go<c>),
                                             on_result<child::stopped>(go<end>));
        return conversation(parallel, entry_points(on(command<"nest">, say<"nest-in", a>)),
                            state<a>(mounted),
                            state<b>(on(regex<"^n1">, say<"nest-b", a>)),
                            state<c>(on(regex<"^n2">, say<"nest-c", end>), mounted),
                            fallbacks(on(command<"stop">, say<"nest-stop", end>)));
    }
};

/// Does not begin.
struct none {
    struct a {};
    static next<a, stay> start(context& ctx) {
        report(ctx, "none-in");
        return stay{};
    }
    static constexpr auto flow() {
        return conversation(parallel, entry_points(on(command<"none">, start)),
                            state<a>(on(regex<"^no">, say<"none-a", end>)), may_stop);
    }
};

struct outside {
    static constexpr auto flow() {
        return handlers(on(command<"stop">, say<"stop-outside", stay>));
    }
};

/// Sees what begins with "ht" after everybody else, unless one of those stops it (PTB: a handler of
/// group 1).
struct afterwards {
    static void see(context& ctx) { ctx.reply("group1-sees"); }
    static constexpr auto flow() { return handlers(on(regex<"^ht">, see)); }
};

int main() {
    return run<chatwide, everywhere, menus, permsg, timed, slow, halt, unknown, boom, nest_matrix, none,
               outside, group<afterwards>>();
}
