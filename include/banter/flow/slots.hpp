// The updates in work: what is kept of each, the slots that they are kept in, and the keys that order
// them. What runs in a slot is the rule_runner's business.
#pragma once

#include <banter/flow/bot_work.hpp>
#include <banter/flow/dispatcher_base.hpp>
#include <banter/flow/key.hpp>
#include <banter/flow/moved_chats.hpp>
#include <banter/flow/places.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace banter::detail {

/// Runner is the class that runs handlers, and derives from this.
template <class Runner, class... Bots>
class work_slots : public dispatcher_base {
  protected:
    using dispatcher_base::dispatcher_base;
    ~work_slots() = default;

    using runner_function = void (*)(Runner&, work&);
    using error_taker = bool (*)(Runner&, work&);

    /// How one rule's handler is run, and what asks the error handlers of its conversation.
    struct runner {
        runner_function run = nullptr;
        std::string_view name;
        error_taker errors = nullptr;
    };

    struct slot : bot_work<Bots...> {
        runner_function task = nullptr;  // what its worker goes on with
        runner next{};                   // what follows when the handler has ended
        runner_function tidy = nullptr;  // what is done if a handler for a result fails
        error_taker errors = nullptr;    // who takes what the handler throws
        bool stopped = false;            // later groups do not see the update
        std::uint16_t group = 0;         // that handles it
        void* caught = nullptr;          // the exception, for an error handler that is for its type
        runner_function internal = nullptr;  // no update has come: what is done instead
        bool is_post = false;            // it goes through the groups, as an update does
        std::array<std::int64_t, 5> internal_key{};  // of the session that it is for
        runner_function remember = nullptr;  // which keyboard is the latest, when all is sent
        bool begins_anew = false;            // by an entry point

        void clear() {
            this->keys.count = 0;
            this->finished = this->entered = this->waits = false;
            this->handler = {};
            next = {};
            tidy = nullptr;
            errors = nullptr;
            stopped = false;
            group = 0;
            this->error_taken = this->answers = this->answered = false;
            internal = nullptr;
            is_post = false;
            this->result.clear();
            forget_keyboards();
        }
        void forget_keyboards() {
            remember = nullptr;
            begins_anew = this->notes_keyboards = false;
            this->keyboard_message = 0;
        }
    };

    /// A group has done what it does with an update: the slot is as if that had just come.
    static void release_group(slot& at) {
        at.effects.clear();
        at.failed.reset();
        at.error_taken = false;
        at.errors = nullptr;
        at.tidy = nullptr;
        at.handler = {};
        at.answered = at.answers;
        at.forget_keyboards();
    }

    static slot& slot_of(work& at) { return static_cast<slot&>(at); }

    /// The key of C's session: of the update, or of the internal work without one.
    template <class C>
    typename key_of<C>::value key_of_session(const work& w) const {
        const slot& at = static_cast<const slot&>(w);
        if constexpr (family_runs_by_itself<C>())
            if (at.internal != nullptr) {
                typename key_of<C>::value key;
                std::copy_n(at.internal_key.begin(), key.parts.size(), key.parts.begin());
                return key_now(key);
            }
        return key_now(key_of<C>::of(at.update.head()));
    }
    /// The same key, also where the chat has moved since it was made.
    template <class Key>
    Key key_now(const Key& key) const {
        if (moved_.empty()) return key;
        return renamed(key, [this](std::int64_t id) { return moved_.now(id); });
    }
    /// Whatever is for this key runs in order; of a chat that has moved, under either id.
    template <class C>
    void add_order_key(order_keys& keys, const typename key_of<C>::value& key) const {
        keys.add(key_of<C>::hash(key));
        if (!moved_.empty())
            keys.add(key_of<C>::hash(
                renamed(key, [this](std::int64_t id) { return moved_.other(id); })));
    }

    /// The same of an update, or of what stands in for one.
    template <class C>
    void add_order_key_of(const telegram::envelope& head, order_keys& keys) const {
        using policy = key_of<C>;
        if (policy::available(head)) this->template add_order_key<C>(keys, policy::of(head));
    }

    // ---- slots ----

    /// A slot for an update; null if there is no room.
    slot* take() {
        if (!free_.empty()) {
            slot* const out = free_.back();
            free_.pop_back();
            return out;
        }
        if (slots_.size() == options_.max_in_flight) return nullptr;
        slots_.push_back(std::make_unique<slot>());
        slots_.back()->effects.use(api_->defaults());
        slots_.back()->ticket = static_cast<std::uint32_t>(slots_.size() - 1);
        return slots_.back().get();
    }
    void release(slot& at) {
        at.effects.clear();
        at.failed.reset();
        at.event.clear();
        at.album.clear();
        free_.push_back(&at);
    }

    // Internal work: what runs although no update has come, a timeout for one. It stands in the queue of
    // its key and is finished as an update is.

    /// A slot in which `what` is to run, with a context that speaks to `from`. Then it gets its keys,
    /// and begin_internal() lets it in. Null: there is no room.
    slot* take_internal(runner_function what, const update_address& from) {
        slot* const taken = take();
        if (taken == nullptr) return nullptr;
        taken->clear();
        taken->internal = what;
        if (moved_.empty()) {
            taken->update.stand_in(from);
        } else {
            update_address now = from;
            moved_.readdress(now);
            taken->update.stand_in(now);
        }
        return taken;
    }
    /// It is for C's session with this key, and in order with the updates of that.
    template <class C>
    void put_key(slot& at, const typename key_of<C>::value& key) const {
        std::copy(key.parts.begin(), key.parts.end(), at.internal_key.begin());
        add_order_key<C>(at.keys, key);
    }
    /// It runs on a turn of its own, as soon as its keys let it.
    void begin_internal(slot& at) {
        ++in_flight_;
        const bool waits_for_others = sequencer_.must_wait(at.keys);
        sequencer_.enter(at.ticket, at.keys);
        at.entered = true;
        if (waits_for_others) return;
        runnable_.push_back(at.ticket);
        post_turn();
    }

    std::vector<std::unique_ptr<slot>> slots_;
    std::vector<slot*> free_;
    std::vector<sequencer::ticket> runnable_;
};

}  // namespace banter::detail
