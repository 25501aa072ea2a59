// Bodies of testkit/json_access.hpp.
#pragma once

#include <banter/testkit/json_access.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace banter::testkit::detail {

BANTER_COLD_DECL std::string text_in(const boost::json::object& object, std::string_view name) {
    const auto* v = object.if_contains(name);
    if (v == nullptr) return {};
    return v->is_string() ? std::string(v->get_string()) : boost::json::serialize(*v);
}

BANTER_COLD_DECL std::int64_t number_in(const boost::json::object& object, std::string_view name) {
    const auto* v = object.if_contains(name);
    if (v == nullptr) return 0;
    if (v->is_int64()) return v->get_int64();
    return v->is_uint64() ? static_cast<std::int64_t>(v->get_uint64()) : 0;
}

BANTER_COLD_DECL const boost::json::object* object_in(const boost::json::object& object,
                                                      std::string_view name) {
    const auto* v = object.if_contains(name);
    return v == nullptr ? nullptr : v->if_object();
}

// A plain string is a text button.
BANTER_COLD_DECL button_view read_button(const boost::json::value& v) {
    if (v.is_string()) return {std::string(v.get_string()), "text", {}};
    button_view out{{}, "text", {}};
    if (!v.is_object()) return out;
    for (const auto& [name, value] : v.get_object()) {
        if (name == "text") {
            out.label = value.is_string() ? std::string(value.get_string()) : std::string();
        } else if (name != "style" && name != "icon_custom_emoji_id") {
            out.kind = std::string(name);
            out.value = value.is_string() ? std::string(value.get_string())
                                          : boost::json::serialize(value);
            if (value.is_object())
                if (const auto url = text_in(value.get_object(), "url"); !url.empty())
                    out.value = url;
        }
    }
    return out;
}

BANTER_COLD_DECL button_rows read_rows(const boost::json::value* rows) {
    button_rows out;
    if (rows == nullptr || !rows->is_array()) return out;
    for (const auto& row : rows->get_array()) {
        if (!row.is_array()) continue;
        out.emplace_back();
        for (const auto& b : row.get_array()) out.back().push_back(read_button(b));
    }
    return out;
}

}  // namespace banter::testkit::detail
