// What has changed about a member of a chat, field by field (PTB: ChatMemberUpdated.difference).
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/types.hpp>

#include <boost/json/fwd.hpp>

#include <string_view>
#include <vector>

namespace banter {

/// A field of ChatMember that is not what it was, by the Bot API's name.
struct member_difference {
    std::string_view field;
    /// What it was and what it is; null where the field was or is not there.
    const boost::json::value* before = nullptr;
    const boost::json::value* after = nullptr;
};

/// The fields in which the new membership differs from the old one, in the order of their names; empty
/// where nothing has changed. The user is left out: it is the same one. The views are good as long as
/// the update.
[[nodiscard]] std::vector<member_difference> differences(const telegram::chat_member_updated& change);

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/member_differences.ipp>
#endif
