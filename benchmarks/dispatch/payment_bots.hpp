// The payment conversation on banter, in the ways that are measured.
#pragma once

#include "player.hpp"

#include <cstddef>

namespace banter_side {

/// The first decoding pass alone, with the copy that an update's owner needs.
bench::player decode();
/// Plain handlers that touch nothing beyond their filters and parameters.
bench::player plain();
/// The same handlers as coroutines that never suspend.
bench::player tasks();
/// Handlers that read the whole message; the total adds up what they saw.
bench::player whole();
/// Handlers that reply; the total is the number of calls.
bench::player replying();
/// Plain handlers behind a list of others, none of which takes an update: few in all, and 500.
bench::player among_few();
bench::player among_500();

/// Bytes on the heap for one waiting user (in the state `details`).
double bytes_for_a_waiting_user(std::size_t users);

}  // namespace banter_side
