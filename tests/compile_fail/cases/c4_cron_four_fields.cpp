// A cron expression has five fields: at the end of this text, byte 7, one is missing.
// expect: [banter C4]
// expect: a_field_is_missing
// expect: 7
#include <banter/flow/cron.hpp>

const banter::schedule daily =
#ifndef FIXED
    banter::schedule::cron(banter::cron<"0 9 * *">);
#else
    banter::schedule::cron(banter::cron<"0 9 * * *">);
#endif
