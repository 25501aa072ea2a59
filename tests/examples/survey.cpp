// The survey example, played in the test kit.
#define main example_main
#include "../../examples/survey.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <fstream>

using person = survey::person;

TEST_CASE("three questions, one after another") {
    testkit::app<survey> app;
    auto anna = app.user("Anna");
    anna.sends("hello");
    CHECK(anna.replies().empty());
    anna.sends("/survey");
    CHECK(anna.last_reply().text() == "What is your name?");
    anna.sends(" Anna ");
    CHECK(anna.in<asking<&person::age>>().answers.name == "Anna");
    CHECK(anna.last_reply().text() == "How old are you?");
    for (const char* bad : {"old", "0", "151", "99999999999999999999", "1.5"}) {
        CAPTURE(bad);
        anna.sends(bad);
        CHECK(anna.last_reply().text() == "A number from 1 to 150, please.");
        CHECK(anna.is_in<asking<&person::age>>());
    }
    anna.sends("44");
    CHECK(anna.last_reply().text() == "Where do you live?");
    anna.sends("Berlin");
    CHECK(anna.last_reply().text() == "Thank you: Anna, 44, from Berlin.");
    CHECK_FALSE(anna.in_conversation<survey>());
    CHECK(app.errors().empty());
}

TEST_CASE("/cancel ends it at every question; then it can begin again") {
    testkit::app<survey> app;
    auto anna = app.user("Anna");
    for (const int answered : {0, 1, 2}) {
        anna.sends("/survey");
        for (const char* answer : {"Anna", "44"})
            if (anna.in_conversation<survey>() && answered > (answer[0] == 'A' ? 0 : 1))
                anna.sends(answer);
        anna.sends("/cancel");
        CHECK(anna.last_reply().text() == "Cancelled.");
        CHECK_FALSE(anna.in_conversation<survey>());
    }
    anna.sends("/survey");
    CHECK(anna.in<asking<&person::name>>().answers.name.empty());
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<survey>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}

TEST_CASE("the whole program has at most 35 lines") {
    std::ifstream file(std::string(__FILE__).substr(0, std::string(__FILE__).rfind("tests")) +
                       "examples/survey.cpp");
    REQUIRE(file);
    int lines = 0;
    for (std::string line; std::getline(file, line);) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first != std::string::npos && line.compare(first, 2, "//") != 0) ++lines;
    }
    CHECK(lines > 20);
    CHECK(lines <= 35);
}
