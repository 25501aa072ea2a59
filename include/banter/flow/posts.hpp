// What a handler asks for to post events to the bot as a whole; see post.hpp for posting from elsewhere.
//
//     static void done(context& ctx, posts<payment>& payments) { payments.post({ctx.user_id(), 5}); }
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace banter {

/// What became of a posted event.
enum class post_result : std::uint8_t {
    queued,  ///< it will be handled, in order with what is for the same key
    full,    ///< not taken: dispatcher_options::max_waiting_posts wait already. To be posted again
    closed,  ///< not taken: the bot has ended
};

/// What a handler asks for (`posts<payment>&`) to post events. It is declared: the event goes to the bot
/// after the handler's transition is committed, and is dropped if the handler fails. There is always room
/// for it. That something in the bot takes such an event is checked (C9).
template <class Event>
class posts {
  public:
    posts() = default;
    posts(const posts&) = delete;
    posts& operator=(const posts&) = delete;

    void post(Event event) { declared_.push_back(std::move(event)); }

    // For the dispatcher.
    void clear() { declared_.clear(); }
    template <class Visit>
    void for_each(Visit&& visit) {
        for (Event& one : declared_) visit(one);
    }

  private:
    std::vector<Event> declared_;
};

}  // namespace banter
