// The payment conversation on banter, in the ways that are measured. Each function plays one round
// on a fresh bot and returns how often its handlers ran.
#pragma once

#include "measure.hpp"
#include "updates.hpp"

#include <cstddef>
#include <cstdint>

namespace banter_side {

/// The first decoding pass alone, with the copy that an update's owner needs.
void decode(const bench::update_set& updates, bench::timing& into, std::size_t round);

/// Plain handlers that touch nothing beyond their filters and parameters.
bench::tally plain(const bench::update_set& updates, bench::timing& into, std::size_t round);

/// The same handlers as coroutines that never suspend.
bench::tally tasks(const bench::update_set& updates, bench::timing& into, std::size_t round);

/// Handlers that read the whole message; `total` adds up what they saw.
bench::tally whole(const bench::update_set& updates, bench::timing& into, std::size_t round,
                   std::int64_t& total);

/// Handlers that reply; the calls end in a counter. `calls` counts them.
bench::tally replying(const bench::update_set& updates, bench::timing& into, std::size_t round,
                      std::uint64_t& calls);

/// Plain handlers behind a list of others, none of which takes an update: 5 and 500 in all.
bench::tally of_5(const bench::update_set& updates, bench::timing& into, std::size_t round);
bench::tally of_500(const bench::update_set& updates, bench::timing& into, std::size_t round);

/// Bytes on the heap for one waiting user (in the state `details`).
double bytes_for_a_waiting_user(std::size_t users);

}  // namespace banter_side
