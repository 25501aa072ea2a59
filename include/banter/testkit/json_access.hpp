// Reading the JSON objects of the Bot API without knowing their types: used by the test kit's bodies.
#pragma once

#include <banter/config.hpp>
#include <banter/testkit/buttons.hpp>

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace banter::testkit::detail {

/// A member: a string's text, anything else as JSON, empty if it is not there.
std::string text_in(const boost::json::object& object, std::string_view name);
/// An integer member, 0 if it is not there.
std::int64_t number_in(const boost::json::object& object, std::string_view name);
/// An object member, null if it is not there.
const boost::json::object* object_in(const boost::json::object& object, std::string_view name);
/// A button of an inline or reply keyboard.
button_view read_button(const boost::json::value& button);
/// The rows of a keyboard; none if `rows` is null or no array.
button_rows read_rows(const boost::json::value* rows);

}  // namespace banter::testkit::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/json_access.ipp>
#endif
