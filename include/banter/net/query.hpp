// Query strings and forms (application/x-www-form-urlencoded), as a web server of one's own gets them.
#pragma once

#include <banter/config.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banter::net {

/// The fields of a query string, in their order; one may stand there more than once.
using query_fields = std::vector<std::pair<std::string, std::string>>;

/// Reads `user_id=5&note=two+words`, without a question mark in front. A name alone has an empty value.
/// Nothing if an escape (%..) is broken, or if there are more fields than `most`.
std::optional<query_fields> parse_query(std::string_view text, std::size_t most = 64);

/// The value of a field, the last one of several; nullptr where there is none.
const std::string* field_of(const query_fields& fields, std::string_view name) noexcept;

}  // namespace banter::net

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/query.ipp>
#endif
