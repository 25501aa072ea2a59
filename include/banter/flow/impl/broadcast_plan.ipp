#pragma once

#include <banter/flow/broadcast_plan.hpp>
#include <banter/telegram/retry.hpp>

#include <boost/system/errc.hpp>

#include <algorithm>
#include <utility>

namespace banter::detail {

BANTER_DECL pacer::time_point pacer::ready(std::int64_t chat) const {
    const time_point all = std::max(next_, hold_);
    const auto found = chats_.find(chat);
    if (found == chats_.end())
        return all;
    const memory& of = found->second;
    time_point when = std::max(all, of.until);
    if (!of.sent.empty())
        when = std::max(when, of.sent.back() + pace_.chat_gap);
    const auto group = static_cast<std::size_t>(std::max(pace_.group_per_minute, 1));
    if (chat < 0 && of.sent.size() >= group)
        when = std::max(when, of.sent[of.sent.size() - group] + std::chrono::minutes(1));
    return when;
}

BANTER_DECL void pacer::sending(std::int64_t chat, time_point now) {
    forget_old(now);
    next_ = now + std::chrono::duration_cast<time_point::duration>(std::chrono::seconds(1)) /
                      std::max(pace_.per_second, 1);
    memory& of = chats_[chat];
    of.sent.push_back(now);
    const auto kept = static_cast<std::size_t>(chat < 0 ? std::max(pace_.group_per_minute, 1) : 1);
    while (of.sent.size() > kept)
        of.sent.pop_front();
    const time_point::duration gap = pace_.chat_gap;
    keep(chat, of, now + (chat < 0 ? std::max<time_point::duration>(std::chrono::minutes(1), gap) : gap));
}

BANTER_DECL void pacer::flooded(std::int64_t chat, time_point now,
                                std::chrono::seconds retry_after) {
    const time_point until = now + retry_after;
    if (flood_until_ > now && flood_chat_ != chat)
        hold_ = std::max({hold_, until, flood_until_});
    flood_until_ = until;
    flood_chat_ = chat;
    memory& of = chats_[chat];
    of.until = std::max(of.until, until);
    keep(chat, of, until);
}

BANTER_DECL void pacer::keep(std::int64_t chat, memory& of, time_point until) {
    order_.erase({of.forget, chat});
    of.forget = std::max(of.forget, until);
    order_.emplace(of.forget, chat);
}

BANTER_DECL void pacer::forget_old(time_point now) {
    while (!order_.empty() && order_.begin()->first <= now) {
        chats_.erase(order_.begin()->second);
        order_.erase(order_.begin());
    }
}

inline bool says_gone(std::string_view description) noexcept {
    constexpr std::string_view words[] = {"chat not found", "PEER_ID_INVALID", "user not found",
                                          "group chat was deactivated", "chat was deleted"};
    for (const std::string_view one : words)
        if (description.find(one) != std::string_view::npos) return true;
    return false;
}

BANTER_DECL broadcast_verdict judge_answer(std::string_view method, const answer& got) {
    using kind = broadcast_verdict::kind;
    broadcast_verdict out;
    if (says_done(got))
        return out;
    const call_outcome outcome = banter::read_answer(method, got);
    if (!outcome.failure())
        return out;
    const api_failure& why = *outcome.failure();
    out.why = api_error(why).what();
    out.what = kind::failed;
    if (why.retry_after) {
        out.what = kind::flooded;
        out.retry_after = *why.retry_after;
    } else if (why.migrate_to_chat_id) {
        out.what = kind::moved;
        out.new_id = *why.migrate_to_chat_id;
    } else if (why.error_code == 403) {
        out.what = kind::blocked;
    } else if (why.error_code == 400 && says_gone(why.description)) {
        out.what = kind::gone;
    }
    return out;
}

// A message whose answer was lost may have arrived: it is not sent again.
BANTER_DECL broadcast_verdict judge_silence(boost::system::error_code fault) {
    broadcast_verdict out;
    const bool again = never_sent(fault) && fault != boost::system::errc::invalid_argument;
    out.what = again ? broadcast_verdict::kind::unreachable : broadcast_verdict::kind::failed;
    out.why = "no answer: " + fault.message();
    return out;
}

BANTER_DECL broadcast_step broadcast_plan::next(time_point now) {
    using kind = broadcast_step::kind;
    broadcast_step step;
    step.what = kind::listen;
    if (under_way_ >= parallel_)
        return step;
    std::size_t best = waiting_.size();
    time_point when = time_point::max();
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
        const time_point its = std::max(pacer_.ready(waiting_[i].chat), waiting_[i].not_before);
        if (its >= when)
            continue;
        best = i;
        when = its;
        if (its <= now)
            break;
    }
    if (when <= now) {
        step.what = kind::send;
        step.to = waiting_[best];
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(best));
        pacer_.sending(step.to.chat, now);
        ++under_way_;
    } else if (!exhausted_ && waiting_.size() < look_ahead) {
        step.what = kind::more;
    } else if (best != waiting_.size()) {
        step.what = kind::wait;
        step.until = when;
    } else if (under_way_ == 0) {
        step.what = kind::finished;
    }
    return step;
}

BANTER_DECL void broadcast_plan::add(std::int64_t chat) {
    recipient to;
    to.chat = to.listed = chat;
    waiting_.push_back(to);
}

BANTER_DECL void broadcast_plan::stop() noexcept {
    report_.stopped = report_.stopped || !exhausted_ || !waiting_.empty();
    stopping_ = exhausted_ = true;
    waiting_.clear();
}

BANTER_DECL void broadcast_plan::try_again(recipient to, time_point when) {
    to.not_before = when;
    if (stopping_)
        report_.stopped = true;
    else
        waiting_.push_back(to);
}

BANTER_DECL void broadcast_plan::give_up(const recipient& to, std::string why) {
    ++report_.failed;
    if (report_.failures.size() < listed_)
        report_.failures.push_back({to.listed, std::move(why)});
}

BANTER_DECL void broadcast_plan::answered(recipient to, broadcast_verdict verdict, time_point now) {
    using kind = broadcast_verdict::kind;
    --under_way_;
    switch (verdict.what) {
    case kind::sent:
        ++report_.sent;
        if (to.chat == to.listed)
            return;
        ++report_.migrated;
        if (report_.moves.size() < listed_)
            report_.moves.push_back({to.listed, to.chat});
        return;
    case kind::blocked:
        ++report_.blocked;
        if (report_.blocked_chats.size() < listed_)
            report_.blocked_chats.push_back(to.listed);
        return;
    case kind::gone:
        ++report_.gone;
        if (report_.gone_chats.size() < listed_)
            report_.gone_chats.push_back(to.listed);
        return;
    case kind::failed: return give_up(to, std::move(verdict.why));
    case kind::moved:
        // A chat moves once: another move is somebody's mistake.
        if (to.chat != to.listed || verdict.new_id == to.chat)
            return give_up(to, std::move(verdict.why));
        to.chat = verdict.new_id;
        return try_again(to, now);
    case kind::flooded:
        pacer_.flooded(to.chat, now, verdict.retry_after);
        if (++to.floods > most_floods)
            return give_up(to, std::move(verdict.why));
        return try_again(to, now);
    case kind::unreachable:
        if (++to.attempts >= most_attempts)
            return give_up(to, std::move(verdict.why));
        return try_again(to, now + std::chrono::seconds(1 << (to.attempts - 1)));
    }
}

}  // namespace banter::detail
