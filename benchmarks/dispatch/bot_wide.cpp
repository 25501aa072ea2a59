// Plain handlers behind a list of others that take commands and buttons of their own: does the time
// grow with their number?
#include "payment.hpp"
#include "payment_bots.hpp"

#include <cstddef>
#include <utility>

namespace banter_side {

namespace {

constexpr std::size_t payment_rules = 8;

// "<letter><number of three digits>" and, for buttons, a group of digits.
template <std::size_t I>
constexpr auto command_name = [] {
    fixed_string<5> out;
    out.characters[0] = 'c';
    for (std::size_t k = 3, rest = I; k != 0; --k, rest /= 10)
        out.characters[k] = static_cast<char>('0' + rest % 10);
    return out;
}();
template <std::size_t I>
constexpr auto button_pattern = [] {
    fixed_string<14> out("x000_([0-9]+)");
    for (std::size_t k = 3, rest = I; k != 0; --k, rest /= 10)
        out.characters[k] = static_cast<char>('0' + rest % 10);
    return out;
}();

template <std::size_t Count>
struct others {
    template <std::size_t I>
    static void taken() {
        ++counts[outcome::dropped];  // never runs: the counts would be wrong
    }
    template <std::size_t I>
    static constexpr auto rule() {
        if constexpr (I % 2 == 0)
            return on(command<command_name<I>>, taken<I>);
        else
            return on(callback<button_pattern<I>>, taken<I>);
    }
    static constexpr auto flow() {
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return handlers(rule<I>()...);
        }(std::make_index_sequence<Count>{});
    }
};

}  // namespace

// The conversation alone has eight rules already: the small bot is as small as it can be.
bench::player among_few() { return player_of<payment, others<1>, payment>(); }
bench::player among_500() { return player_of<payment, others<500 - payment_rules>, payment>(); }

}  // namespace banter_side
