// Posting: a value of a type of one's own goes through the bot's structs and groups as an update does,
// to the rules on_event<T>(...) that take it. From a handler, a web server, another thread:
//
//     poster<payment> payments = work.poster<payment>();      // work: the bot's dispatcher
//     payments.post({.user_id = 123, .amount = 5});            // from any thread
//
//     static void done(posts<payment>& payments);              // a handler: declared, as effects are
#pragma once

#include <banter/flow/posts.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

namespace banter {

namespace detail {

/// Where posted events arrive from other threads. The dispatcher and all posters hold it; Any is the
/// variant of the bot's events.
template <class Any>
class post_box : public std::enable_shared_from_this<post_box<Any>> {
  public:
    /// Called on the executor when something has arrived.
    using collector = void (*)(void* owner);

    post_box(boost::asio::any_io_executor executor, std::size_t most, void* owner, collector collect)
        : executor_(std::move(executor)), most_(most), owner_(owner), collect_(collect) {}
    post_box(const post_box&) = delete;
    post_box& operator=(const post_box&) = delete;

    /// `event` stays as it was where it is not taken.
    template <class Event>
    post_result put(Event&& event) {
        const std::lock_guard lock(mutex_);
        if (const post_result refused = admit(); refused != post_result::queued) return refused;
        arrived_.emplace_back(std::forward<Event>(event));
        // Inside the lock: once the box is closed, nothing more comes to the executor.
        if (arrived_.size() == 1)
            boost::asio::post(executor_, [box = this->shared_from_this()] { box->deliver(); });
        return post_result::queued;
    }
    /// Room for one that its owner takes at once.
    post_result reserve() {
        const std::lock_guard lock(mutex_);
        return admit();
    }
    /// One has left the owner's queue.
    void make_room() {
        const std::lock_guard lock(mutex_);
        --waiting_;
    }
    [[nodiscard]] std::deque<Any> take_arrived() {
        const std::lock_guard lock(mutex_);
        return std::exchange(arrived_, {});
    }
    /// The owner goes: whatever is posted from here on is refused.
    void close() {
        const std::deque<Any> gone = take_arrived();
        const std::lock_guard lock(mutex_);
        owner_ = nullptr;
        executor_ = {};
    }

  private:
    post_result admit() {
        if (owner_ == nullptr) return post_result::closed;
        if (waiting_ == most_) return post_result::full;
        ++waiting_;
        return post_result::queued;
    }
    /// On the executor, where the owner goes too: it is there, or has gone.
    void deliver() {
        if (owner_ != nullptr) collect_(owner_);
    }

    std::mutex mutex_;
    std::deque<Any> arrived_;
    std::size_t waiting_ = 0;  // here and in the owner's queue
    boost::asio::any_io_executor executor_;
    std::size_t most_;
    void* owner_;
    collector collect_;
};

}  // namespace detail

/// Posts events of one type to a bot, from any thread. To be copied and kept as long as one likes: when
/// the bot has ended it refuses. Got from dispatcher.poster<Event>(), on the bot's executor.
template <class Event>
class poster {
  public:
    poster() = default;
    template <class Any>
    explicit poster(std::shared_ptr<detail::post_box<Any>> to)
        : put_([](void* box, Event&& event) {
              return static_cast<detail::post_box<Any>*>(box)->put(std::move(event));
          }),
          to_(std::move(to)) {}

    /// Hands an event over. It is moved from only if it is taken.
    [[nodiscard]] post_result post(Event&& event) const {
        return put_ == nullptr ? post_result::closed : put_(to_.get(), std::move(event));
    }
    [[nodiscard]] post_result post(const Event& event) const
        requires std::is_copy_constructible_v<Event>
    {
        return post(Event(event));
    }

  private:
    post_result (*put_)(void* box, Event&& event) = nullptr;
    std::shared_ptr<void> to_;
};

}  // namespace banter
