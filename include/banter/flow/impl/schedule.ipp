#pragma once

#include <banter/flow/schedule.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace banter {
namespace detail {

using std::chrono::local_days;
using std::chrono::local_seconds;

/// Where a search ends: time points of nanoseconds reach to 2262.
inline constexpr std::chrono::year last_year{2261};

/// The days that may have a time, and the times on them.
struct daily_times {
    const weekday_set& days;
    std::chrono::seconds time;

    [[nodiscard]] bool month(std::chrono::year_month) const { return true; }
    [[nodiscard]] bool day(std::chrono::year_month_day date) const {
        return days.contains(std::chrono::weekday(local_days(date)));
    }
    [[nodiscard]] std::optional<std::chrono::seconds> not_before(std::chrono::seconds least) const {
        return least <= time ? std::optional(time) : std::nullopt;
    }
};

struct monthly_times {
    int wanted;
    std::chrono::seconds time;

    [[nodiscard]] bool month(std::chrono::year_month) const { return true; }
    [[nodiscard]] bool day(std::chrono::year_month_day date) const {
        if (wanted == last_day)
            return date == date.year() / date.month() / std::chrono::last;
        return static_cast<unsigned>(date.day()) == static_cast<unsigned>(wanted);
    }
    [[nodiscard]] std::optional<std::chrono::seconds> not_before(std::chrono::seconds least) const {
        return least <= time ? std::optional(time) : std::nullopt;
    }
};

struct cron_times {
    const cron_fields& fields;

    [[nodiscard]] bool month(std::chrono::year_month month) const {
        return (fields.months >> static_cast<unsigned>(month.month()) & 1U) != 0;
    }
    [[nodiscard]] bool day(std::chrono::year_month_day date) const {
        const bool is_last = date == date.year() / date.month() / std::chrono::last;
        const bool by_number = (fields.days >> static_cast<unsigned>(date.day()) & 1U) != 0 ||
                               (is_last && (fields.days & 1U) != 0);
        const bool by_weekday =
            (fields.weekdays >> std::chrono::weekday(local_days(date)).c_encoding() & 1U) != 0;
        // Both said: either is enough (crontab(5)).
        return fields.any_day || fields.any_weekday ? by_number && by_weekday
                                                    : by_number || by_weekday;
    }
    [[nodiscard]] std::optional<std::chrono::seconds> not_before(std::chrono::seconds least) const {
        using namespace std::chrono;
        const int from = static_cast<int>(ceil<minutes>(least).count());
        for (int minute = from; minute < 24 * 60; ++minute) {
            if ((fields.hours >> (minute / 60) & 1U) == 0)
                minute += 59 - minute % 60;
            else if ((fields.minutes >> (minute % 60) & 1U) != 0)
                return seconds(minutes(minute));
        }
        return std::nullopt;
    }
};

/// The first local time of these, at or after one.
template <class Times>
std::optional<local_seconds> first_local(const Times& times, local_seconds least) {
    using namespace std::chrono;
    local_days day = floor<days>(least);
    seconds time = least - day;
    for (;;) {
        const year_month_day date(day);
        if (date.year() > last_year) return std::nullopt;
        if (!times.month(date.year() / date.month())) {
            day = local_days((date.year() / date.month() + months(1)) / 1);
            time = seconds(0);
            continue;
        }
        if (times.day(date))
            if (const auto found = times.not_before(time)) return day + *found;
        day += days(1);
        time = seconds(0);
    }
}

/// The first instant of these times in a zone after another. Each stretch of one offset is looked at
/// by itself, so nothing about how clocks are moved has to be assumed.
template <class Times>
std::optional<std::chrono::sys_seconds> first_in_zone(const Times& times, const time_zone& zone,
                                                      std::chrono::sys_seconds after,
                                                      bool every_hour_counts) {
    using namespace std::chrono;
    const auto wall = [](sys_seconds when, seconds offset) {
        return local_seconds((when + offset).time_since_epoch());
    };
    time_zone::period here = zone.at(after + seconds(1));
    for (;;) {
        local_seconds least = wall(std::max(after + seconds(1), here.begin), here.offset);
        if (!every_hour_counts) {
            const seconds before = zone.at(here.begin - seconds(1)).offset;
            const local_seconds clocks_moved = wall(here.begin, before);
            if (before > here.offset) least = std::max(least, clocks_moved);  // was there already
            if (before < here.offset && here.begin > after) {
                const auto skipped = first_local(times, clocks_moved);
                if (skipped && *skipped < wall(here.begin, here.offset)) return here.begin;
            }
        }
        const auto found = first_local(times, least);
        if (!found) return std::nullopt;
        const sys_seconds when = sys_seconds(found->time_since_epoch()) - here.offset;
        if (when < here.end) return when;
        here = zone.at(here.end);
    }
}

BANTER_DECL void require_argument(bool condition, const char* sentence) {
    if (!condition) throw std::invalid_argument(sentence);
}
BANTER_DECL void require_time_of_day(std::chrono::seconds time) {
    require_argument(time >= std::chrono::seconds(0) && time < std::chrono::hours(24),
            "a time of day is at least 0 and less than 24h");
}

}  // namespace detail

BANTER_DECL schedule schedule::once(time_point when) { return schedule(single{when}); }

BANTER_DECL schedule schedule::every(std::chrono::nanoseconds interval, time_point first,
                                     std::optional<time_point> last) {
    detail::require_argument(interval > std::chrono::nanoseconds(0),
                    "the interval of a repeating schedule is more than 0");
    return schedule(repeating{interval, first, last});
}

BANTER_DECL schedule schedule::daily(std::chrono::seconds time, weekday_set days, time_zone zone) {
    detail::require_time_of_day(time);
    detail::require_argument(!days.empty(), "a daily schedule needs a day of the week");
    return schedule(of_days{time, days, std::move(zone)});
}

BANTER_DECL schedule schedule::monthly(int day, std::chrono::seconds time, time_zone zone) {
    detail::require_time_of_day(time);
    detail::require_argument(day == last_day || (day >= 1 && day <= 31),
                    "a monthly schedule is on a day from 1 to 31, or on last_day");
    return schedule(of_months{day, time, std::move(zone)});
}

BANTER_DECL schedule schedule::cron(const cron_fields& when, time_zone zone) {
    return schedule(of_cron{when, std::move(zone)});
}

BANTER_DECL std::optional<schedule::time_point> schedule::next(time_point after) const {
    using namespace std::chrono;
    if (const auto* const at = std::get_if<single>(&when_))
        return at->when > after ? std::optional(at->when) : std::nullopt;
    if (const auto* const at = std::get_if<repeating>(&when_)) {
        time_point found = at->first;
        if (found <= after) {
            const auto step = duration_cast<time_point::duration>(at->interval);
            const auto room = time_point::max() - after;
            const auto rest = step - (after - found) % step;
            if (room < rest) return std::nullopt;
            found = after + rest;
        }
        return at->last && found > *at->last ? std::nullopt : std::optional(found);
    }
    const sys_seconds since = floor<seconds>(after);
    std::optional<sys_seconds> found;
    if (const auto* const days = std::get_if<of_days>(&when_)) {
        found = detail::first_in_zone(detail::daily_times{days->days, days->time}, days->zone, since,
                                      false);
    } else if (const auto* const months = std::get_if<of_months>(&when_)) {
        found = detail::first_in_zone(detail::monthly_times{months->day, months->time},
                                      months->zone, since, false);
    } else {
        const auto& said = std::get<of_cron>(when_);
        found = detail::first_in_zone(detail::cron_times{said.fields}, said.zone, since,
                                      said.fields.any_hour);
    }
    if (!found) return std::nullopt;
    return time_point(duration_cast<time_point::duration>(found->time_since_epoch()));
}

}  // namespace banter
