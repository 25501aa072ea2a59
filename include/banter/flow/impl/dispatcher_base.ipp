#pragma once

#include <banter/flow/delivery.hpp>
#include <banter/flow/dispatcher_base.hpp>
#include <banter/telegram/methods.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace banter {

namespace detail {

BANTER_COLD_DECL std::string words_of(std::exception_ptr error) {
    try {
        std::rethrow_exception(std::move(error));
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "something that is no std::exception was thrown";
    }
}

BANTER_COLD_DECL void describe(const work& at, failure& out) {
    out.update_id = at.update.head().update_id;
    out.kind = at.update.head().kind;
    out.handler = at.handler;
    out.update = &at.update;
    out.json = at.update.json();
}

BANTER_COLD_DECL void dispatcher_base::note_exception(work& at, std::exception_ptr error) {
    ++counters_.failures;
    at.effects.clear();
    failure what;
    describe(at, what);
    what.where = failure::stage::handler;
    what.what = words_of(error);
    what.error = std::move(error);
    at.failed = std::move(what);
}

BANTER_COLD_DECL void dispatcher_base::note_error_handler_exception(work& at, std::exception_ptr error) {
    ++counters_.failures;
    at.effects.clear();
    log_error_handler_failure(*at.failed, std::move(error));
}

BANTER_COLD_DECL void dispatcher_base::note_unreadable(work& at, telegram::decode_fault fault) {
    ++counters_.unreadable;
    failure what;
    describe(at, what);
    what.where = failure::stage::decoding;
    what.update = nullptr;
    what.what = telegram::sentence_of(fault);
    if (fault == telegram::decode_fault::unknown_kind)
        what.what.append(": ").append(at.update.head().kind_name);
    at.failed = std::move(what);
}

BANTER_COLD_DECL void dispatcher_base::note_failed_fetch(work& at, std::exception_ptr error) {
    failure what;
    what.where = failure::stage::fetching;
    what.method = "getUpdates";
    what.what = words_of(error);
    what.error = std::move(error);
    at.failed = std::move(what);
}

BANTER_COLD_DECL void dispatcher_base::log_failure(const failure& what) const {
    if (what.where == failure::stage::fetching) return;  // whoever fetches has a line for it
    std::string line = "update " + std::to_string(what.update_id);
    switch (what.where) {
        case failure::stage::fetching: break;
        case failure::stage::decoding: line += " was skipped: "; break;
        case failure::stage::handler:
            line.append(": handler ").append(what.handler).append(" failed: ");
            break;
        case failure::stage::effect:
            line.append(": ").append(what.method).append(" declared by ").append(what.handler);
            line += " failed: ";
            break;
    }
    options_.log(line + what.what);
}

BANTER_COLD_DECL void dispatcher_base::log_hook_failure(std::string_view handler,
                                                  std::exception_ptr error) const {
    options_.log(std::string("middleware failed behind handler ").append(handler) + ": " +
                 words_of(std::move(error)));
}

BANTER_COLD_DECL void dispatcher_base::log_error_handler_failure(const failure& about,
                                                                 std::exception_ptr error) const {
    log_failure(about);
    options_.log("an error handler failed: " + words_of(std::move(error)));
}

BANTER_DECL store_faults dispatcher_base::data_faults() {
    return {this, [](void* self, std::exception_ptr error) {
                dispatcher_base& which = *static_cast<dispatcher_base*>(self);
                ++which.counters_.failures;
                which.options_.log("a store of data failed: " + words_of(std::move(error)));
            }};
}

// ---- alarms ----

BANTER_DECL void dispatcher_base::alarm_step::operator()(boost::system::error_code error) const {
    dispatcher_base* const owner = wait->owner;
    if (owner == nullptr || owner->alarm_ != wait) return;
    owner->alarm_.reset();
    if (!error) owner->next_->alarm(*owner);
}

BANTER_DECL void dispatcher_base::wake_at(std::int64_t time) {
    if (alarm_ && alarm_->time <= time) return;
    stop_alarm();
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
        api_->network().now().time_since_epoch());
    // A clock of microseconds may show a time just before the one that was waited for.
    constexpr std::chrono::nanoseconds least = std::chrono::milliseconds{1};
    alarm_ = std::allocate_shared<alarm_wait>(frame_allocator<alarm_wait>());
    alarm_->owner = this;
    alarm_->time = time;
    api_->network().start_wait(std::max(std::chrono::nanoseconds{time} - now, least),
                               alarm_step{alarm_, executor_});
}

BANTER_DECL void dispatcher_base::stop_alarm() {
    const std::shared_ptr<alarm_wait> gone = std::exchange(alarm_, nullptr);
    if (!gone) return;
    gone->owner = nullptr;
    gone->stop.emit(boost::asio::cancellation_type::all);
}

// ---- the answer to a pressed button ----

BANTER_DECL void dispatcher_base::add_bare_answer(work& at) {
    at.bare_answer = true;
    at.effects.add(answer_callback_query{.callback_query_id = at.update.head().query_id});
}

BANTER_DECL void dispatcher_base::declare_one_answer(work& at, bool last) {
    at.query.close();
    bool answered = at.answered || at.query.answered();
    for (std::size_t i = at.effects.size(); i-- != 0;) {
        if (!answers_query(at.effects[i], at.update.head().query_id)) continue;
        if (answered) at.effects.remove(i);
        answered = true;
    }
    if (!answered && last) add_bare_answer(at);
    at.answers = answered || last;
}

// ---- declared effects ----

BANTER_DECL void dispatcher_base::send_effects(work& at) {
    at.effect = 0;
    at.attempt = 1;
    at.silent_before = false;
    send_next(at);
}

BANTER_DECL void dispatcher_base::send_next(work& at) {
    if (at.effect == at.effects.size()) return next_->effects_sent(*this, at);
    try {
        const request& call = at.effects[at.effect];
        if (!call.fault.empty()) throw limit_error(call.method, call.fault);
        api_->network().start_call(call, at.got,
                                   step{this, &at, &dispatcher_base::on_answer});
    } catch (...) {
        at.refusal = std::current_exception();
        give_up(at);
    }
}

BANTER_DECL void dispatcher_base::next_effect(work& at) {
    if (at.notes_keyboards && at.keyboard_message == 0) note_keyboard(at);
    ++at.effect;
    at.attempt = 1;
    at.silent_before = false;
    send_next(at);
}

BANTER_DECL void dispatcher_base::note_keyboard(work& at) {
    const request& call = at.effects[at.effect];
    if (!call.method.starts_with("send") ||
        call.body.find("\"inline_keyboard\"") == std::string::npos)
        return;
    try {
        const owned_json sent = read_answer(call.method, at.got).result();
        const telegram::message message(read_object(sent, "send..."));
        if (message && message.chat().id() == at.update.head().chat_id)
            at.keyboard_message = message.message_id();
    } catch (const std::exception&) {  // no message: the call failed after all, or the answer is odd
    }
}

BANTER_DECL void dispatcher_base::on_answer(work& at, boost::system::error_code error) {
    if (!error && says_done(at.got))
        next_effect(at);
    else
        on_failed_try(at, error);
}

BANTER_COLD_DECL void dispatcher_base::on_failed_try(work& at, boost::system::error_code error) {
    const request& call = at.effects[at.effect];
    delivery_decision next;
    if (error) {
        next = after_silence(call.method, at.attempt, error);
        at.silent_before = !never_sent(error);
        at.refusal = std::make_exception_ptr(network_error(call.method, error));
    } else {
        const call_outcome outcome = read_answer(call.method, at.got);
        if (!outcome.failure()) return next_effect(at);
        const api_error refused(*outcome.failure());
        // The try whose answer was lost had arrived: there is nothing left to do.
        if (at.silent_before && refused.error_code() == 400) return next_effect(at);
        if (is_so_already(call.method, refused)) return next_effect(at);
        next = after_refusal(call.method, at.attempt, refused);
        at.refusal = std::make_exception_ptr(refused);
    }
    if (!next.retry) return give_up(at);
    try {
        api_->network().start_wait(next.after, step{this, &at, &dispatcher_base::on_waited});
    } catch (...) {  // the failure before stands
        give_up(at);
    }
}

BANTER_COLD_DECL void dispatcher_base::on_waited(work& at, boost::system::error_code error) {
    if (error) return give_up(at);  // the bot is being stopped: the failure before stands
    ++at.attempt;
    send_next(at);
}

BANTER_COLD_DECL void dispatcher_base::give_up(work& at) {
    const std::exception_ptr error = std::exchange(at.refusal, nullptr);
    // The bare answer goes as well as can be: the button may have been pressed long ago.
    const bool bare = at.bare_answer && at.effect + 1 == at.effects.size();
    if (at.error_taken && !bare) {
        ++counters_.failures;
        log_error_handler_failure(*at.failed, error);
    } else if (!at.failed && !bare) {
        ++counters_.failures;
        failure what;
        describe(at, what);
        what.where = failure::stage::effect;
        what.method = at.effects[at.effect].method;
        what.what = words_of(error);
        what.error = error;
        at.failed = std::move(what);
    }
    if (at.answers && !at.answered && !at.query.answered()) {
        // What stood behind is not sent, and an answer that stood there might be wrong by now.
        bool answered = false;
        for (std::size_t i = 0; i <= at.effect; ++i)
            answered = answered || (at.effects[i].fault.empty() &&
                                    answers_query(at.effects[i], at.update.head().query_id));
        if (!answered) {
            at.effects.clear();
            add_bare_answer(at);
            return send_effects(at);
        }
    }
    next_->effects_sent(*this, at);
}

// ---- turns and workers ----

BANTER_DECL void dispatcher_base::post_turn() {
    if (turn_is_posted_) return;
    turn_is_posted_ = true;
    boost::asio::post(executor_, turn{this});
}

/// Puts the worker to sleep, and only then goes on: whatever follows finds it asleep.
struct dispatcher_base::falling_asleep {
    using frame = sleeping_worker::frame;

    dispatcher_base* self;
    work* at;
    coroutine_in_work* coroutine;

    boost::asio::detail::awaitable_thread<boost::asio::any_io_executor>*
    operator()(frame* top) const {
        at->worker.emplace(top->detach_thread());
        at->coroutine = coroutine;
        self->next_->worker_sleeps(*self, *at);
        return nullptr;
    }
};

BANTER_DECL boost::asio::awaitable<void> dispatcher_base::sleep(dispatcher_base& self, work& at) {
    coroutine_in_work coroutine;
    falling_asleep sleeping{&self, &at, &coroutine};
    for (;;) co_await sleeping;
}

BANTER_DECL void dispatcher_base::employ(work& at) {
    boost::asio::co_spawn(executor_, sleep(*this, at), boost::asio::detached);
}

}  // namespace detail
}  // namespace banter
