#pragma once

#include <banter/flow/moved_chats.hpp>

namespace banter::detail {

BANTER_DECL bool moved_chats::add(std::int64_t from, std::int64_t to) {
    if (from == 0 || to == 0 || from == to || names_.contains(from) || names_.contains(to))
        return false;
    names_.emplace(from, name{to, true});
    names_.emplace(to, name{from, false});
    return true;
}

BANTER_DECL std::int64_t moved_chats::newest(std::int64_t id) const {
    const auto found = names_.find(id);
    return found != names_.end() && found->second.is_old ? found->second.other : id;
}

BANTER_DECL std::int64_t moved_chats::other(std::int64_t id) const {
    const auto found = names_.find(id);
    return found != names_.end() ? found->second.other : id;
}

BANTER_DECL void moved_chats::readdress(update_address& address) const {
    const std::int64_t chat = now(address.chat_id);
    if (chat != address.chat_id) address.chat = chat_type::supergroup;
    address.chat_id = chat;
    address.sender_chat_id = now(address.sender_chat_id);
}

}  // namespace banter::detail
