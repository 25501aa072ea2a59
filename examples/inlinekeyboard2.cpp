// A menu that edits itself: one message, whose buttons lead from keyboard to keyboard.
//
// The same data means different things in different states: "0" is a route while there are routes to
// choose, and "start over" at the end. So a press is judged by the user's state, and a button that this
// state does not take is answered and does nothing.
#include <banter/banter.hpp>

using namespace banter;

namespace {

// The routes' buttons.
constexpr auto first = button<"0">("1");
constexpr auto second = button<"1">("2");
constexpr auto third = button<"2">("3");
constexpr auto fourth = button<"3">("4");

}  // namespace

struct inlinekeyboard2 {
    struct start_routes {};
    struct end_routes {
        static constexpr auto keyboard =
            closed(inline_keyboard(row(button<"0">("Do it again"), button<"1">("I've had enough"))));
    };

    static start_routes start(context& ctx) {
        ctx.reply("Choose a route.", inline_keyboard(row(first, second)));
        return {};
    }
    static start_routes start_over(context& ctx) {
        ctx.edit("Choose a route.", inline_keyboard(row(first, second)));
        return {};
    }
    static start_routes along_the_first(context& ctx) {
        ctx.edit("The first route. And now?", inline_keyboard(row(third, fourth)));
        return {};
    }
    static start_routes along_the_second(context& ctx) {
        ctx.edit("The second route. And now?", inline_keyboard(row(first, third)));
        return {};
    }
    static end_routes along_the_third(context& ctx) {
        ctx.edit("The third route. Start over?", end_routes::keyboard);
        return {};
    }
    static start_routes along_the_fourth(context& ctx) {
        ctx.edit("The fourth route. And now?", inline_keyboard(row(second, third)));
        return {};
    }
    static end enough(context& ctx) {
        ctx.edit("See you next time.");
        return {};
    }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start, in_menu("Show the menu"))),
            state<start_routes>(on(callback<"0">, along_the_first), on(callback<"1">, along_the_second),
                                on(callback<"2">, along_the_third),
                                on(callback<"3">, along_the_fourth)),
            state<end_routes>(on(callback<"0">, start_over), on(callback<"1">, enough)),
            allow_reentry);
    }
};

int main() { return run<inlinekeyboard2>(); }
