#include <banter/flow/match.hpp>
#include <banter/flow/plain_number.hpp>

#include <doctest/doctest.h>

using namespace banter;

TEST_CASE("numbers as people type them") {
    CHECK(plain_number("12.5") == "12.5");
    CHECK(plain_number("-1e3") == "-1e3");
    CHECK(plain_number("1_000_000") == "1000000");
    CHECK(plain_number("٣٫") == "3٫");
    CHECK(plain_number("۱۲۳") == "123");
    CHECK(plain_number("३०") == "30");
    CHECK(plain_number("１０.５") == "10.5");
    CHECK(plain_number("𝟗") == "9");
    CHECK(parse<double>(plain_number("٠.٥")) == 0.5);
    CHECK(parse<int>(plain_number("1_0")) == 10);
}

TEST_CASE("what is no number stays none") {
    for (const char* bad : {"", "_1", "1_", "1__0", "1_.5", "inf", "-INFINITY", "nan", "nan(1)", "0x10",
                            "abc", "1,5", "²", "½", "\xFF"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse<double>(plain_number(bad)));
    }
}
