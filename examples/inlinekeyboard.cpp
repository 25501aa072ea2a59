// Shows a keyboard of three buttons, and says which one was pressed.
#include <banter/banter.hpp>

using namespace banter;

struct inlinekeyboard {
    static constexpr auto keyboard =
        inline_keyboard(row(button<"1">("Option 1"), button<"2">("Option 2")),
                        row(button<"3">("Option 3")));

    static void start(context& ctx) { ctx.reply("Please choose.", keyboard); }
    static void help(context& ctx) { ctx.reply("I show you buttons, and tell you which you pressed."); }
    /// An edit without a keyboard takes the buttons away.
    static void pressed(context& ctx, matched<callback<>> press) {
        ctx.answer();
        ctx.edit(concat("You chose ", press.data(), '.'));
    }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start, in_menu("Choose an option")),
                        on(callback<>, pressed),
                        on(command<"help">, help, in_menu("What this bot does")));
    }
};

int main() { return run<inlinekeyboard>(); }
