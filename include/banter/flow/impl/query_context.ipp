#pragma once

#include <banter/flow/generated/reply_options.hpp>
#include <banter/flow/query_context.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/types.hpp>

namespace banter {

BANTER_DECL std::string_view inline_context::offset() const {
    return update().inline_query().offset();
}

BANTER_DECL void inline_context::answer(const list_of<inline_query_result>& results) {
    answer(results, inline_options{});
}

BANTER_DECL void inline_context::answer(const list_of<inline_query_result>& results,
                                        const inline_options& options) {
    answer_inline_query call{.inline_query_id = query_id(), .results = results};
    call.cache_time = options.cache_time;
    call.is_personal = options.is_personal;
    call.next_offset = options.next_offset;
    call.button = options.button;
    call.extra = options.extra;
    effects_->add(call);
}

BANTER_DECL void shipping_context::accept(const list_of<shipping_option>& ways) {
    answer_shipping_query call{.shipping_query_id = query_id(), .ok = true};
    call.shipping_options = ways;
    effects_->add(call);
}

BANTER_DECL void shipping_context::refuse(std::string_view why) {
    answer_shipping_query call{.shipping_query_id = query_id(), .ok = false};
    call.error_message = why;
    effects_->add(call);
}

BANTER_DECL void checkout_context::approve() {
    effects_->add(answer_pre_checkout_query{.pre_checkout_query_id = query_id(), .ok = true});
}

BANTER_DECL void checkout_context::refuse(std::string_view why) {
    answer_pre_checkout_query call{.pre_checkout_query_id = query_id(), .ok = false};
    call.error_message = why;
    effects_->add(call);
}

}  // namespace banter
