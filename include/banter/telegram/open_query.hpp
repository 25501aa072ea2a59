// Pressed buttons that wait for their answer.
//
// A button is answered once: by what its handler declares, by a call of the handler's own, else by the
// dispatcher. So the bot notes which of the queries in work its calls answer.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/request.hpp>

#include <string_view>

namespace banter::detail {

class open_queries;

/// One callback query in work; a link of its bot's list while it is open.
class open_query {
  public:
    open_query() = default;
    open_query(const open_query&) = delete;
    open_query& operator=(const open_query&) = delete;
    ~open_query() { close(); }

    /// Whether a call has answered it, or is about to.
    [[nodiscard]] bool answered() const { return answered_; }
    /// Its handler has ended: calls are looked at no more.
    void close() {
        if (place_ == nullptr) return;
        *place_ = next_;
        if (next_ != nullptr) next_->place_ = place_;
        place_ = nullptr;
    }

  private:
    friend class open_queries;

    std::string_view id_;
    bool answered_ = false;
    open_query* next_ = nullptr;
    open_query** place_ = nullptr;  // what points to it
};

/// The queries that a bot's handlers have in work.
class open_queries {
  public:
    /// `id` must live until the query is closed.
    void open(open_query& one, std::string_view id) {
        one.close();
        one.id_ = id;
        one.answered_ = false;
        one.next_ = first_;
        one.place_ = &first_;
        if (first_ != nullptr) first_->place_ = &one.next_;
        first_ = &one;
    }
    /// A call that may answer one of them begins; or has failed, and answered nothing.
    void note(const request& call, bool answered) const;

  private:
    open_query* first_ = nullptr;
};

/// Whether a call answers this callback query.
[[nodiscard]] bool answers_query(const request& call, std::string_view id);

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/open_query.ipp>
#endif
