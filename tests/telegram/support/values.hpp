// Generates values of the Bot API's types from the schema's facts.
#pragma once

#include "../generated/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace facts {

inline std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t end; (end = text.find('|')) != text.npos; text.remove_prefix(end + 1))
        out.push_back(text.substr(0, end));
    out.push_back(text);
    return out;
}

inline const type_facts& find_type(std::string_view name) {
    for (const type_facts& t : types)
        if (t.name == name)
            return t;
    throw std::runtime_error("no such type: " + std::string(name));
}

/// Which optional fields a value has.
enum class fill { required_only, some, all };

class value_generator {
  public:
    value_generator(std::uint32_t seed, fill how) : random_(seed), fill_(how) {}

    boost::json::value of(std::string_view type, int depth = 0) {
        if (type.starts_with("Array of "))
            return array_of(type.substr(9), depth);
        if (type == "Integer")
            return integer();
        if (type == "Float")
            return static_cast<double>(integer() % 100000) + 0.5;
        if (type == "Boolean")
            return below(2) == 0;
        if (type == "String")
            return boost::json::value(text());
        const type_facts& facts = find_type(type);
        return facts.members ? member_of(facts, depth) : object_of(facts, depth);
    }

    boost::json::value object_of(const type_facts& type, int depth) {
        boost::json::object out;
        for (std::size_t i = type.first; i != type.first + type.count; ++i)
            if (is_present(fields[i], depth))
                out[fields[i].name] = field(fields[i], depth);
        return distinct(type.name, std::move(out));
    }

  private:
    static constexpr int deepest = 3;

    std::uint32_t below(std::uint32_t n) {
        return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random_);
    }

    /// Up to 52 bits, of either sign.
    std::int64_t integer() {
        const std::int64_t limit = (std::int64_t{1} << 52) - 1;
        switch (below(4)) {
        case 0: return limit;
        case 1: return -limit;
        default: return std::uniform_int_distribution<std::int64_t>(1, limit)(random_);
        }
    }

    std::string text() {
        static constexpr const char* samples[] = {
            "plain",
            "",
            "with \"quotes\" and \\",
            "line\nbreak\ttab",
            "caf\xc3\xa9 \xf0\x9f\xa6\x8a",
            "control \x01\x1f",
            "</script>"};
        return samples[below(7)];
    }

    bool is_present(const field_facts& f, int depth) {
        if (f.required)
            return true;
        const bool composite = find_composite(f.types);
        if (composite && depth >= deepest)
            return false;
        switch (fill_) {
        case fill::required_only: return false;
        case fill::all: return !composite || depth < 2;
        default: return below(2) == 0;
        }
    }

    static bool find_composite(std::string_view names) {
        for (std::string_view t : split(names))
            if (t != "Integer" && t != "Float" && t != "Boolean" && t != "String")
                return true;
        return false;
    }

    boost::json::value field(const field_facts& f, int depth) {
        if (f.fixed)
            return std::string_view(f.fixed) == "true" ? boost::json::value(true)
                                                       : boost::json::value(f.fixed);
        if (std::string_view(f.name).ends_with("parse_mode")) {
            static constexpr const char* modes[] = {"HTML", "MarkdownV2", "Markdown"};
            return boost::json::value(modes[below(3)]);
        }
        if (f.values && below(4) != 0)
            return boost::json::string(pick(f.values));
        const std::string_view type = pick(f.types);
        return type == "InputFile" ? boost::json::value(text()) : of(type, depth + 1);
    }

    std::string_view pick(std::string_view alternatives) {
        const auto all = split(alternatives);
        return all[below(static_cast<std::uint32_t>(all.size()))];
    }

    boost::json::value array_of(std::string_view element, int depth) {
        boost::json::array out;
        const std::uint32_t count = depth > deepest + 1 ? 0 : below(3);
        for (std::uint32_t i = 0; i != count; ++i)
            out.push_back(of(element, depth));
        return out;
    }

    boost::json::value member_of(const type_facts& type, int depth) {
        if (std::string_view(type.name) == "RichText" && depth > deepest)
            return boost::json::value(text());
        return of(pick(type.members), depth);
    }

    /// Message and InaccessibleMessage differ in their date only.
    static boost::json::value distinct(std::string_view type, boost::json::object out) {
        if (type == "InaccessibleMessage")
            out["date"] = 0;
        return out;
    }

    std::mt19937 random_;
    fill fill_;
};

} // namespace facts
