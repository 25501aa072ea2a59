// Bodies of testkit/app_core.hpp.
#pragma once

#include <banter/testkit/app_core.hpp>

#include <algorithm>
#include <utility>

namespace banter::testkit::detail {

BANTER_COLD_DECL std::string not_in_state(std::string_view wanted, std::string_view whereabouts) {
    return "the conversation is not in " + std::string(wanted) + ": it is " +
           std::string(whereabouts);
}

BANTER_COLD_DECL telegram::envelope head_of(const actor& user) {
    telegram::envelope head;
    head.kind = update_kind::message;
    head.chat = user.chat_id() == user.id() ? chat_type::private_chat : chat_type::supergroup;
    head.chat_id = user.chat_id();
    head.user_id = user.id();
    head.sender_chat_id = user.where().on_behalf_of;
    head.has_user = true;
    head.thread_id = user.where().thread_id;
    head.is_topic_message = head.thread_id != 0;
    if (const auto m = user.telegram().last_with_buttons(user.where()))
        head.message_id = m->message_id();
    return head;
}

BANTER_COLD_DECL app_core::app_core() : network_(telegram_), api_(gateway(network_)) {
    api_.set_identity({telegram_.bot_id(), telegram_.bot_username(), "Banter Test"});
}

BANTER_COLD_DECL void app_core::serve(net::update_sink sink) {
    sink_ = sink;
    sink_.listen(
        sink_.object,
        [](void* self, std::int64_t id) {
            auto& ids = static_cast<app_core*>(self)->in_work_;
            if (const auto found = ids.find(id); found != ids.end()) ids.erase(found);
        },
        this);
}

/// True if any update was taken.
BANTER_COLD_DECL bool app_core::offer_updates() {
    for (auto& u : telegram_.take_updates()) waiting_.push_back(std::move(u));
    std::vector<queued_update> refused;
    bool any = false;
    for (auto& u : std::exchange(waiting_, {})) {
        std::int64_t id = u.update_id;
        const auto result = sink_.offer(sink_.object, u.json, id);
        any = any || result != net::offer_result::busy;
        if (result == net::offer_result::pending) in_work_.insert(id);
        if (result == net::offer_result::busy) refused.push_back(std::move(u));
    }
    waiting_ = std::move(refused);
    return any;
}

BANTER_COLD_DECL void app_core::settle() {
    bool busy = true;
    while (busy) {
        const bool took = offer_updates();
        busy = network_.settle() > 0 || took;
    }
}

BANTER_COLD_DECL void app_core::advance(std::chrono::nanoseconds duration) {
    settle();
    // Step by step, so that what is refused now is offered again as soon as there is room.
    while (duration.count() > 0) {
        const auto step = std::min(duration, std::max(network_.until_next(), std::chrono::nanoseconds(1)));
        network_.advance(step);
        duration -= step;
        settle();
    }
}

BANTER_COLD_DECL void app_core::fail_fetching(std::exception_ptr error) {
    if (sink_.fetching_failed != nullptr) sink_.fetching_failed(sink_.object, std::move(error));
    settle();
}

BANTER_COLD_DECL actor::settler app_core::settler() {
    return {this, [](void* self) { static_cast<app_core*>(self)->settle(); }};
}

BANTER_COLD_DECL log_sink app_core::error_log() {
    log_sink out;
    out.object = this;
    out.write = [](void* self, std::string_view line) {
        static_cast<app_core*>(self)->errors_.emplace_back(line);
    };
    return out;
}

}  // namespace banter::testkit::detail
