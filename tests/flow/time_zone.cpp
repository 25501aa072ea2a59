// Time zones against the C library's, and the odd hours of a year.
#include <banter/flow/time_zone.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <time.h>

using namespace banter;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

sys_seconds at(int y, unsigned m, unsigned d, hours h = 0h, minutes min = 0min) {
    return sys_days(year(y) / month(m) / day(d)) + h + min;
}
local_seconds wall(int y, unsigned m, unsigned d, hours h = 0h, minutes min = 0min) {
    return local_days(year(y) / month(m) / day(d)) + h + min;
}

/// Asks the C library.
struct library_zone {
    explicit library_zone(const std::string& name) {
        ::setenv("TZ", name.c_str(), 1);
        ::tzset();
    }
    ~library_zone() {
        ::unsetenv("TZ");
        ::tzset();
    }
    static std::tm local(std::int64_t time) {
        const auto t = static_cast<time_t>(time);
        std::tm out{};
        ::localtime_r(&t, &out);
        return out;
    }
};

void compare(const std::string& name, const time_zone& zone, int count, int since = 1890) {
    const library_zone library(name);
    // Up to 2100, each with what lies around the next change.
    std::minstd_rand random(static_cast<unsigned>(std::hash<std::string>{}(name)));
    std::uniform_int_distribution<std::int64_t> times(
        at(since, 1, 1).time_since_epoch().count(), at(2100, 1, 1).time_since_epoch().count());
    int different = 0;
    const auto same = [&](sys_seconds when) {
        const std::tm theirs = library_zone::local(when.time_since_epoch().count());
        const time_zone::period ours = zone.at(when);
        if (ours.begin > when || ours.end <= when) ++different;
        if (ours.offset.count() != theirs.tm_gmtoff) ++different;
        if (ours.daylight_saving != (theirs.tm_isdst > 0)) ++different;
        // The first instant of a local time leads back to it.
        const local_seconds here = zone.to_local(when);
        const sys_seconds back = zone.to_sys(here);
        if (back > when || zone.to_local(back) != here) ++different;
    };
    for (int i = 0; i != count; ++i) {
        const sys_seconds when{seconds(times(random))};
        same(when);
        const time_zone::period around = zone.at(when);
        if (around.end - when < 400 * 24h) {
            same(around.end - 1s);
            same(around.end);
            same(around.end + 30min);
        }
    }
    CHECK_MESSAGE(different == 0, name);
}

constexpr const char* folder = "/usr/share/zoneinfo";

/// A file as `zic` would write it for a zone with one offset.
std::string small_file(char version, std::string_view rule, char leaps = 0) {
    std::string out;
    const auto block = [&](std::size_t width) {
        out += "TZif";
        out += version;
        out.append(15, '\0');
        for (const char count : {'\0', '\0', leaps, '\0', '\1', '\4'})
            out.append(3, '\0').push_back(count);
        out += std::string("\0\0\x0e\x10\0\0", 6);  // an hour, no daylight saving time, its name
        out += std::string("CET\0", 4);
        out.append(static_cast<std::size_t>(leaps) * (width + 4), '\0');
    };
    block(4);
    if (version != 0) {
        block(8);
        out.append("\n").append(rule).append("\n");
    }
    return out;
}

}  // namespace

TEST_CASE("the system's zones are as the C library has them") {
    if (!std::filesystem::exists(folder)) return;
    std::size_t zones = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string name = entry.path().lexically_relative(folder).string();
        if (name.starts_with("right/") || name.starts_with("posix/")) continue;
        const auto zone = time_zone::find(name);
        if (!zone) continue;
        compare(name, *zone, 60);
        ++zones;
    }
    CHECK(zones > 300);
}

TEST_CASE("POSIX rules are as the C library has them") {
    for (const char* const rule :
         {"CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "<+0330>-3:30",
          "NZST-12NZDT,M9.5.0,M4.1.0/3", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
          "AAA3BBB,J60/0,J300/0", "AAA3BBB1,59/1:30,300", "UTC0",
          "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "IST-2IDT,M3.4.4/26,M10.5.0"})
        compare(rule, time_zone::rule(rule), 300, 1971);  // glibc does not count before
}

TEST_CASE("daylight saving time all year") {
    const time_zone all_year = time_zone::rule("XXX3EDT4,0/0,J365/23");
    for (int month = 0; month != 12; ++month) {
        CHECK(all_year.at(at(2024, 1, 1) + month * 31 * 24h).offset == -4h);
        CHECK(all_year.at(at(2024, 1, 1, 4h) + month * 366 * 24h - 1s).offset == -4h);
    }
}

TEST_CASE("an hour that is skipped, and one that is there twice") {
    const time_zone berlin = time_zone::rule("CET-1CEST,M3.5.0,M10.5.0/3");
    CHECK(berlin.at(at(2024, 3, 31, 0h, 59min)).offset == 1h);
    CHECK(berlin.at(at(2024, 3, 31, 1h)).offset == 2h);
    CHECK(berlin.at(at(2024, 3, 31, 1h)).daylight_saving);
    CHECK(berlin.to_sys(wall(2024, 3, 31, 1h, 59min)) == at(2024, 3, 31, 0h, 59min));
    CHECK(berlin.to_sys(wall(2024, 3, 31, 2h, 30min)) == at(2024, 3, 31, 1h));
    CHECK(berlin.to_sys(wall(2024, 3, 31, 3h)) == at(2024, 3, 31, 1h));
    CHECK(berlin.to_sys(wall(2024, 10, 27, 2h, 30min)) == at(2024, 10, 27, 0h, 30min));
    CHECK(berlin.to_local(at(2024, 10, 27, 0h, 30min)) == wall(2024, 10, 27, 2h, 30min));
    CHECK(berlin.to_local(at(2024, 10, 27, 1h, 30min)) == wall(2024, 10, 27, 2h, 30min));
}

TEST_CASE("a day that a zone skipped") {
    if (!std::filesystem::exists(folder)) return;
    const time_zone apia = time_zone::named("Pacific/Apia");
    // Samoa crossed the date line: 30 December 2011 was not.
    CHECK(apia.to_sys(wall(2011, 12, 30, 9h)) == at(2011, 12, 30, 10h));
    CHECK(apia.to_sys(wall(2011, 12, 31)) == at(2011, 12, 30, 10h));
    CHECK(apia.to_sys(wall(2011, 12, 29, 23h)) == at(2011, 12, 30, 9h));
}

TEST_CASE("UTC needs no tables") {
    CHECK(time_zone().name() == "UTC");
    CHECK(time_zone() == time_zone::named("UTC"));
    CHECK(time_zone().at(at(2024, 7, 1)).offset == 0s);
    CHECK(time_zone().to_sys(wall(2024, 7, 1, 5h)) == at(2024, 7, 1, 5h));
}

TEST_CASE("names that are none, and ways out of the folder") {
    for (const char* const name : {"", "Europe", "Europe/Atlantis", "../../../etc/passwd",
                                   "/etc/localtime", "Europe//Berlin", "Europe/../Europe/Berlin",
                                   "zone.tab", "Europe/Berlin/", "a b"}) {
        CHECK_MESSAGE(!time_zone::find(name), name);
        CHECK_THROWS_AS((void)time_zone::named(name), std::invalid_argument);
    }
    CHECK_THROWS_WITH((void)time_zone::named("Atlantis"),
                      "the time zone \"Atlantis\" is not known to this system: its tables (tzdata) "
                      "are looked for in $TZDIR and /usr/share/zoneinfo");
}

TEST_CASE("rules that are none") {
    for (const char* const rule : {"", "CET", "C-1", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
                                   "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,J0,J5", "CET-1CEST,366,5",
                                   "CET-1 ", "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-200"})
        CHECK_THROWS_AS((void)time_zone::rule(rule), std::invalid_argument);
}

TEST_CASE("small files, old and new") {
    CHECK(time_zone::read(small_file(0, ""), "old").at(at(2030, 1, 1)).offset == 1h);
    const time_zone with_rule = time_zone::read(small_file('2', "CET-1CEST,M3.5.0,M10.5.0/3"), "new");
    CHECK(with_rule.at(at(2030, 7, 1)).offset == 2h);
    CHECK(with_rule.name() == "new");
    CHECK(time_zone::read(small_file('2', ""), "no rule").at(at(2030, 7, 1)).offset == 1h);
}

TEST_CASE("damaged files are refused, wherever the damage is") {
    CHECK_THROWS_AS((void)time_zone::read(small_file('2', "CET", 1), "leaps"), std::invalid_argument);
    CHECK_THROWS_AS((void)time_zone::read(small_file('2', "??"), "rule"), std::invalid_argument);
    const std::string whole = small_file('2', "CET-1");
    for (std::size_t size = 0; size != whole.size(); ++size) {
        const std::string part = whole.substr(0, size);
        // The newline before the rule and what follows may be missing together.
        if (part == whole.substr(0, whole.rfind("\nCET"))) continue;
        CHECK_THROWS_AS((void)time_zone::read(part, "cut"), std::invalid_argument);
    }
    // Any byte changed: refused or read, and nothing worse.
    if (std::ifstream file("/usr/share/zoneinfo/Europe/Berlin", std::ios::binary); file) {
        const std::string berlin(std::istreambuf_iterator<char>(file), {});
        std::minstd_rand random(7);
        for (int i = 0; i != 3000; ++i) {
            std::string bytes = berlin;
            for (auto n = 1 + random() % 3; n != 0; --n)
                bytes[random() % (i % 2 == 0 ? 120 : bytes.size())] = static_cast<char>(random());
            try {
                const time_zone zone = time_zone::read(bytes, "changed");
                (void)zone.at(at(2024, 7, 1));
                (void)zone.to_sys(wall(2024, 3, 31, 2h, 30min));
            } catch (const std::invalid_argument&) {
            }
        }
    }
}
