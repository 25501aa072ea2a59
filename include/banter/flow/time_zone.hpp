// Time zones: which offset from UTC counts when, out of the system's own tables.
//
// A small reader of TZif files (RFC 8536, the format of /usr/share/zoneinfo) with the POSIX rule at
// their end: std::chrono's zones are missing before libstdc++ 14, and a library for them would be one
// more dependency of every bot. A system without tables (a slim container) still has UTC and
// time_zone::rule().
//
// Declarations only; <banter/flow/handlers.hpp> has the bodies.
#pragma once

#include <banter/config.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace banter {

namespace detail {
struct zone_data;
}

/// A time zone; UTC by default. Copies share what was read.
class time_zone {
  public:
    /// A stretch of time with one offset: from `begin`, up to and without `end`.
    struct period {
        std::chrono::sys_seconds begin;
        std::chrono::sys_seconds end;
        /// What is added to UTC.
        std::chrono::seconds offset;
        bool daylight_saving;
    };

    time_zone();

    /// The zone of this name, such as "Europe/Berlin", out of $TZDIR or the system's folders. Each is
    /// read once. Throws std::invalid_argument if there is none, or its file is damaged.
    [[nodiscard]] static time_zone named(std::string_view name);
    /// The same, and nothing where there is no such zone: for names that users write.
    [[nodiscard]] static std::optional<time_zone> find(std::string_view name);
    /// A zone by its POSIX rule, which needs no tables: "CET-1CEST,M3.5.0,M10.5.0/3". The rule counts
    /// for all years. Throws std::invalid_argument.
    [[nodiscard]] static time_zone rule(std::string_view posix);
    /// A zone out of the bytes of a TZif file. Throws std::invalid_argument.
    [[nodiscard]] static time_zone read(std::string_view tzif, std::string_view name);

    /// "UTC", the name that was asked for, or the rule.
    [[nodiscard]] const std::string& name() const;

    [[nodiscard]] period at(std::chrono::sys_seconds time) const;
    [[nodiscard]] std::chrono::local_seconds to_local(std::chrono::sys_seconds time) const;
    /// The instant of a local time: of one that is there twice, the first; of one that is skipped, the
    /// instant at which the clocks are moved.
    [[nodiscard]] std::chrono::sys_seconds to_sys(std::chrono::local_seconds time) const;

    /// Zones of one name are the same.
    [[nodiscard]] friend bool operator==(const time_zone& a, const time_zone& b) {
        return a.name() == b.name();
    }

  private:
    explicit time_zone(std::shared_ptr<const detail::zone_data> data) : data_(std::move(data)) {}

    std::shared_ptr<const detail::zone_data> data_;
};

}  // namespace banter
