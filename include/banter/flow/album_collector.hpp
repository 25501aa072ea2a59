// Collects the messages of an album. The first one takes a slot, which stands in the queues of its keys from
// then on, so that whatever comes later waits behind the whole album. It is handled when no further message
// has come for a while, or when it is full. Nothing of this is compiled for bots without on_event<album>.
#pragma once

#include <banter/flow/album.hpp>
#include <banter/flow/event_runner.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace banter::detail {

template <class Services, class Groups, class... Bots>
class album_collector : public event_runner<Services, Groups, Bots...> {
    using base = event_runner<Services, Groups, Bots...>;
    using rule_runner = detail::rule_runner<Services, Groups, Bots...>;

  protected:
    using base::base, base::slot_of;
    using typename base::slot;
    ~album_collector() = default;

    static constexpr bool takes_albums = is_among<album, all_events<Bots...>>;
    /// Telegram's limit.
    static constexpr std::size_t most_in_album = 10;

    enum class collected : std::uint8_t { no_album, taken, busy };

    /// The update that a slot has read joins its album, or begins one. Taken: the slot is not the caller's
    /// any more.
    collected collect(slot& at) {
        const telegram::envelope& head = at.update.head();
        if (!may_be_of_album(head.kind) ||
            at.update.json().find("\"media_group_id\"") == std::string_view::npos)
            return collected::no_album;
        const auto id = at.update.message().media_group_id();
        if (!id) return collected::no_album;
        for (open_album& one : open_)
            if (one.chat_id == head.chat_id && one.id == *id) {
                append(at, *this->slots_[one.ticket]);
                this->release(at);
                one.due = quiet_until();
                if (this->slots_[one.ticket]->album.texts.size() == most_in_album) close(one);
                return collected::taken;
            }
        (this->template add_order_key_of<Bots>(head, at.keys), ...);
        if (this->sequencer_.longest_queue(at.keys) >= this->options_.max_queue_for_key)
            return collected::busy;
        append(at, at);
        at.internal = &run_album;
        at.is_post = true;
        open_.push_back({at.ticket, head.chat_id, std::string(*id), quiet_until()});
        this->begin_internal(at);
        this->wake_at(open_.back().due);
        return collected::taken;
    }

    /// When the next album is complete, if nothing more comes for it; 0: there is none.
    [[nodiscard]] due_time next_album() const {
        due_time first = 0;
        for (const open_album& one : open_)
            if (first == 0 || one.due < first) first = one.due;
        return first;
    }
    bool close_album_due(due_time due) {
        for (open_album& one : open_)
            if (one.due == due) {
                close(one);
                return true;
            }
        return false;
    }

    /// No rule takes the album: its messages are handled one by one, as if there were no albums.
    bool enter_next_message(slot& at) {
        if (at.album.texts.empty() || at.event.heard || at.album.next == at.album.texts.size())
            return false;
        at.declared.settle(true);
        this->deliver_events(at);
        base::release_group(at);
        at.internal = nullptr;
        at.group = 0;
        at.stopped = at.answers = at.answered = false;
        (void)at.update.read(at.album.texts[at.album.next++]);
        return true;
    }

  private:
    struct open_album {
        std::uint32_t ticket;
        std::int64_t chat_id;
        std::string id;
        due_time due;
    };

    [[nodiscard]] due_time quiet_until() const {
        return this->clock() +
               std::chrono::duration_cast<std::chrono::nanoseconds>(this->options_.album_quiet_time)
                   .count();
    }
    static void append(slot& from, slot& to) {
        to.album.texts.emplace_back(from.update.json());
        to.album.ids.push_back(from.update.head().update_id);
    }
    void close(open_album& one) {
        slot& at = *this->slots_[one.ticket];
        std::swap(one, open_.back());
        open_.pop_back();
        at.album.complete = true;
        if (!at.album.turn_has_come) return;
        at.waits = false;
        this->runnable_.push_back(at.ticket);
        this->post_turn();
    }
    /// Its turn in the queues of its keys has come: it waits there until it is complete.
    static void run_album(rule_runner& runner, work& w) {
        slot& at = slot_of(w);
        at.album.turn_has_come = true;
        if (!at.album.complete) {
            at.waits = true;
            return;
        }
        if (at.group == 0) at.event.what = made_of(at);
        base::template run_post<album>(runner, at);
    }
    static album made_of(slot& at) {
        album out;
        out.chat_id = at.update.head().chat_id;
        out.user_id = at.update.head().user_id;
        for (const std::string& one : at.album.texts) {
            owned_json whole = owned_json::parse(one);
            whole.keep_member(name_of(at.update.head().kind));
            out.add(std::move(whole));
        }
        return out;
    }

    std::vector<open_album> open_;
};

}  // namespace banter::detail
