#pragma once

#include <banter/flow/moved_chats.hpp>

#include <algorithm>

namespace banter::detail {

BANTER_DECL const moved_chats::name* moved_chats::find(std::int64_t id) const {
    const auto at = std::lower_bound(names_.begin(), names_.end(), id, is_before);
    return at != names_.end() && at->id == id ? &*at : nullptr;
}

BANTER_COLD_DECL void moved_chats::insert(const name& one) {
    names_.insert(std::lower_bound(names_.begin(), names_.end(), one.id, is_before), one);
}

BANTER_COLD_DECL bool moved_chats::add(std::int64_t from, std::int64_t to) {
    if (from == 0 || to == 0 || from == to || find(from) != nullptr || find(to) != nullptr)
        return false;
    insert({from, to, true});
    insert({to, from, false});
    return true;
}

BANTER_DECL std::int64_t moved_chats::newest(std::int64_t id) const {
    const name* const found = find(id);
    return found != nullptr && found->is_old ? found->other : id;
}

BANTER_DECL std::int64_t moved_chats::other(std::int64_t id) const {
    const name* const found = find(id);
    return found != nullptr ? found->other : id;
}

BANTER_DECL void moved_chats::readdress(update_address& address) const {
    const std::int64_t chat = now(address.chat_id);
    if (chat != address.chat_id) address.chat = chat_type::supergroup;
    address.chat_id = chat;
    address.sender_chat_id = now(address.sender_chat_id);
}

}  // namespace banter::detail
