// One way of handling updates, as the benchmark sees it.
#pragma once

#include "updates.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace bench {

/// A fresh bot, or a part of one, at work on the updates of one round, block by block.
struct player {
    std::function<void(std::span<const std::string_view>)> play;
    /// How often its handlers ran; empty where there are none (decoding alone).
    std::function<tally()> count = {};
    /// What it saw or sent: the sum over whole messages, the number of calls.
    std::function<std::uint64_t()> total = {};
    /// Its allocations so far, where those of play() itself are not its own.
    std::function<std::uint64_t()> allocated = {};
};

}  // namespace bench
