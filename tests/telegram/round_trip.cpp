// Every type of the Bot API, there and back: JSON is generated from the schema, read through the
// views' accessors (or made into an aggregate), written again, and must be the same.
#include "generated/make.hpp"
#include "generated/rebuild.hpp"
#include "support/values.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

using boost::json::value;
using facts::fill;

namespace {

/// Values with only what is required, with everything, and with some of it.
template <class Check> void for_values_of(const char* type, Check check) {
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        const fill how = seed == 1 ? fill::required_only : seed <= 4 ? fill::all : fill::some;
        facts::value_generator generator(seed, how);
        const value given = generator.of(type);
        const std::string shown = boost::json::serialize(given).substr(0, 2000);
        INFO(std::string(type), " seed ", seed, ": ", shown);
        check(given);
    }
}

void collect_keys(const std::string& owner, const value& from, std::set<std::string>& keys) {
    if (!from.is_object())
        return;
    for (const auto& member : from.get_object())
        keys.insert(owner + "." + std::string(member.key()));
}

} // namespace

TEST_CASE("every received type is read field by field as it was written") {
    CHECK(std::size(rebuilding::views) >= 400);
    for (const rebuilding::entry& type : rebuilding::views)
        for_values_of(type.name, [&](const value& given) {
            value again;
            CHECK_NOTHROW(again = type.rebuild(given));
            CHECK(again == given);
        });
}

TEST_CASE("every object that goes into a method writes all its fields") {
    for (const making::entry& type : making::aggregates)
        for_values_of(type.name, [&](const value& given) {
            std::string text;
            CHECK_NOTHROW(text = type.write(given));
            CHECK(boost::json::parse(text, {}, {.max_depth = 64}) == given);
        });
}

TEST_CASE("every method writes all its parameters") {
    CHECK(std::size(making::methods) == 185);
    for (const making::entry& method : making::methods)
        for_values_of(method.name, [&](const value& given) {
            std::string text;
            CHECK_NOTHROW(text = method.write(given));
            CHECK(boost::json::parse(text, {}, {.max_depth = 64}) == given);
        });
}

TEST_CASE("the generated values leave no field of the schema out") {
    std::set<std::string> keys;
    for (const facts::type_facts& type : facts::types) {
        if (type.members)
            continue;
        facts::value_generator generator(7, fill::all);
        collect_keys(type.name, generator.of(type.name), keys);
    }
    CHECK(keys.size() == std::size(facts::fields));
}
