#include "payment.hpp"
#include "payment_bots.hpp"

#include <banter/flow/incoming.hpp>

#include <memory>

namespace banter_side {

static_assert(verify<payment>);

bench::player decode() {
    const auto update = std::make_shared<incoming>();
    return {[update](std::span<const std::string_view> lines) {
        for (const std::string_view line : lines) {
            update->read(line);
            bench::keep(update->head());
        }
    }};
}

bench::player plain() { return player_of<payment, payment>(); }

double bytes_for_a_waiting_user(std::size_t users) {
    const auto lines = bench::update_maker(1, users).everybody_waits();
    const auto one = std::make_unique<driven<payment>>();
    const std::size_t before = bench::heap_in_use();
    for (const std::string& line : lines)
        if (!one->offer(line)) throw std::runtime_error("a plain handler did not finish");
    const std::size_t after = bench::heap_in_use();
    if (one->bot.conversations<payment>() != users) throw std::runtime_error("not all wait");
    return static_cast<double>(after - before) / static_cast<double>(users);
}

}  // namespace banter_side
