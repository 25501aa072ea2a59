// The next time of each kind of schedule, around clock changes too.
#include <banter/flow/cron.hpp>
#include <banter/flow/schedule.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

using instant = schedule::time_point;

instant at(int y, unsigned m, unsigned d, minutes time = 0min) {
    return instant(sys_days(year(y) / month(m) / day(d))) + time;
}
const time_zone berlin = time_zone::rule("CET-1CEST,M3.5.0,M10.5.0/3");

/// The first times after one.
std::vector<instant> times_of(const schedule& of, instant after, std::size_t count) {
    std::vector<instant> out;
    while (out.size() != count) {
        const auto next = of.next(after);
        if (!next) break;
        out.push_back(*next);
        after = *next;
    }
    return out;
}
using listed = std::vector<instant>;

/// Whether a cron expression is due at a local time; written apart from the library's search.
bool is_due(const cron_fields& said, local_seconds time) {
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    const auto has = [](auto bits, auto number) {
        return (static_cast<std::uint64_t>(bits) >> static_cast<unsigned>(number) & 1) != 0;
    };
    const bool last = date.day() == (date.year() / date.month() / std::chrono::last).day();
    const bool number = has(said.days, unsigned(date.day())) || (last && has(said.days, 0));
    const bool name = has(said.weekdays, weekday(day).c_encoding());
    const bool on_day =
        (said.any_day || said.any_weekday) ? (number && name) : (number || name);
    return on_day && has(said.months, unsigned(date.month())) &&
           has(said.hours, clock.hours().count()) && has(said.minutes, clock.minutes().count()) &&
           clock.seconds() == 0s;
}

/// All times of a cron expression in a stretch, by trying every minute of it.
std::vector<sys_seconds> all_times(const cron_fields& said, const time_zone& zone, sys_seconds from,
                                   sys_seconds to) {
    std::vector<sys_seconds> out;
    if (said.any_hour) {
        for (sys_seconds t = from; t < to; t += 1min)
            if (is_due(said, zone.to_local(t))) out.push_back(t);
    } else {
        const local_seconds begin{from.time_since_epoch() - 26h};
        const local_seconds end{to.time_since_epoch() + 26h};
        for (local_seconds t = begin; t < end; t += 1min)
            if (is_due(said, t)) out.push_back(zone.to_sys(t));
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        std::erase_if(out, [&](sys_seconds t) { return t < from || t >= to; });
    }
    return out;
}

}  // namespace

TEST_CASE("once") {
    const schedule when = schedule::once(at(2024, 5, 1));
    CHECK(when.next(at(2024, 4, 30)) == at(2024, 5, 1));
    CHECK(when.next(at(2024, 5, 1) - 1ns) == at(2024, 5, 1));
    CHECK_FALSE(when.next(at(2024, 5, 1)));
    CHECK_FALSE(when.repeats());
}

TEST_CASE("every: first, interval, last") {
    const schedule when = schedule::every(90min, at(2024, 5, 1, 8h), at(2024, 5, 1, 12h));
    CHECK(times_of(when, at(2024, 4, 1), 9) == listed{at(2024, 5, 1, 8h), at(2024, 5, 1, 9h + 30min),
                                                     at(2024, 5, 1, 11h)});
    CHECK(when.next(at(2024, 5, 1, 9h)) == at(2024, 5, 1, 9h + 30min));
    CHECK(schedule::every(90min, at(2024, 5, 1, 8h), at(2024, 5, 1, 11h))
              .next(at(2024, 5, 1, 10h)) == at(2024, 5, 1, 11h));
    CHECK(when.repeats());
    CHECK(schedule::every(100ms, at(2024, 5, 1)).next(at(2024, 5, 1) + 250ms) ==
          at(2024, 5, 1) + 300ms);
    CHECK_THROWS_AS((void)schedule::every(0s, at(2024, 5, 1)), std::invalid_argument);
    // Near the end of all time points nothing overflows.
    CHECK_FALSE(schedule::every(24h, at(2024, 5, 1)).next(instant::max() - 1h));
}

TEST_CASE("daily, on some days") {
    const schedule when = schedule::daily(9h + 30min, on_days(Monday, Friday), berlin);
    CHECK(times_of(when, at(2024, 5, 1), 3) ==  // a Wednesday, in summer
          listed{at(2024, 5, 3, 7h + 30min), at(2024, 5, 6, 7h + 30min), at(2024, 5, 10, 7h + 30min)});
    CHECK(schedule::daily(0s).next(at(2024, 5, 1)) == at(2024, 5, 2));
    CHECK(schedule::daily(0s).next(at(2024, 5, 1) - 1ns) == at(2024, 5, 1));
    CHECK(weekend.contains(Sunday));
    CHECK_FALSE(workdays.contains(Sunday));
    CHECK_THROWS_AS((void)schedule::daily(24h), std::invalid_argument);
    CHECK_THROWS_AS((void)schedule::daily(-1s), std::invalid_argument);
    CHECK_THROWS_AS((void)schedule::daily(1h, weekday_set()), std::invalid_argument);
}

TEST_CASE("daily, in an hour that is skipped: at the instant of the change, once") {
    const schedule when = schedule::daily(2h + 30min, every_day, berlin);
    CHECK(times_of(when, at(2024, 3, 30), 3) == listed{at(2024, 3, 30, 1h + 30min), at(2024, 3, 31, 1h),
                                                      at(2024, 4, 1, 30min)});
}

TEST_CASE("daily, in an hour that is there twice: once, the first time") {
    const schedule when = schedule::daily(2h + 30min, every_day, berlin);
    CHECK(times_of(when, at(2024, 10, 26), 3) == listed{at(2024, 10, 26, 30min), at(2024, 10, 27, 30min),
                                                       at(2024, 10, 28, 1h + 30min)});
    // Asked between the two.
    CHECK(when.next(at(2024, 10, 27, 1h)) == at(2024, 10, 28, 1h + 30min));
}

TEST_CASE("monthly: months without the day are skipped, the last day is always there") {
    CHECK(times_of(schedule::monthly(31, 12h), at(2024, 1, 1), 4) ==
          listed{at(2024, 1, 31, 12h), at(2024, 3, 31, 12h), at(2024, 5, 31, 12h), at(2024, 7, 31, 12h)});
    CHECK(times_of(schedule::monthly(last_day, 12h), at(2024, 1, 31, 12h), 3) ==
          listed{at(2024, 2, 29, 12h), at(2024, 3, 31, 12h), at(2024, 4, 30, 12h)});
    CHECK(schedule::monthly(1, 0s, berlin).next(at(2024, 6, 15)) == at(2024, 6, 30, 22h));
    CHECK_THROWS_AS((void)schedule::monthly(0, 1h), std::invalid_argument);
    CHECK_THROWS_AS((void)schedule::monthly(32, 1h), std::invalid_argument);
    CHECK_THROWS_AS((void)schedule::monthly(-2, 1h), std::invalid_argument);
}

TEST_CASE("cron") {
    CHECK(times_of(schedule::cron(cron<"0 9 * * mon-fri">, berlin), at(2024, 3, 29), 3) ==
          listed{at(2024, 3, 29, 8h), at(2024, 4, 1, 7h), at(2024, 4, 2, 7h)});
    CHECK(schedule::cron(cron<"0 0 29 2 *">).next(at(2096, 3, 1)) == at(2104, 2, 29));
    // 29 February on a Sunday, Tuesday, Thursday or Saturday.
    CHECK(schedule::cron(cron<"0 0 29 2 */2">).next(at(2024, 3, 1)) == at(2028, 2, 29));
    CHECK(schedule::cron(cron<"0 0 13 * fri">).next(at(2024, 9, 1)) == at(2024, 9, 6));
    CHECK_FALSE(schedule::cron(cron<"0 0 29 2 *">).next(at(2261, 1, 1)));
}

TEST_CASE("cron: every hour that passes, or a named hour") {
    CHECK(times_of(schedule::cron(cron<"30 * * * *">, berlin), at(2024, 10, 27), 3) ==
          listed{at(2024, 10, 27, 30min), at(2024, 10, 27, 1h + 30min), at(2024, 10, 27, 2h + 30min)});
    CHECK(times_of(schedule::cron(cron<"30 2 * * *">, berlin), at(2024, 10, 27), 2) ==
          listed{at(2024, 10, 27, 30min), at(2024, 10, 28, 1h + 30min)});
    CHECK(times_of(schedule::cron(cron<"*/20 2 * * *">, berlin), at(2024, 3, 31), 2) ==
          listed{at(2024, 3, 31, 1h), at(2024, 4, 1)});
    CHECK(times_of(schedule::cron(cron<"*/30 * * * *">, berlin), at(2024, 3, 31, 30min), 2) ==
          listed{at(2024, 3, 31, 1h), at(2024, 3, 31, 1h + 30min)});
}

TEST_CASE("cron and daily against every minute of some weeks, in odd zones") {
    const char* const expressions[] = {"*/20 * * * *",   "0 0 * * *",      "30 2 * * *",
                                       "15,45 1-3 * * *", "0 */2 * * *",    "10 0 1 * mon",
                                       "59 23 L * *",    "*/7 2,3 */2 * *", "5 1 * * sun"};
    const char* const rules[] = {"UTC0", "CET-1CEST,M3.5.0,M10.5.0/3",
                                 "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",  // half an hour
                                 "EST5EDT,M3.2.0,M11.1.0", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
                                 "CLT4CLST,M9.1.6/24,M4.1.6/24", "<+13>-13<+14>,M9.5.0/3,M4.1.0/4"};
    std::minstd_rand random(11);
    for (const char* const rule : rules) {
        const time_zone zone = time_zone::rule(rule);
        for (const char* const words : expressions) {
            const cron_expression when(words);
            const schedule made = schedule::cron(when, zone);
            for (const sys_days middle : {sys_days(2024y / 3 / 31), sys_days(2024y / 10 / 27),
                                          sys_days(2024y / 4 / 7), sys_days(2024y / 9 / 8),
                                          sys_days(2024y / 11 / 3)}) {
                const sys_seconds from = middle - days(2), to = middle + days(3);
                const auto wanted = all_times(when.fields(), zone, from + 1min, to);
                const auto next = [&](sys_seconds after) {
                    const auto out = made.next(after);
                    return out ? floor<seconds>(*out) : sys_seconds::max();
                };
                std::vector<sys_seconds> got;
                for (sys_seconds t = next(from); t < to; t = next(t)) got.push_back(t);
                CHECK_MESSAGE(got == wanted, rule, " ", words);
                for (int i = 0; i != 5; ++i) {
                    const sys_seconds after = from + seconds(random() % (4 * 86400));
                    const auto first = std::upper_bound(wanted.begin(), wanted.end(), after);
                    if (first != wanted.end()) CHECK_MESSAGE(next(after) == *first, rule, " ", text);
                }
            }
        }
    }
}

TEST_CASE("a day that a zone skipped counts at the instant of the change") {
    const auto apia = time_zone::find("Pacific/Apia");
    if (!apia) return;
    CHECK(times_of(schedule::daily(9h, every_day, *apia), at(2011, 12, 29), 3) ==
          listed{at(2011, 12, 29, 19h), at(2011, 12, 30, 10h), at(2011, 12, 30, 19h)});
}

TEST_CASE("schedules that say the same are the same") {
    CHECK(schedule::daily(9h, every_day, berlin) == schedule::daily(9h, every_day, berlin));
    CHECK_FALSE(schedule::daily(9h, every_day, berlin) == schedule::daily(9h));
    CHECK_FALSE(schedule::daily(9h) == schedule::once(at(2024, 1, 1)));
}
