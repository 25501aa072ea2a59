// When something happens: schedules as plain values, and their next time as a pure function.
//
// Times of day are those of a time zone. Where its clocks are moved forward, a time that is skipped
// counts at the instant of the change; where they are moved back, a time that is there twice counts
// once, the first time.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/time_zone.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

namespace banter {

/// A set of days of the week, out of std::chrono's: on_days(std::chrono::Monday, std::chrono::Friday).
class weekday_set {
  public:
    constexpr weekday_set() = default;
    constexpr weekday_set(std::chrono::weekday day)
        : bits_(static_cast<std::uint8_t>(1U << day.c_encoding())) {}

    [[nodiscard]] constexpr bool contains(std::chrono::weekday day) const {
        return (bits_ >> day.c_encoding() & 1U) != 0;
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    [[nodiscard]] friend constexpr weekday_set operator|(weekday_set a, weekday_set b) {
        a.bits_ = static_cast<std::uint8_t>(a.bits_ | b.bits_);
        return a;
    }
    bool operator==(const weekday_set&) const = default;

  private:
    std::uint8_t bits_ = 0;
};

template <class... Days>
[[nodiscard]] constexpr weekday_set on_days(Days... days) {
    return (weekday_set() | ... | weekday_set(days));
}
inline constexpr weekday_set weekend = on_days(std::chrono::Saturday, std::chrono::Sunday);
inline constexpr weekday_set workdays =
    on_days(std::chrono::Monday, std::chrono::Tuesday, std::chrono::Wednesday,
            std::chrono::Thursday, std::chrono::Friday);
inline constexpr weekday_set every_day = workdays | weekend;

/// The last day of a month, for schedule::monthly.
inline constexpr int last_day = -1;

/// What a cron expression says; cron.hpp reads them.
struct cron_fields {
    std::uint64_t minutes = 0;   // bit 0 to 59
    std::uint32_t hours = 0;     // bit 0 to 23
    std::uint32_t days = 0;      // bit 1 to 31; 0: the last day of the month
    std::uint16_t months = 0;    // bit 1 to 12
    std::uint8_t weekdays = 0;   // bit 0, Sunday, to 6
    bool any_hour = false;       // the field begins with *: every hour that passes counts
    bool any_day = false;        // the same of the day of the month
    bool any_weekday = false;

    bool operator==(const cron_fields&) const = default;
};

class schedule {
  public:
    using time_point = std::chrono::system_clock::time_point;

    /// At one time.
    [[nodiscard]] static schedule once(time_point when);
    /// At `first`, and then after each interval, up to and with `last`. Throws std::invalid_argument
    /// if the interval is not positive.
    [[nodiscard]] static schedule every(std::chrono::nanoseconds interval, time_point first,
                                        std::optional<time_point> last = std::nullopt);
    /// At a time of day (9h + 30min), on these days. Throws std::invalid_argument if the time is not
    /// less than 24h, or no day is named.
    [[nodiscard]] static schedule daily(std::chrono::seconds time, weekday_set days = every_day,
                                        time_zone zone = {});
    /// On a day of each month, 1 to 31 or last_day. Months that lack the day are skipped (as in PTB's
    /// run_monthly). Throws std::invalid_argument.
    [[nodiscard]] static schedule monthly(int day, std::chrono::seconds time, time_zone zone = {});
    /// As a cron expression says (cron.hpp: cron<"0 9 * * mon-fri">), by the minute. Where clocks are
    /// moved, `*` as the hour means every hour that passes: nothing is made up for, and an hour that
    /// is there twice counts twice.
    [[nodiscard]] static schedule cron(const cron_fields& when, time_zone zone = {});

    /// The first time after this one; nothing where there is none.
    [[nodiscard]] std::optional<time_point> next(time_point after) const;

    /// Whether there is more than one time.
    [[nodiscard]] bool repeats() const { return !std::holds_alternative<single>(when_); }

    bool operator==(const schedule&) const = default;

  private:
    struct single {
        time_point when;
        bool operator==(const single&) const = default;
    };
    struct repeating {
        std::chrono::nanoseconds interval;
        time_point first;
        std::optional<time_point> last;
        bool operator==(const repeating&) const = default;
    };
    struct of_days {
        std::chrono::seconds time;
        weekday_set days;
        time_zone zone;
        bool operator==(const of_days&) const = default;
    };
    struct of_months {
        int day;
        std::chrono::seconds time;
        time_zone zone;
        bool operator==(const of_months&) const = default;
    };
    struct of_cron {
        cron_fields fields;
        time_zone zone;
        bool operator==(const of_cron&) const = default;
    };
    using kind = std::variant<single, repeating, of_days, of_months, of_cron>;

    explicit schedule(kind when) : when_(std::move(when)) {}

    kind when_;
};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/schedule.ipp>
#endif
