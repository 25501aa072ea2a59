// What becomes of a stale button: the part of the dispatcher that knows when one is, and answers it
// as its conversation says (stale_buttons.hpp).
#pragma once

#include <banter/flow/job_runner.hpp>
#include <banter/flow/latest_keyboard.hpp>
#include <banter/telegram/methods.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace banter::detail {

template <class Services, class Groups, class... Bots>
class stale_presses : public job_runner<Services, Groups, Bots...> {
    using base = job_runner<Services, Groups, Bots...>;

  protected:
    using base::base;
    ~stale_presses() = default;
    using typename base::slot;

    /// Whether the update is a press of a button on an earlier keyboard, and the rule belongs to a
    /// state: one of everywhere or of outside is as good on any keyboard.
    template <class Place>
    bool is_stale(const slot& at, std::size_t rule) {
        using root = typename Place::root;
        const telegram::envelope& head = at.update.head();
        if (head.kind != update_kind::callback_query || !belongs_to_state<Place>(rule)) return false;
        // Where each message has a conversation of its own, none is earlier.
        if constexpr (key_of<root>::lacks(update_kind::message, key::message)) return false;
        auto& all = this->sessions_.template of<root>();
        return all.is_there(all.current) &&
               all.current->second.is_older(head.chat_id, head.message_id);
    }

    /// Answers a stale press. Its handler does not run.
    template <class C>
    void answer_stale(slot& at) {
        using policy = stale_policy_of<C>;
        ++this->counters_.stale_buttons;
        if constexpr (requires { policy::text; })
            at.effects.add(answer_callback_query{.callback_query_id = at.update.head().query_id,
                                                 .text = policy::text});
        if constexpr (std::is_same_v<policy, prompt_policy>) {
            if (!key_of<C>::available(at.update.head())) return;
            this->template find_again<C>(at);
            this->template watch_keyboards<C>(at);
            (void)prompt_again_at<root_place<C>>(at);
        }
    }

  private:
    template <class Place>
    static bool belongs_to_state(std::size_t rule) {
        const section where = shape<typename Place::conversation>::places[rule].where;
        if constexpr (Place::is_nested)
            if (where == section::entry)
                return shape<typename Place::parent::conversation>::places[Place::mount].where ==
                       section::state;
        return where == section::state;
    }

    /// Runs the prompt of the innermost state. False if the conversation at a place is in none.
    template <class Place>
    bool prompt_again_at(slot& at) {
        using C = typename Place::conversation;
        auto* const session = this->sessions_.template at<Place>();
        if (session == nullptr) return false;
        bool found = false;
        for_each_mount<C>([&]<std::size_t Mount>() {
            found = found || prompt_again_at<nested_place<Place, Mount>>(at);
        });
        if (found) return true;
        std::visit(
            [&]<class State>(State& here) {
                if constexpr (has_prompt<State>) {
                    // As with a handler, a failure changes nothing.
                    if constexpr (std::is_copy_constructible_v<State> &&
                                  std::is_move_assignable_v<State>) {
                        State copy = here;
                        this->template ask<C>(at, copy);
                        here = std::move(copy);
                    } else {
                        this->template ask<C>(at, here);
                    }
                }
            },
            session->state);
        return session->state.index() != 0;
    }
};

}  // namespace banter::detail
