// One alarm for each chat: /set <seconds> starts it, a second /set replaces it, /unset stops it.
//
// A job is a struct: what it knows, and what it does when its time has come. A handler that asks for
// jobs<timer> sees those of its own chat.
#include <banter/banter.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string>

using namespace banter;

struct timer {
    double seconds = 0;

    static void run(context& ctx, const timer& self) {
        ctx.send(send_message{.chat_id = ctx.chat_id(),
                              .text = concat("Beep! ", written(self.seconds), " seconds are over.")});
    }

  private:
    /// As a floating-point number: 30.0, 0.5.
    static std::string written(double value) {
        const double size = std::abs(value);
        const bool long_form = size != 0 && (size < 1e-4 || size >= 1e16);
        char digits[32];
        const auto end = std::to_chars(digits, std::end(digits), value,
                                       long_form ? std::chars_format::scientific
                                                 : std::chars_format::fixed).ptr;
        std::string out(digits, end);
        if (!long_form && out.find('.') == std::string::npos) out += ".0";
        return out;
    }
};

struct clock_bot {
    static void help(context& ctx) { ctx.reply("Type /set <seconds> to set a timer, /unset to stop it."); }

    static void set(context& ctx, jobs<timer>& timers) {
        const auto seconds = parse<double>(plain_number(ctx.argument(0)));
        if (!seconds || *seconds > latest) return ctx.reply("Usage: /set <seconds>");
        if (*seconds < 0) return ctx.reply("Sorry, we cannot go back to the past.");
        const bool replaced = timers.cancel("timer") != 0;
        timers.once(std::chrono::duration<double>(std::min(*seconds, end_of_clock)), timer{*seconds},
                    {.name = "timer"});
        ctx.reply(replaced ? "The timer is set; the one before is gone." : "The timer is set.");
    }

    static void unset(context& ctx, jobs<timer>& timers) {
        const bool stopped = timers.cancel("timer") != 0;
        ctx.reply(stopped ? "The timer is stopped." : "There is no timer here.");
    }

    static constexpr auto flow() {
        return handlers(on(command<"start"> || command<"help">, help),
                        on((message || edited_message) && command<"set">, set, in_menu("Set a timer")),
                        on(command<"unset">, unset, in_menu("Stop the timer")));
    }

  private:
    static constexpr double latest = 8000 * 365.25 * 86400;  // there is no later date
    static constexpr double end_of_clock = 200 * 365.25 * 86400;  // later ones ring then
};

int main() { return run<clock_bot>(); }
