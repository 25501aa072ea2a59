// Whose an update is: asks the bot's structs in order, those of one handler group at a time, and in each
// the nested conversations first. The rule that takes it is run (rule_runner.hpp).
#pragma once

#include <banter/flow/group.hpp>
#include <banter/flow/stale_presses.hpp>

#include <cstddef>
#include <cstdint>

namespace banter::detail {

template <class Services, class Groups, class... Bots>
class chooser : public stale_presses<Services, Groups, Bots...> {
    using base = stale_presses<Services, Groups, Bots...>;

  protected:
    using base::base;
    ~chooser() = default;
    using typename base::slot;
    using base::counters_, base::index_, base::sessions_;
    /// The bots and what is nested in them.
    using flows = flows_of<Bots...>;

    /// Lets the conversation at a place take the update: chooses a rule and runs its handler, or
    /// begins it. False if no rule takes it.
    template <class Place>
    bool try_place(slot& at) {
        using C = typename Place::conversation;
        constexpr std::size_t number = position_in<C>(flows{});
        std::size_t state = 0;
        if (const auto* const session = sessions_.template at<Place>()) {
            state = session->state.index();
        }
        const std::int32_t rule = index_.choose(
            number, state, at.update, at.known,
            [&](std::uint16_t r, std::uint8_t leaf) { return this->template ask<C>(at, r, leaf); },
            [&]([[maybe_unused]] std::uint16_t r) {
                bool taken = false;
                for_each_mount<C>([&]<std::size_t Mount>() {
                    if (r == Mount) taken = try_place<nested_place<Place, Mount>>(at);
                });
                return taken;
            });
        if (rule == choice_index::no_rule) return false;
        if (rule == choice_index::taken_by_nested) return true;
        if constexpr (has_stale_policy<typename Place::root>)
            if (this->template is_stale<Place>(at, static_cast<std::size_t>(rule))) {
                this->template answer_stale<typename Place::root>(at);
                return true;
            }
        ++counters_.handled;
        this->template run_rule<Place>(at, static_cast<std::size_t>(rule));
        return true;
    }
    template <class C>
    bool try_bot(slot& at) {
        if constexpr (shape<C>::is_conversation) {
            if (!key_of<C>::available(at.update.head())) return false;
            this->template find_again<C>(at);
        }
        return try_place<root_place<C>>(at);
    }

    /// Offers the update to the structs of the group whose turn it is.
    void choose_and_run(slot& at) {
        if constexpr (Groups::count == 1)
            choose_among<Bots...>(at);
        else
            choose_in_group(at, Groups{});
    }
    template <class... Cs>
    void choose_among(slot& at) {
        if ((try_bot<Cs>(at) || ...)) return;
        if constexpr ((has_stale_policy<Cs> || ...))
            if (at.update.head().kind == update_kind::callback_query)
                (void)(try_stale<Cs>(at) || ...);
    }
    template <class... Lists>
    void choose_in_group(slot& at, groups<Lists...>) {
        const auto choose = [&]<class... Cs>(type_list<Cs...>) { choose_among<Cs...>(at); };
        std::size_t number = 0;
        (void)((number++ == at.group && (choose(Lists{}), true)) || ...);
    }
    /// No rule takes the pressed button now: it is stale if a rule of C's might, in another state.
    template <class C>
    bool try_stale([[maybe_unused]] slot& at) {
        if constexpr (has_stale_policy<C>) {
            const bool known =
                has_expired<C>(at.update) ||
                [&]<class... Flows>(type_list<Flows...>) {
                    return (index_.knows_button(position_in<Flows>(flows{}), at.update,
                                                at.known) ||
                            ...);
                }(family_of<C>{});
            if (known) this->template answer_stale<C>(at);
            return known;
        } else {
            return false;
        }
    }

    template <class C>
    static bool has_expired([[maybe_unused]] const incoming& update) {
        if constexpr (button_stocks<Bots...>::size == 0)
            return false;
        else
            return button_stocks<C>::size != 0 && update.button_has_expired();
    }
};

}  // namespace banter::detail
