#pragma once

#include <banter/flow/delivery.hpp>
#include <banter/flow/dispatcher_base.hpp>
#include <banter/telegram/methods.hpp>

namespace banter {

namespace detail {

BANTER_DECL std::string words_of(std::exception_ptr error) {
    try {
        std::rethrow_exception(std::move(error));
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "something that is no std::exception was thrown";
    }
}

BANTER_DECL void describe(const work& at, failure& out) {
    out.update_id = at.update.head().update_id;
    out.kind = at.update.head().kind;
    out.handler = at.handler;
    out.update = &at.update;
    out.json = at.update.json();
}

BANTER_DECL void dispatcher_base::note_exception(work& at, std::exception_ptr error) {
    ++counters_.failures;
    at.effects.clear();
    failure what;
    describe(at, what);
    what.where = failure::stage::handler;
    what.what = words_of(error);
    what.error = std::move(error);
    at.failed = std::move(what);
    // The client of a user who pressed a button waits for an answer, whatever the handler did.
    if (!at.update.head().query_id.empty() && what.kind == update_kind::callback_query)
        at.effects.add(answer_callback_query{.callback_query_id = at.update.head().query_id});
}

BANTER_DECL void dispatcher_base::note_unreadable(work& at, telegram::decode_fault fault) {
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

BANTER_DECL void dispatcher_base::log_failure(const failure& what) const {
    std::string line = "update " + std::to_string(what.update_id);
    switch (what.where) {
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

BANTER_DECL void dispatcher_base::log_error_handler_failure(const failure& about,
                                                            std::exception_ptr error) const {
    log_failure(about);
    options_.log("an error handler failed: " + words_of(std::move(error)));
}

BANTER_DECL boost::asio::awaitable<void> dispatcher_base::deliver(work& at) {
    for (std::size_t i = 0; i != at.effects.size(); ++i) {
        const request& call = at.effects[i];
        bool silent_before = false;
        for (int attempt = 1;; ++attempt) {
            delivery_decision next;
            std::exception_ptr error;
            try {
                auto calling = detail::call_without_result(api_->network(), request(call));
                co_await std::move(calling);
                break;
            } catch (const api_error& refused) {
                // The try whose answer was lost had arrived: there is nothing left to do.
                if (silent_before && refused.error_code() == 400) break;
                next = after_refusal(call.method, attempt, refused);
                error = std::current_exception();
            } catch (const network_error& silent) {
                next = after_silence(call.method, attempt, silent.code());
                silent_before = !never_sent(silent.code());
                error = std::current_exception();
            } catch (...) {
                error = std::current_exception();
            }
            if (next.retry) {
                try {
                    auto waiting = api_->network().wait(next.after);
                    co_await std::move(waiting);
                    continue;
                } catch (...) {  // the bot is being stopped: the failure before stands
                }
            }
            if (at.failed) co_return;  // the bare answer after a failed handler: as well as can be
            ++counters_.failures;
            failure what;
            describe(at, what);
            what.where = failure::stage::effect;
            what.method = call.method;
            what.what = words_of(error);
            what.error = std::move(error);
            at.failed = std::move(what);
            co_return;
        }
    }
}

}  // namespace detail
}  // namespace banter
