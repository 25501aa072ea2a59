#pragma once

#include <banter/telegram/names.hpp>
#include <banter/telegram/text.hpp>

namespace banter {

BANTER_DECL std::string full_name(const telegram::user& who) {
    const std::string_view last = who.last_name().value_or("");
    return last.empty() ? std::string(who.first_name()) : concat(who.first_name(), ' ', last);
}

BANTER_DECL std::string mention_html(const telegram::user& who) {
    return mention_html(who.id(), full_name(who));
}

}  // namespace banter
