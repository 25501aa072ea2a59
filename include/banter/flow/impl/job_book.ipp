#pragma once

#include <banter/flow/job_book.hpp>

#include <stdexcept>

namespace banter::detail {

BANTER_DECL update_address job_address(const telegram::envelope* update,
                                       std::optional<std::int64_t> chat_id,
                                       std::optional<std::int64_t> user_id) {
    update_address out;
    if (update != nullptr) out.assign(*update);
    if (chat_id && *chat_id != out.chat_id) {
        const bool has_user = out.has_user;
        const std::int64_t user = out.user_id;
        out = {};
        out.has_user = has_user;
        out.user_id = user;
        out.chat_id = *chat_id;
        // What an id says: users' are positive, those of supergroups and channels begin with -100.
        out.chat = *chat_id > 0                     ? chat_type::private_chat
                   : *chat_id > -1'000'000'000'000 ? chat_type::group
                                                    : chat_type::supergroup;
    }
    if (user_id) {
        out.user_id = *user_id;
        out.sender_chat_id = 0;
        out.has_user = true;
    }
    return out;
}

BANTER_DECL void require_address(const update_address& where, bool needs_chat, bool needs_user) {
    if (needs_chat && where.chat == chat_type::none)
        throw std::logic_error(
            "this job needs a chat, and the update it is made for has none: name one, "
            "{.chat_id = ...}");
    if (needs_user && !where.has_user)
        throw std::logic_error(
            "this job needs a user, and the update it is made for has none: name one, "
            "{.user_id = ...}");
}

BANTER_DECL std::optional<schedule::time_point> first_run(const schedule& when,
                                                          schedule::time_point now) {
    if (auto next = when.next(now)) return next;
    return when.repeats() ? std::nullopt : when.next(schedule::time_point::min());
}

}  // namespace banter::detail
