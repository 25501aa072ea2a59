// Buttons that carry any value: here the numbers pressed so far, as many as there are.
//
// The data of a button has 64 bytes, so the objects are kept by the bot, in a plain file, and the button
// carries a name for its object that nobody can guess. They outlive a restart.
#include "plain_file.hpp"

#include <banter/banter.hpp>

#include <string>
#include <vector>

using namespace banter;

/// What is behind a button: its number, and those pressed before.
struct pick {
    int number;
    std::vector<int> before;
};

namespace {

inline_keyboard_builder keyboard_after(const std::vector<int>& pressed, stored_buttons<pick>& buttons) {
    inline_keyboard_builder keyboard;
    for (int number = 1; number <= 5; ++number)
        keyboard.row(buttons.button(std::to_string(number), {number, pressed}));
    return keyboard;
}

std::string in_words(const std::vector<int>& numbers) {
    std::string out;
    for (const int one : numbers) out += concat(out.empty() ? "" : ", ", one);
    return out;
}

}  // namespace

struct arbitrarycallbackdatabot {
    static void start(context& ctx, stored_buttons<pick>& buttons) {
        ctx.reply("Please choose.", keyboard_after({}, buttons));
    }
    static void help(context& ctx) {
        ctx.reply("Press a button as often as you like. After /clear no button works any more.");
    }
    static void clear(context& ctx, stored_buttons<pick>& buttons) {
        buttons.clear();
        ctx.reply("All buttons that were shown so far are forgotten.");
    }
    static void pressed(context& ctx, matched<stored<pick>> button, stored_buttons<pick>& buttons) {
        std::vector<int> numbers = button->before;
        numbers.push_back(button->number);
        if (numbers.size() > 1000) numbers.erase(numbers.begin());  // a message has an end
        ctx.answer();
        ctx.edit(concat("So far you have chosen ", in_words(numbers), ". Choose the next one."),
                 keyboard_after(numbers, buttons));
        buttons.drop(button);
    }
    static void gone(context& ctx) {
        ctx.answer();
        if (ctx.head().inline_message_id.empty())
            ctx.edit("I do not know this button any more. /start shows new ones.");
    }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start, in_menu("Show the buttons")),
                        on(command<"help">, help, in_menu("What this bot does")),
                        on((message || edited_message) && command<"clear">, clear,
                           in_menu("Forget all buttons")),
                        on(stored<pick>, pressed),
                        // Those whose objects are forgotten, and data from elsewhere.
                        on(expired_button || callback<>, gone));
    }
};

int main() {
    plain_file file("arbitrarycallbackdatabot");
    kept_buttons<pick> buttons(file);
    return run<arbitrarycallbackdatabot>(services(buttons));
}
