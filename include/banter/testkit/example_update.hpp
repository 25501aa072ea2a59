// Updates as JSON, made from the solver's examples (flow/solver.hpp): what an example leaves open
// gets a plausible value by the Bot API's schema.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/solver.hpp>

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace banter::testkit::detail {

/// The user name of a bot that is to take an example in; commands that an example addresses to
/// another bot are addressed to `other_bot`.
inline constexpr std::string_view own_bot = "this_bot";
inline constexpr std::string_view other_bot = "another_bot";

/// The text of a message that is a text; of the others, the empty one.
std::string text_of(const banter::detail::example_update& example);

/// The fields of a message that give it its content: text, media, caption, entities.
boost::json::object content_of(const banter::detail::example_update& example);

/// What the user and the chat have to have, as fields of `from` and `chat`; without those where
/// anybody anywhere would do.
boost::json::object origin_of(const banter::detail::example_update& example);

/// What stands in the update's field of the example's kind: a Message, a CallbackQuery...
boost::json::object payload_of(const banter::detail::example_update& example);

/// The whole Update.
std::string json_of(const banter::detail::example_update& example, std::int64_t update_id = 1);

}  // namespace banter::testkit::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/example_update.ipp>
#endif
