// Bodies of telegram/member_differences.hpp.
#pragma once

#include <banter/telegram/member_differences.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace banter {

BANTER_DECL std::vector<member_difference> differences(
    const telegram::chat_member_updated& change) {
    const auto member = [&change](const char* field) -> const boost::json::object& {
        static const boost::json::object nobody;
        const boost::json::value* const found = change.raw().if_contains(field);
        return found != nullptr && found->is_object() ? found->get_object() : nobody;
    };
    const boost::json::object& before = member("old_chat_member");
    const boost::json::object& after = member("new_chat_member");
    std::vector<member_difference> out;
    for (const auto& field : before) {
        const boost::json::value* const now = after.if_contains(field.key());
        if (field.key() != "user" && (now == nullptr || *now != field.value()))
            out.push_back({field.key(), &field.value(), now});
    }
    for (const auto& field : after)
        if (field.key() != "user" && !before.contains(field.key()))
            out.push_back({field.key(), nullptr, &field.value()});
    std::ranges::sort(out, {}, &member_difference::field);
    return out;
}

}  // namespace banter
