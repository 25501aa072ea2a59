#pragma once

#include <banter/telegram/open_query.hpp>

#include <cstddef>

namespace banter::detail {

BANTER_DECL bool answers_query(const request& call, std::string_view id) {
    if (call.method != "answerCallbackQuery" || id.empty()) return false;
    // Whoever wrote the body: an id has no character that JSON escapes.
    const std::string_view body = call.body;
    for (std::size_t at = body.find(id); at != std::string_view::npos; at = body.find(id, at + 1)) {
        const std::size_t behind = at + id.size();
        if (at != 0 && body[at - 1] == '"' && behind != body.size() && body[behind] == '"')
            return true;
    }
    return false;
}

BANTER_DECL void open_queries::note(const request& call, bool answered) const {
    for (open_query* one = first_; one != nullptr; one = one->next_)
        if (answers_query(call, one->id_)) one->answered_ = answered;
}

}  // namespace banter::detail
