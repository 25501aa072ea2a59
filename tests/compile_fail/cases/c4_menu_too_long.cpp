// Telegram takes at most 100 commands in a menu.
// expect: [banter C4]
// expect: 101
#include <banter/flow.hpp>
using namespace banter;

template <char Letter, char Digit>
constexpr auto named() {
    constexpr fixed_string<3> name({Letter, Digit, '\0'});
    return command<name>;
}

template <char Letter>
struct ten {
    static void any(context& ctx);
    static constexpr auto flow() {
        return handlers(on(named<Letter, '0'>() || named<Letter, '1'>() || named<Letter, '2'>() ||
                               named<Letter, '3'>() || named<Letter, '4'>() ||
                               named<Letter, '5'>() || named<Letter, '6'>() ||
                               named<Letter, '7'>() || named<Letter, '8'>() ||
                               named<Letter, '9'>(),
                           any, in_menu("One of ten")));
    }
};
struct one {
    static void any(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(command<"one">, any, in_menu("One more")));
#else
        return handlers(on(command<"one">, any));
#endif
    }
};

static_assert(commands<ten<'a'>, ten<'b'>, ten<'c'>, ten<'d'>, ten<'e'>, ten<'f'>, ten<'g'>,
                       ten<'h'>, ten<'i'>, ten<'j'>, one>.size() >= 100);
