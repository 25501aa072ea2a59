// Cron expressions: what they mean, and what is wrong with those that are none.
#include <banter/flow/cron.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace banter;

namespace {

template <class Bits>
std::vector<unsigned> numbers(Bits bits) {
    std::vector<unsigned> out;
    for (unsigned i = 0; i != 64; ++i)
        if ((static_cast<std::uint64_t>(bits) >> i & 1) != 0) out.push_back(i);
    return out;
}
using listed = std::vector<unsigned>;

struct wrong {
    std::string_view text;
    cron_fault fault;
    std::size_t position;
};

}  // namespace

TEST_CASE("fields: numbers, lists, ranges, steps, names") {
    constexpr cron_fields said = cron<"*/15 8-18/5 1,15,L jan-mar,DEC mon-fri">.fields();
    CHECK(numbers(said.minutes) == listed{0, 15, 30, 45});
    CHECK(numbers(said.hours) == listed{8, 13, 18});
    CHECK(numbers(said.days) == listed{0, 1, 15});
    CHECK(numbers(said.months) == listed{1, 2, 3, 12});
    CHECK(numbers(said.weekdays) == listed{1, 2, 3, 4, 5});
    CHECK_FALSE(said.any_hour);
    CHECK_FALSE(said.any_day);
    CHECK_FALSE(said.any_weekday);
}

TEST_CASE("Sunday is 0 and 7, and ends a range") {
    CHECK(numbers(cron<"0 0 * * 7">.fields().weekdays) == listed{0});
    CHECK(numbers(cron<"0 0 * * fri-sun">.fields().weekdays) == listed{0, 5, 6});
    CHECK(numbers(cron<"0 0 * * 0-2">.fields().weekdays) == listed{0, 1, 2});
    CHECK(numbers(cron<"0 0 * * 0-7">.fields().weekdays) == listed{0, 1, 2, 3, 4, 5, 6});
}

TEST_CASE("a step without a range goes on to the end") {
    CHECK(numbers(cron<"50/3 * * * *">.fields().minutes) == listed{50, 53, 56, 59});
    CHECK(numbers(cron<"7 */6 * * *">.fields().hours) == listed{0, 6, 12, 18});
    CHECK(cron<"7 */6 * * *">.fields().any_hour);
}

TEST_CASE("words for whole expressions, and white space") {
    CHECK(cron<"@daily"> == cron<"0 0 * * *">);
    CHECK(cron<"@Weekly"> == cron<"0 0 * * sun">);
    CHECK(cron<"@yearly"> == cron<"0 0 1 jan *">);
    CHECK(cron<"@hourly"> == cron<"0 * * * *">);
    CHECK(cron<"  0\t9  *   * mon-fri "> == cron<"0 9 * * 1-5">);
    CHECK(cron_expression(" @monthly ") == cron<"0 0 1 * *">);
}

TEST_CASE("what is wrong, and where") {
    const wrong cases[] = {
        {"", cron_fault::a_field_is_missing, 0},
        {"0 9 * *", cron_fault::a_field_is_missing, 7},
        {"0 9 * * * *", cron_fault::more_than_five_fields, 10},
        {"60 9 * * *", cron_fault::out_of_range, 0},
        {"0 24 * * *", cron_fault::out_of_range, 2},
        {"0 0 0 * *", cron_fault::out_of_range, 4},
        {"0 0 1 13 *", cron_fault::out_of_range, 6},
        {"0 0 1 1 8", cron_fault::out_of_range, 8},
        {"0 99999999999999999999 * * *", cron_fault::out_of_range, 2},
        {"0 18-9 * * *", cron_fault::range_runs_backwards, 2},
        {"0 0 * * sat-mon", cron_fault::range_runs_backwards, 8},
        {"*/0 * * * *", cron_fault::step_is_no_positive_number, 2},
        {"*/x * * * *", cron_fault::step_is_no_positive_number, 2},
        {"5/ * * * *", cron_fault::step_is_no_positive_number, 2},
        {"0 0 * * monday", cron_fault::unknown_name, 8},
        {"0 0 * foo *", cron_fault::unknown_name, 6},
        {"0 mon * * *", cron_fault::no_number_or_name, 2},
        {"1, * * * *", cron_fault::no_number_or_name, 2},
        {"1- * * * *", cron_fault::no_number_or_name, 2},
        {"-1 * * * *", cron_fault::no_number_or_name, 0},
        {"1x * * * *", cron_fault::no_number_or_name, 1},
        {"** * * * *", cron_fault::no_number_or_name, 1},
        {"0 L * * *", cron_fault::no_number_or_name, 2},
        {"@never", cron_fault::unknown_macro, 0},
        {"@daily * *", cron_fault::unknown_macro, 0},
        {"0 0 30 2 *", cron_fault::never_happens, 4},
        {"0 0 31 4,6,9,11 *", cron_fault::never_happens, 4},
    };
    for (const wrong& one : cases) {
        const auto read = detail::cron_reader(one.text).read();
        CHECK_MESSAGE(read.fault == one.fault, one.text);
        CHECK_MESSAGE(read.position == one.position, one.text);
        CHECK_THROWS_AS((void)cron_expression(one.text), cron_error);
    }
    CHECK_THROWS_WITH((void)cron_expression("0 25 * * *"),
                      "\"0 25 * * *\" is no cron expression: at byte 2, this number is out of the "
                      "field's range");
}

TEST_CASE("what only seems never to happen") {
    for (const char* const said : {"0 0 29 2 *", "0 0 30 2 mon", "0 0 31 2,3 *", "0 0 L 2 *",
                                   "0 0 30,L 2 *", "0 0 29 2 */2"})
        CHECK_NOTHROW((void)cron_expression(said));
}
