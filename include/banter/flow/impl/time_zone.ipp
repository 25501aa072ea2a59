#pragma once

#include <banter/flow/time_zone.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <list>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

namespace banter {
namespace detail {

/// Far enough for every file ("big bang" entries lie at -2^59), and offsets may be added to it.
inline constexpr std::int64_t end_of_time = std::int64_t{1} << 60;

/// A day of each year, and the time on it at which clocks are moved.
struct posix_day {
    enum class form : std::uint8_t { without_leap_day, with_leap_day, week } how = form::week;
    int month = 1, week = 1;  // week 5: the last
    int day = 0;              // of the week from Sunday, or of the year
    std::int64_t time = 7200;

    /// Seconds since 1970, as a clock on the wall counts them.
    [[nodiscard]] std::int64_t in(std::chrono::year year) const;
};

/// What stands at the end of a TZif file: the rule for all later years.
struct posix_rule {
    std::int64_t offset = 0;
    bool has_daylight = false;
    std::int64_t daylight_offset = 0;
    posix_day begins, ends;
};

struct zone_type {
    std::int64_t offset = 0;
    bool daylight_saving = false;
};

struct zone_data {
    std::string name;
    std::vector<std::int64_t> transitions;
    std::vector<std::uint8_t> types_after;
    std::vector<zone_type> types;
    std::optional<posix_rule> rule;  // behind the last transition
};

[[noreturn]] BANTER_DECL void refuse_zone(std::string_view name, std::string_view why) {
    throw std::invalid_argument("the time zone \"" + std::string(name) + "\" " + std::string(why));
}

// ---- POSIX rules ----

BANTER_COLD_DECL std::int64_t posix_day::in(std::chrono::year year) const {
    using namespace std::chrono;
    sys_days date;
    if (how == form::week) {
        const auto wanted = weekday(static_cast<unsigned>(day));
        const auto in_month = year / std::chrono::month(static_cast<unsigned>(month));
        if (week == 5)
            date = sys_days(in_month / wanted[last]);
        else
            date = sys_days(in_month / wanted[static_cast<unsigned>(week)]);
    } else {
        const bool leaps = how == form::without_leap_day && year.is_leap() && day >= 60;
        const int from_zero = how == form::without_leap_day ? day - 1 + (leaps ? 1 : 0) : day;
        date = sys_days(year / January / 1) + days(from_zero);
    }
    return seconds(date.time_since_epoch()).count() + time;
}

/// Reads a rule like CET-1CEST,M3.5.0,M10.5.0/3 (POSIX.1 TZ, with the wider hours of RFC 8536).
class posix_reader {
  public:
    explicit posix_reader(std::string_view text) : rest_(text) {}

    [[nodiscard]] std::optional<posix_rule> read() {
        posix_rule out;
        skip_name();
        out.offset = -time();
        if (good_ && !rest_.empty()) {
            out.has_daylight = true;
            skip_name();
            out.daylight_offset = out.offset + 3600;
            if (good_ && !rest_.empty() && rest_.front() != ',') out.daylight_offset = -time();
            if (rest_.empty()) rest_ = ",M3.2.0,M11.1.0";  // what systems take where nothing is said
            take(',');
            out.begins = day();
            take(',');
            out.ends = day();
        }
        if (!good_ || !rest_.empty()) return std::nullopt;
        return out;
    }

  private:
    void take(char wanted) {
        if (!accept(wanted)) good_ = false;
    }
    bool accept(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip_name() {
        std::size_t length = 0;
        if (accept('<')) {
            length = rest_.find('>');
            if (length == rest_.npos) length = rest_.size();
            rest_.remove_prefix(length);
            take('>');
        } else {
            const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
            while (length != rest_.size() && letter(rest_[length])) ++length;
            rest_.remove_prefix(length);
        }
        if (length < 3) good_ = false;
    }
    int number(int least, int most) {
        int value = 0, digits = 0;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9' && digits++ != 4) {
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        if (digits == 0 || value < least || value > most) good_ = false;
        return value;
    }
    /// [+-]hh[:mm[:ss]], in seconds.
    std::int64_t time() {
        const bool minus = accept('-');
        if (!minus) accept('+');
        std::int64_t out = number(0, 167) * std::int64_t{3600};
        if (accept(':')) {
            out += number(0, 59) * 60;
            if (accept(':')) out += number(0, 59);
        }
        return minus ? -out : out;
    }
    posix_day day() {
        posix_day out;
        if (accept('M')) {
            out.month = number(1, 12);
            take('.');
            out.week = number(1, 5);
            take('.');
            out.day = number(0, 6);
        } else if (accept('J')) {
            out.how = posix_day::form::without_leap_day;
            out.day = number(1, 365);
        } else {
            out.how = posix_day::form::with_leap_day;
            out.day = number(0, 365);
        }
        if (accept('/')) out.time = time();
        return out;
    }

    std::string_view rest_;
    bool good_ = true;
};

/// The stretch of the rule around a time.
BANTER_COLD_DECL time_zone::period period_of(const posix_rule& rule, std::int64_t time) {
    using namespace std::chrono;
    const auto stretch = [](std::int64_t begin, std::int64_t end, std::int64_t offset, bool dst) {
        return time_zone::period{sys_seconds(seconds(begin)), sys_seconds(seconds(end)),
                                 seconds(offset), dst};
    };
    if (!rule.has_daylight) return stretch(-end_of_time, end_of_time, rule.offset, false);
    // What has changed last, and what changes next; a beginning counts after an end at the same time.
    std::int64_t before = -end_of_time, after = end_of_time;
    bool daylight = false;
    const auto look_at = [&](std::int64_t when, bool begins) {
        if (when > time) {
            after = std::min(after, when);
        } else if (when > before || (when == before && begins)) {
            before = when;
            daylight = begins;
        }
    };
    // A change may be days after its year, so that the last one may be of the year before the last.
    const year middle = year_month_day(floor<days>(sys_seconds(seconds(time)))).year();
    for (const int off : {-2, -1, 0, 1}) {
        look_at(rule.begins.in(middle + years(off)) - rule.offset, true);
        look_at(rule.ends.in(middle + years(off)) - rule.daylight_offset, false);
    }
    return stretch(before, after, daylight ? rule.daylight_offset : rule.offset, daylight);
}

// ---- TZif ----

class tzif_reader {
  public:
    tzif_reader(std::string_view bytes, std::string_view name) : rest_(bytes), name_(name) {}

    [[nodiscard]] zone_data read() {
        zone_data out;
        out.name = name_;
        header first = read_header();
        if (first.version == 0) {
            read_block(first, 4, out);
            return out;
        }
        (void)take(first.size(4));
        const header second = read_header();
        read_block(second, 8, out);
        read_rule(out);
        return out;
    }

  private:
    struct header {
        char version = 0;
        std::size_t isut = 0, isstd = 0, leaps = 0, times = 0, types = 0, characters = 0;
        [[nodiscard]] std::size_t size(std::size_t width) const {
            return times * (width + 1) + types * 6 + characters + leaps * (width + 4) + isstd + isut;
        }
    };

    std::string_view take(std::size_t count) {
        if (count > rest_.size()) refuse_zone(name_, "is damaged: its file ends too early");
        const std::string_view out = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return out;
    }
    std::int64_t integer(std::size_t width) {
        std::uint64_t value = 0;
        for (const char byte : take(width)) value = value << 8 | static_cast<unsigned char>(byte);
        return width == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value))
                          : static_cast<std::int64_t>(value);
    }
    std::size_t count() {
        const std::int64_t out = integer(4);
        if (out < 0 || out > 100'000) refuse_zone(name_, "is damaged: it counts what cannot be there");
        return static_cast<std::size_t>(out);
    }
    header read_header() {
        if (take(4) != "TZif") refuse_zone(name_, "is damaged: its file is no TZif file");
        header out;
        out.version = take(1).front();
        (void)take(15);
        out.isut = count();
        out.isstd = count();
        out.leaps = count();
        out.times = count();
        out.types = count();
        out.characters = count();
        return out;
    }
    void read_block(const header& counts, std::size_t width, zone_data& out) {
        if (counts.types == 0) refuse_zone(name_, "is damaged: it has no offset at all");
        if (counts.leaps != 0)
            refuse_zone(name_, "counts leap seconds, and clocks here do not: use the one without");
        std::int64_t before = -end_of_time;
        for (std::size_t i = 0; i != counts.times; ++i) {
            out.transitions.push_back(std::clamp(integer(width), -end_of_time, end_of_time));
            if (out.transitions.back() < before) refuse_zone(name_, "is damaged: out of order");
            before = out.transitions.back();
        }
        for (const char type : take(counts.times)) {
            out.types_after.push_back(static_cast<std::uint8_t>(type));
            if (out.types_after.back() >= counts.types)
                refuse_zone(name_, "is damaged: it names an offset that it lacks");
        }
        for (std::size_t i = 0; i != counts.types; ++i) {
            zone_type type;
            type.offset = integer(4);
            type.daylight_saving = take(1).front() != 0;
            (void)take(1);
            if (type.offset < -100'000 || type.offset > 100'000)
                refuse_zone(name_, "is damaged: it has an offset of more than a day");
            out.types.push_back(type);
        }
        (void)take(counts.characters + counts.leaps * (width + 4) + counts.isstd + counts.isut);
    }
    void read_rule(zone_data& out) {
        if (rest_.empty()) return;
        if (rest_.size() < 2 || rest_.front() != '\n' || rest_.back() != '\n')
            refuse_zone(name_, "is damaged: its rule has no end");
        const std::string_view text = rest_.substr(1, rest_.size() - 2);
        if (text.empty()) return;
        out.rule = posix_reader(text).read();
        if (!out.rule) refuse_zone(name_, "is damaged: its rule cannot be read");
    }

    std::string_view rest_;
    std::string_view name_;
};

// ---- the system's files ----

/// Zones that users may name: no way out of the folder.
[[nodiscard]] BANTER_DECL bool is_zone_name(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() == '/' || name.front() == '.') return false;
    for (std::size_t i = 0; i != name.size(); ++i) {
        const char c = name[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
        if (!plain && (c != '/' || i + 1 == name.size() || name[i - 1] == '/')) return false;
    }
    return true;
}

[[nodiscard]] BANTER_DECL std::optional<std::string> zone_file(std::string_view name) {
    std::vector<std::string> folders;
    if (const char* const own = std::getenv("TZDIR"); own != nullptr && *own != 0)
        folders.emplace_back(own);
    for (const char* const usual :
         {"/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"})
        folders.emplace_back(usual);
    for (const std::string& folder : folders) {
        std::ifstream file(folder + "/" + std::string(name), std::ios::binary);
        char magic[4]{};
        // A folder can be opened, but not read; zone.tab and the like are no zones.
        if (!file || !file.read(magic, 4) || std::string_view(magic, 4) != "TZif") continue;
        std::string out(magic, 4);
        out.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        return out;
    }
    return std::nullopt;
}

/// What was read before. Bots name few zones, and schedules hold them.
struct known_zones {
    std::mutex mutex;
    std::list<std::shared_ptr<const zone_data>> all;

    static known_zones& instance() {
        static known_zones zones;
        return zones;
    }
};

[[nodiscard]] BANTER_DECL std::shared_ptr<const zone_data> utc_data() {
    static const std::shared_ptr<const zone_data> utc = [] {
        zone_data out;
        out.name = "UTC";
        out.types.push_back({});
        return std::make_shared<const zone_data>(std::move(out));
    }();
    return utc;
}

}  // namespace detail

BANTER_COLD_DECL time_zone::time_zone() : data_(detail::utc_data()) {}

BANTER_COLD_DECL time_zone time_zone::read(std::string_view tzif, std::string_view name) {
    return time_zone(
        std::make_shared<const detail::zone_data>(detail::tzif_reader(tzif, name).read()));
}

BANTER_COLD_DECL time_zone time_zone::rule(std::string_view posix) {
    detail::zone_data out;
    out.name = posix;
    out.rule = detail::posix_reader(posix).read();
    if (!out.rule)
        detail::refuse_zone(posix, "is no rule like \"CET-1CEST,M3.5.0,M10.5.0/3\"");
    return time_zone(std::make_shared<const detail::zone_data>(std::move(out)));
}

BANTER_COLD_DECL std::optional<time_zone> time_zone::find(std::string_view name) {
    if (name == "UTC") return time_zone();
    if (!detail::is_zone_name(name)) return std::nullopt;
    detail::known_zones& known = detail::known_zones::instance();
    const std::lock_guard lock(known.mutex);
    for (const auto& zone : known.all)
        if (zone->name == name) return time_zone(zone);
    const std::optional<std::string> bytes = detail::zone_file(name);
    if (!bytes) return std::nullopt;
    time_zone out = read(*bytes, name);
    known.all.push_back(out.data_);
    return out;
}

BANTER_COLD_DECL time_zone time_zone::named(std::string_view name) {
    std::optional<time_zone> out = find(name);
    if (!out)
        detail::refuse_zone(name, "is not known to this system: its tables (tzdata) are looked for in "
                                  "$TZDIR and /usr/share/zoneinfo");
    return *std::move(out);
}

BANTER_COLD_DECL const std::string& time_zone::name() const { return data_->name; }

BANTER_COLD_DECL time_zone::period time_zone::at(std::chrono::sys_seconds time) const {
    using namespace std::chrono;
    const detail::zone_data& zone = *data_;
    const std::int64_t t = time.time_since_epoch().count();
    const auto after = std::upper_bound(zone.transitions.begin(), zone.transitions.end(), t);
    const auto instant = [](std::int64_t value) { return sys_seconds(seconds(value)); };
    const auto stretch = [&](std::int64_t begin, std::int64_t end, const detail::zone_type& type) {
        return period{instant(begin), instant(end), seconds(type.offset), type.daylight_saving};
    };
    if (after == zone.transitions.end() && zone.rule) {
        period out = detail::period_of(*zone.rule, t);
        if (!zone.transitions.empty())
            out.begin = std::max(out.begin, instant(zone.transitions.back()));
        return out;
    }
    const std::int64_t end = after == zone.transitions.end() ? detail::end_of_time : *after;
    if (after == zone.transitions.begin()) {
        // Before the first change: the first offset that is no daylight saving time, as the C library
        // has it.
        std::size_t type = 0;
        while (type != zone.types.size() && zone.types[type].daylight_saving) ++type;
        return stretch(-detail::end_of_time, end, zone.types[type == zone.types.size() ? 0 : type]);
    }
    const auto number = static_cast<std::size_t>(after - zone.transitions.begin()) - 1;
    return stretch(zone.transitions[number], end, zone.types[zone.types_after[number]]);
}

BANTER_COLD_DECL std::chrono::local_seconds time_zone::to_local(std::chrono::sys_seconds time) const {
    return std::chrono::local_seconds((time + at(time).offset).time_since_epoch());
}

BANTER_COLD_DECL std::chrono::sys_seconds time_zone::to_sys(std::chrono::local_seconds time) const {
    using namespace std::chrono;
    const sys_seconds as_utc(time.time_since_epoch());
    // No offset is of more than 26 hours.
    for (period here = at(as_utc - hours(26));; here = at(here.end)) {
        const sys_seconds there = as_utc - here.offset;
        if (there < here.begin) return here.begin;  // skipped
        if (there < here.end) return there;
    }
}

}  // namespace banter
