// Bodies of testkit/memory_gateway.hpp.
#pragma once

#include <banter/telegram/file_sink.hpp>
#include <banter/testkit/memory_gateway.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/error.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <list>
#include <optional>
#include <string_view>
#include <utility>

namespace banter::testkit {

namespace detail {

/// What waits for its time. Never assigned to: in Boost 1.81 the move assignment of
/// any_completion_handler wraps the handler in itself for ever.
struct pending_wait {
    gateway::wait_handler handler;
    std::chrono::nanoseconds when{0};  // since the beginning
    std::uint64_t number = 0;
    answer* got = nullptr;  // of a call; there as long as the handler is
    boost::system::error_code error;
    answer reply;
    std::uint64_t poll = 0;  // a parked getUpdates
};

/// The files that go along with a request; false if one cannot be read.
BANTER_COLD_DECL bool read_uploads(const request& what, std::vector<sent_file>& out) {
    for (const auto& u : what.uploads) {
        sent_file f{u.name, u.file_name, u.bytes};
        if (!u.path.empty()) {
            std::ifstream in(u.path, std::ios::binary);
            if (!in) return false;
            f.bytes.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
            if (f.name.empty()) f.name = u.path.substr(u.path.rfind('/') + 1);
        }
        out.push_back(std::move(f));
    }
    return true;
}

/// Hands a file on in pieces, as a network would; half of it where the connection breaks.
BANTER_COLD_DECL boost::system::error_code deliver(const file_sink& to, std::string_view bytes,
                                                   bool half) {
    const std::uint64_t size = bytes.size();
    const std::size_t from = std::min<std::size_t>(static_cast<std::size_t>(to.from()), bytes.size());
    boost::system::error_code fault = to.begin(from, size);
    bytes.remove_prefix(from);
    if (half) bytes = bytes.substr(0, bytes.size() / 2);
    while (!fault && !bytes.empty()) {
        const auto piece = bytes.substr(0, 16 * 1024);
        fault = to.take(piece);
        bytes.remove_prefix(piece.size());
    }
    return fault;
}

}  // namespace detail

struct memory_gateway::impl {
    using nanoseconds = std::chrono::nanoseconds;

    BANTER_COLD_DECL explicit impl(world& w) : telegram(w), own(std::in_place, 1), context(*own) {}
    BANTER_COLD_DECL impl(world& w, boost::asio::io_context& c) : telegram(w), context(c) {}

    world& telegram;
    std::optional<boost::asio::io_context> own;
    boost::asio::io_context& context;
    nanoseconds elapsed{0};
    std::uint64_t next_number = 0;
    std::list<detail::pending_wait> waits;  // the next one first

    /// Through the context, so that no handler runs inside the call that began it, and then on the
    /// handler's own executor.
    BANTER_COLD_DECL void complete(detail::pending_wait done) {
        if (done.got != nullptr && !done.error) *done.got = std::move(done.reply);
        gateway::complete(context.get_executor(), std::move(done.handler), done.error);
    }

    BANTER_COLD_DECL void cancel(std::uint64_t number) {
        auto found = waits.begin();
        while (found != waits.end() && found->number != number) ++found;
        if (found == waits.end()) return;
        auto done = std::move(*found);
        waits.erase(found);
        if (done.poll != 0) telegram.abandon_poll(done.poll);
        done.error = boost::asio::error::operation_aborted;
        complete(std::move(done));
    }

    /// Equal times keep their order.
    BANTER_COLD_DECL void add(detail::pending_wait wait, nanoseconds delay) {
        wait.when = delay > nanoseconds::max() - elapsed ? nanoseconds::max() : elapsed + delay;
        wait.number = next_number++;
        auto slot = boost::asio::get_associated_cancellation_slot(wait.handler);
        if (slot.is_connected())
            slot.assign([this, number = wait.number](boost::asio::cancellation_type) { cancel(number); });
        auto place = waits.end();
        while (place != waits.begin() && std::prev(place)->when > wait.when) --place;
        waits.insert(place, std::move(wait));
    }

    /// Fills in how a call ends, by its plan.
    BANTER_COLD_DECL static void apply(const reply_plan& plan, detail::pending_wait& call) {
        call.reply.status = plan.status;
        call.reply.body = plan.body;
        if (!plan.faulty) return;
        if (plan.fault == fault_kind::cut_connection)
            call.error = boost::asio::error::connection_reset;
        if (plan.fault == fault_kind::cut_answer) call.error = boost::asio::error::eof;
        if (plan.fault == fault_kind::no_answer) call.error = boost::asio::error::timed_out;
    }

    /// Files that are sent are gone in two steps.
    BANTER_COLD_DECL static void tell(const transfer_watch& watch, const std::vector<sent_file>& files,
                                      detail::pending_wait& call) {
        std::uint64_t size = 0;
        for (const auto& one : files) size += one.bytes.size();
        try {
            watch({size / 2, size});
            watch({size, size});
        } catch (...) {
            call.error = boost::asio::error::operation_aborted;
        }
    }

    /// A file's bytes go straight to their place.
    BANTER_COLD_DECL static void bring(const file_sink& to, detail::pending_wait& call) {
        const bool half = call.error == boost::asio::error::eof;
        if (call.reply.status != 200 || (call.error && !half)) return;
        if (const auto refused = detail::deliver(to, call.reply.body, half)) call.error = refused;
        call.reply.body.clear();
    }

    BANTER_COLD_DECL void ask_polls_again() {
        for (auto w = waits.begin(); w != waits.end();) {
            auto& call = *w;
            const auto plan = call.poll == 0 ? reply_plan{} : telegram.resume_poll(call.poll, false);
            if (call.poll == 0 || plan.waiting_poll != 0) {
                ++w;
                continue;
            }
            apply(plan, call);
            complete(std::move(call));
            w = waits.erase(w);
        }
    }
};

BANTER_COLD_DECL memory_gateway::memory_gateway(world& telegram)
    : impl_(std::make_unique<impl>(telegram)) {}
BANTER_COLD_DECL memory_gateway::memory_gateway(world& telegram, boost::asio::io_context& context)
    : impl_(std::make_unique<impl>(telegram, context)) {}
BANTER_COLD_DECL memory_gateway::~memory_gateway() {
    // Handlers that still wait go first: destroying them may destroy what refers to the context.
    abandon();
}

BANTER_COLD_DECL void memory_gateway::abandon() {
    while (!impl_->waits.empty()) {
        const auto first = std::move(impl_->waits.front());
        impl_->waits.pop_front();
    }
}

BANTER_COLD_DECL void memory_gateway::start_call(const request& what, answer& got,
                                                 gateway::wait_handler handler) {
    std::vector<sent_file> files;
    detail::pending_wait call;
    call.handler.swap(handler);
    call.got = &got;
    if (!detail::read_uploads(what, files)) {
        call.error = boost::system::errc::make_error_code(
            boost::system::errc::no_such_file_or_directory);
        impl_->complete(std::move(call));
        return;
    }
    auto plan = what.file != nullptr ? impl_->telegram.download(what.file->path())
                                     : impl_->telegram.call(what.method, what.body, files);
    impl::apply(plan, call);
    if (what.file != nullptr) impl::bring(*what.file, call);
    if (what.watch && !files.empty()) impl::tell(what.watch, files, call);
    auto delay = std::chrono::duration_cast<std::chrono::nanoseconds>(plan.delay);
    const bool silent = plan.faulty && plan.fault == fault_kind::no_answer;
    if (silent) delay = std::chrono::minutes(5);
    if (plan.waiting_poll != 0) call.poll = plan.waiting_poll;
    const bool later = call.poll != 0 || silent ||
                       (plan.faulty && plan.fault == fault_kind::slow_answer);
    if (!later) {
        impl_->complete(std::move(call));
        return;
    }
    impl_->add(std::move(call), delay);
}

BANTER_COLD_DECL void memory_gateway::start_wait(std::chrono::nanoseconds duration,
                                                 gateway::wait_handler handler) {
    detail::pending_wait wait;
    wait.handler.swap(handler);
    if (duration.count() <= 0) {
        impl_->complete(std::move(wait));
        return;
    }
    impl_->add(std::move(wait), duration);
}

BANTER_COLD_DECL std::chrono::system_clock::time_point memory_gateway::now() const {
    return impl_->telegram.now();
}
BANTER_COLD_DECL boost::asio::any_io_executor memory_gateway::get_executor() {
    return impl_->context.get_executor();
}
BANTER_COLD_DECL boost::asio::io_context& memory_gateway::context() { return impl_->context; }
BANTER_COLD_DECL world& memory_gateway::telegram() { return impl_->telegram; }

BANTER_COLD_DECL std::size_t memory_gateway::settle() {
    std::size_t total = 0;
    for (std::size_t ran = 1; ran != 0; total += ran) {
        impl_->ask_polls_again();
        impl_->context.restart();
        ran = impl_->context.poll();
    }
    return total;
}

BANTER_COLD_DECL void memory_gateway::advance(std::chrono::nanoseconds duration) {
    settle();
    const auto end = impl_->elapsed + duration;
    const auto go_to = [this](std::chrono::nanoseconds when) {
        impl_->telegram.advance(when - impl_->elapsed);
        impl_->elapsed = when;
    };
    while (!impl_->waits.empty() && impl_->waits.front().when <= end) {
        go_to(impl_->waits.front().when);
        auto due = std::move(impl_->waits.front());
        impl_->waits.pop_front();
        if (due.poll != 0) impl::apply(impl_->telegram.resume_poll(due.poll, true), due);
        impl_->complete(std::move(due));
        settle();
    }
    go_to(end);
}

BANTER_COLD_DECL std::size_t memory_gateway::pending() const { return impl_->waits.size(); }

BANTER_COLD_DECL std::chrono::nanoseconds memory_gateway::until_next() const {
    return impl_->waits.empty() ? std::chrono::nanoseconds::max()
                                : impl_->waits.front().when - impl_->elapsed;
}

}  // namespace banter::testkit
