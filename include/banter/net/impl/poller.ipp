#pragma once

#include <banter/net/json_scan.hpp>
#include <banter/net/poller.hpp>
#include <banter/telegram/envelope.hpp>
#include <banter/telegram/error.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace banter::net {

namespace detail {

inline constexpr std::size_t remembered_ids = 1024;
// Larger than any gap between two updates that a server sends out of order.
inline constexpr std::int64_t renumbered_gap = 1'000'000;
inline constexpr std::int64_t largest_id = std::int64_t{1} << 53;

inline std::string seconds_text(std::chrono::milliseconds time) {
    std::string out = std::to_string(time.count() / 1000);
    auto rest = std::to_string(time.count() % 1000);
    rest.insert(0, 3 - rest.size(), '0');
    while (rest.ends_with('0'))
        rest.pop_back();
    if (!rest.empty())
        out.append(".").append(rest);
    return out + " s";
}

/// A server's words, as far as they are fit for one line of a log.
inline std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 200)) {
        const auto code = static_cast<unsigned char>(c);
        out.push_back(code < 0x20 || code == 0x7f ? ' ' : c);
    }
    if (text.size() > 200)
        out.append("...");
    return out;
}

}  // namespace detail

BANTER_COLD_DECL poller::poller(poller_options options,
                                std::span<const std::string_view> allowed_updates, log_sink log)
    : options_(options), log_(log) {
    options_.window = std::clamp(options_.window, 1, 100);
    options_.timeout =
        std::clamp(options_.timeout, std::chrono::seconds(0), std::chrono::seconds(600));
    next_pause_ = options_.first_pause;
    for (const auto name : allowed_updates) {
        allowed_updates_.append(allowed_updates_.empty() ? "[\"" : ",\"").append(name).append("\"");
    }
    if (!allowed_updates_.empty())
        allowed_updates_.append("]");
    start_call("getMe", "{}");
}

// ---- what is to be done ----

BANTER_COLD_DECL poller::action poller::next() {
    action out;
    if (phase_ == phase::stopped) {
        out.exit = exit_;
        return out;
    }
    if (phase_ == phase::draining)
        return wait(options_.grace);
    if (polling()) {
        if (entry* one = untried()) {
            out.what = step::offer;
            out.ticket = one->id;
            out.text = one->kept.empty() ? one->view : std::string_view(one->kept);
            return out;
        }
        if (method_.empty()) {
            if (pausing_)
                return wait(pause_);
            if (blind_ && any(taken::held) && !idling_)
                begin_wait(idling_);
            if (idling_)
                return wait(idle_);
            if (blind_)
                return wait(for_ever);
            start_fetch();
        }
    }
    if (pausing_)
        return wait(pause_);
    out.what = step::call;
    out.method = method_;
    out.body = call_body_;
    return out;
}

BANTER_COLD_DECL poller::action poller::wait(std::chrono::milliseconds pause) const noexcept {
    action out;
    out.what = step::wait;
    out.pause = pause;
    out.wait_number = wait_number_;
    return out;
}

BANTER_COLD_DECL void poller::start_call(std::string_view method, std::string_view body) {
    method_ = method;
    call_body_ = body;
}

BANTER_COLD_DECL void poller::start_fetch() {
    asked_limit_ = singly_ ? 1 : options_.window;
    std::string body = "{";
    if (offset_ > 0)
        body.append("\"offset\":").append(std::to_string(offset_)).append(",");
    if (asked_limit_ != 100)
        body.append("\"limit\":").append(std::to_string(asked_limit_)).append(",");
    body.append("\"timeout\":").append(std::to_string(options_.timeout.count()));
    if (!allowed_updates_.empty())
        body.append(",\"allowed_updates\":").append(allowed_updates_);
    body.append("}");
    polled_ = true;
    start_call("getUpdates", body);
}

// ---- events: calls ----

BANTER_COLD_DECL void poller::answered(int status, std::string body, std::chrono::milliseconds took) {
    if (method_.empty())
        return;
    if (phase_ == phase::confirming) {
        const refusal what = read_refusal(body);
        if (!what.ok)
            log_("the last offset could not be confirmed (HTTP " + std::to_string(status) +
                 "); the last updates may come again");
        phase_ = phase::stopped;
    } else if (polling()) {
        read_updates(status, std::move(body), took);
    } else if (phase_ == phase::get_me) {
        read_identity(status, body);
    } else if (phase_ == phase::delete_webhook) {
        const refusal what = read_refusal(body);
        if (status != 200 || !what.ok) {
            judge(status, what);
            return;
        }
        recovered();
        method_.clear();
        phase_ = phase::polling;
    }
}

BANTER_COLD_DECL void poller::failed(std::string_view why, bool too_large) {
    if (method_.empty())
        return;
    if (phase_ == phase::confirming) {
        log_("the last offset could not be confirmed (" + std::string(why) +
             "); the last updates may come again");
        phase_ = phase::stopped;
        return;
    }
    if (polling() && too_large) {
        const bool alone = asked_limit_ == 1;
        if (alone && ++too_large_ >= 2 && offset_ > 0 && entries_.empty()) {
            // The update at hand is the lowest one from the offset on, so a step of one loses no
            // other.
            highest_ = std::max(highest_, offset_);
            ++offset_;
            ++passed_by_;
        }
        singly_ = true;
        singles_ = 0;
    }
    back_off(why);
}

BANTER_COLD_DECL poller::refusal poller::read_refusal(std::string_view body) {
    refusal out;
    boost::system::error_code fault;
    const boost::json::value document = boost::json::parse({body.data(), body.size()}, fault);
    const auto* object = fault ? nullptr : document.if_object();
    if (object == nullptr)
        return out;
    const auto* ok = object->if_contains("ok");
    if (ok == nullptr || !ok->is_bool())
        return out;
    out.is_json = true;
    out.ok = ok->get_bool();
    if (const auto* code = object->if_contains("error_code"); code != nullptr && code->is_int64())
        out.code = static_cast<int>(code->get_int64());
    if (const auto* text = object->if_contains("description");
        text != nullptr && text->is_string()) {
        const auto& words = text->get_string();
        out.description = detail::printable({words.data(), words.size()});
    }
    const auto* more = object->if_contains("parameters");
    if (more != nullptr && more->is_object()) {
        const auto* after = more->get_object().if_contains("retry_after");
        if (after != nullptr && after->is_int64() && after->get_int64() >= 0)
            out.retry_after = std::min<std::int64_t>(after->get_int64(), 24 * 3600);
    }
    return out;
}

BANTER_COLD_DECL void poller::read_identity(int status, std::string_view body) {
    boost::system::error_code fault;
    const boost::json::value document = boost::json::parse({body.data(), body.size()}, fault);
    const auto* object = fault ? nullptr : document.if_object();
    const auto* result = object == nullptr ? nullptr : object->if_contains("result");
    const auto* id = result == nullptr || !result->is_object()
                         ? nullptr
                         : result->get_object().if_contains("id");
    if (status != 200 || id == nullptr || !id->is_int64()) {
        judge(status, read_refusal(body));
        return;
    }
    id_ = id->get_int64();
    const auto text = [&](std::string_view key) {
        const auto* value = result->get_object().if_contains({key.data(), key.size()});
        if (value == nullptr || !value->is_string())
            return std::string();
        return std::string(value->get_string().data(), value->get_string().size());
    };
    username_ = text("username");
    first_name_ = text("first_name");
    recovered();
    phase_ = phase::delete_webhook;
    start_call("deleteWebhook",
               options_.drop_pending_updates ? "{\"drop_pending_updates\":true}" : "{}");
}

BANTER_COLD_DECL void poller::judge(int status, const refusal& what) {
    const int code = what.is_json && !what.ok && what.code != 0 ? what.code : status;
    if (polling() && code != 429)
        fault_ = std::make_exception_ptr(api_error(
            {method_, status, code,
             what.is_json ? what.description : "the body is no answer of the Bot API", {}, {}}));
    if (!what.is_json || what.ok) {
        back_off("HTTP " + std::to_string(status) + " and a body that is no answer of the Bot API" +
                 (polled_ ? "" : "; check BOT_API_URL"));
        return;
    }
    const std::string said = std::to_string(code) + " " + what.description;
    if (code == 401)
        return refuse("the token is refused (" + said + "); check BOT_TOKEN");
    if (code == 404)
        return refuse("the server knows no such bot (" + said +
                      "); check BOT_TOKEN and BOT_API_URL");
    if (code == 409)
        return back_off(said +
                        "; only one program may fetch a bot's updates: stop the other one, or "
                        "give this one a token of its own");
    back_off(said, std::chrono::seconds(std::max<std::int64_t>(what.retry_after, 0)));
}

BANTER_COLD_DECL void poller::refuse(std::string_view why) {
    fault_ = nullptr;
    log_(method_ + ": " + std::string(why));
    exit_ = poll_exit::refused;
    polled_ = false;  // there is nobody who would take the last offset
    drain();
}

BANTER_COLD_DECL void poller::back_off(std::string_view why, std::chrono::milliseconds at_least) {
    pause_ = std::max(next_pause_, at_least);
    next_pause_ = std::min(next_pause_ * 3 / 2, options_.longest_pause);
    ++attempts_;
    log_(method_ + " failed (attempt " + std::to_string(attempts_) + "): " + std::string(why) +
         "; next attempt in " + detail::seconds_text(pause_));
    if (polling())
        method_.clear();  // composed anew: the offset may move meanwhile
    begin_wait(pausing_);
}

BANTER_COLD_DECL void poller::cannot_read(const std::string& why) {
    fault_ = std::make_exception_ptr(decode_error("getUpdates:", "", why));
    back_off(why);
}

BANTER_COLD_DECL void poller::recovered() noexcept {
    next_pause_ = options_.first_pause;
    attempts_ = 0;
}

BANTER_COLD_DECL void poller::begin_wait(bool& flag) noexcept {
    if (&flag == &idling_) {
        using std::chrono::milliseconds;
        idle_ = idle_.count() == 0 ? milliseconds(50) : std::min(idle_ * 2, milliseconds(1000));
    }
    flag = true;
    ++wait_number_;
}

// ---- events: updates ----

BANTER_COLD_DECL void poller::read_updates(int status, std::string body,
                                           std::chrono::milliseconds took) {
    body_ = std::move(body);
    pieces_.clear();
    if (status != 200 || !telegram::split_updates(body_, pieces_)) {
        const refusal what = read_refusal(body_);
        const bool looks_good = status == 200 && (!what.is_json || what.ok);
        if (looks_good)
            cannot_read("the answer (" + std::to_string(body_.size()) + " bytes) cannot be read");
        else
            judge(status, what);
        return;
    }
    const bool doubtful = doubtful_tail();
    if (doubtful)
        cannot_read("the answer breaks off inside an update");
    else
        recovered();
    method_.clear();
    too_large_ = 0;
    batch_open_ = true;
    nameless_ = false;
    batch_count_ = pieces_.size();
    batch_new_ = 0;
    const bool quick = pieces_.empty() && took < std::chrono::milliseconds(200);
    quick_empty_ = quick ? std::min(quick_empty_ + 1, 3u) : 0;
    if (pieces_.empty() || ++singles_ > options_.window)
        singly_ = false;
    for (const auto piece : pieces_)
        take(piece);
    if (offset_ == 0)
        move_offset();  // to the lowest of the first answer, whatever its order
    if (batch_new_ > 0)
        idle_ = {};
    blind_ = batch_count_ >= static_cast<std::size_t>(asked_limit_) && batch_new_ == 0 &&
             !nameless_ && !entries_.empty();
    if (blind_)
        log_(std::to_string(batch_count_) + " updates are fetched and wait for update " +
             std::to_string(offset_) + ", which is still being handled");
    if (untried() == nullptr)
        close_batch();
}

BANTER_COLD_DECL void poller::take(std::string_view text) {
    auto found = detail::find_update_id(text);
    if (!found && !text.ends_with('}'))
        found = detail::find_any_update_id(text);
    entry one;
    one.view = text;
    if (!found || *found <= 0 || *found > detail::largest_id) {
        nameless_ = true;  // offered once, and not waited for: its place in the order is unknown
        entries_.push_back(std::move(one));
        return;
    }
    one.id = *found;
    if (!is_new(one.id))
        return;
    ++batch_new_;
    highest_ = std::max(highest_, one.id);
    entries_.push_back(std::move(one));
}

BANTER_COLD_DECL bool poller::is_new(std::int64_t id) {
    for (const entry& known : entries_)
        if (known.id == id)
            return false;
    if (id > highest_)
        return true;
    if (std::find(done_.begin(), done_.end(), id) != done_.end())
        return false;
    if (offset_ - id > detail::renumbered_gap) {
        // After a week without updates Telegram goes on from a random number.
        if (!entries_.empty())
            return false;
        log_("the server numbers its updates anew, from " + std::to_string(id));
        done_.clear();
        done_next_ = 0;
        highest_ = offset_ = id;
        return true;
    }
    // Out of order. What is older than everything remembered was handled long ago.
    return done_.size() < detail::remembered_ids ||
           id > *std::min_element(done_.begin(), done_.end());
}

BANTER_COLD_DECL bool poller::doubtful_tail() {
    if (pieces_.empty())
        return false;
    const std::string_view last = pieces_.back();
    if (detail::closes(last)) {
        suspect_ = -1;
        return false;
    }
    const auto id = detail::find_any_update_id(last);
    const std::int64_t suspect = id ? *id : 0;
    if (suspect == suspect_) {  // the second time: it is the update that is broken, not the answer
        suspect_ = -1;
        ++passed_by_;
        return false;
    }
    suspect_ = suspect;
    pieces_.pop_back();
    return true;
}

BANTER_COLD_DECL void poller::offered(std::int64_t ticket, offer_result result) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        entry& one = entries_[i];
        if (one.id != ticket || one.tried || one.state == taken::running)
            continue;
        one.tried = true;
        if (ticket == 0) {
            entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(i));
        } else if (result == offer_result::done) {
            finish_entry(i);
        } else if (result == offer_result::pending) {
            one.state = taken::running;
            one.view = {};
            one.kept = {};
        } else if (one.state == taken::fresh) {
            one.state = taken::held;
            one.kept = one.view;
            one.view = {};
        }
        break;
    }
    if (polling() && untried() == nullptr)
        close_batch();
}

BANTER_COLD_DECL void poller::close_batch() {
    if (!batch_open_)
        return;
    batch_open_ = false;
    body_ = {};
    if (nameless_ && batch_new_ == 0 && entries_.empty() && offset_ > 0) {
        // Only updates without an id: the first of them is no lower than the offset, and all others
        // are above it, so a step of one passes it (in the end) and loses nothing.
        highest_ = std::max(highest_, offset_);
        ++offset_;
        ++passed_by_;
    }
    const bool only_repeats = batch_count_ > 0 && batch_new_ == 0;
    if (!entries_.empty() || only_repeats || quick_empty_ >= 3)
        begin_wait(idling_);
    else if (batch_count_ == 0)
        idle_ = {};
}

BANTER_COLD_DECL void poller::finished(std::int64_t update_id) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].id != update_id || entries_[i].state != taken::running)
            continue;
        finish_entry(i);
        try_again();
        break;
    }
    if (phase_ == phase::draining && under_way() == 0)
        confirm_and_stop();
}

BANTER_COLD_DECL void poller::finish_entry(std::size_t index) {
    const std::int64_t id = entries_[index].id;
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index));
    if (done_.size() < detail::remembered_ids) {
        done_.push_back(id);
    } else {
        done_[done_next_] = id;
        done_next_ = (done_next_ + 1) % detail::remembered_ids;
    }
    if (move_offset()) {
        blind_ = false;
        idling_ = false;
        idle_ = {};
    }
}

BANTER_COLD_DECL bool poller::move_offset() noexcept {
    if (highest_ == 0)
        return false;
    std::int64_t lowest = highest_ + 1;
    for (const entry& one : entries_)
        if (one.id > 0)
            lowest = std::min(lowest, one.id);
    if (lowest <= offset_)
        return false;
    offset_ = lowest;
    return true;
}

BANTER_COLD_DECL void poller::try_again() noexcept {
    for (entry& one : entries_)
        if (one.state == taken::held)
            one.tried = false;
}

BANTER_COLD_DECL poller::entry* poller::untried() noexcept {
    for (entry& one : entries_)
        if (!one.tried)
            return &one;
    return nullptr;
}

BANTER_COLD_DECL bool poller::any(taken state) const noexcept {
    for (const entry& one : entries_)
        if (one.state == state)
            return true;
    return false;
}

BANTER_COLD_DECL std::size_t poller::under_way() const noexcept {
    std::size_t count = 0;
    for (const entry& one : entries_)
        if (one.state == taken::running)
            ++count;
    return count;
}

// ---- events: time and the end ----

BANTER_COLD_DECL void poller::waited() {
    if (phase_ == phase::draining) {
        log_(std::to_string(under_way()) + " updates are still being handled after " +
             detail::seconds_text(options_.grace) + "; they will come again at the next start");
        if (exit_ == poll_exit::success)
            exit_ = poll_exit::cut_short;
        confirm_and_stop();
    } else if (pausing_) {
        pausing_ = false;
    } else if (idling_) {
        idling_ = false;
    }
    try_again();
}

BANTER_COLD_DECL void poller::stop() {
    if (!stopping())
        drain();
}

BANTER_COLD_DECL void poller::drain() {
    phase_ = phase::draining;
    method_.clear();
    pausing_ = idling_ = blind_ = batch_open_ = false;
    ++wait_number_;
    // What was fetched and not taken is left to the server: the offset must not pass it.
    for (const entry& one : entries_)
        if (one.state != taken::running && one.id > 0)
            highest_ = std::min(highest_, one.id - 1);
    std::erase_if(entries_, [](const entry& one) { return one.state != taken::running; });
    body_ = {};
    if (entries_.empty())
        confirm_and_stop();
}

BANTER_COLD_DECL void poller::confirm_and_stop() {
    if (!polled_ || offset_ == 0) {
        phase_ = phase::stopped;
        return;
    }
    phase_ = phase::confirming;
    start_call("getUpdates",
               "{\"offset\":" + std::to_string(offset_) + ",\"limit\":1,\"timeout\":0}");
}

}  // namespace banter::net
