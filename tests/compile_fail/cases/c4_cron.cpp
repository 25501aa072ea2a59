// A cron expression is checked where it is written: there is no hour 25.
// expect: [banter C4]
// expect: out_of_range
// expect: mon-fri
#include <banter/flow/cron.hpp>

#ifndef FIXED
constexpr auto office_hours = banter::cron<"0 25 * * mon-fri">;
#else
constexpr auto office_hours = banter::cron<"0 9 * * mon-fri">;
#endif
