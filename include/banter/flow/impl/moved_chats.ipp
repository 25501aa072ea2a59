#pragma once

#include <banter/flow/moved_chats.hpp>

namespace banter::detail {

BANTER_DECL std::size_t moved_chats::place_of(std::int64_t id) const {
    std::size_t first = 0, last = names_.size();
    while (first != last) {
        const std::size_t middle = first + (last - first) / 2;
        if (names_[middle].id < id)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

BANTER_DECL const moved_chats::name* moved_chats::find(std::int64_t id) const {
    const std::size_t at = place_of(id);
    return at != names_.size() && names_[at].id == id ? &names_[at] : nullptr;
}

BANTER_COLD_DECL void moved_chats::insert(const name& one) {
    const auto at = static_cast<std::ptrdiff_t>(place_of(one.id));
    names_.insert(names_.begin() + at, one);
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
