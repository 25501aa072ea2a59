// What a dispatcher tells the test kit's exploration (testkit/explore.hpp): which rules were chosen,
// and where their handlers led. A dispatcher tells it if its services hold a rule_watch, and knows
// that when it is compiled: the others have no trace of it.
#pragma once

#include <banter/flow/data.hpp>
#include <banter/flow/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace banter::detail {

/// Its address stands for a bot struct.
template <class C>
inline constexpr char flow_mark = 0;

class rule_watch {
  public:
    static constexpr std::int32_t to_nowhere = -1;  // failed, or has not ended
    static constexpr std::int32_t to_end = -2;
    static constexpr std::int32_t to_stay = -3;

    struct event {
        const void* flow;  // its mark
        std::size_t rule;
        std::int32_t to;   // a state, or one of the above
        bool back = false; // by `back`
    };

    template <class C>
    void chose(std::size_t rule) {
        seen_.push_back({&flow_mark<C>, rule, to_nowhere});
    }
    /// The rule of C that was chosen last has led to Target.
    template <class C, class Target>
    void led() {
        if constexpr (std::is_same_v<Target, stay>)
            note(&flow_mark<C>, to_stay);
        else if constexpr (std::is_same_v<Target, end> || is_finish<Target>)
            note(&flow_mark<C>, to_end);
        else if constexpr (!is_next<Target> && !is_stop<Target>)
            note(&flow_mark<C>, states_of<C>::template index<Target>);
    }

    /// It has led back to a state, or to_stay where there was none before.
    template <class C>
    void led_back(std::int32_t to) {
        note(&flow_mark<C>, to, true);
    }

    [[nodiscard]] const std::vector<event>& seen() const { return seen_; }
    void forget() { seen_.clear(); }

  private:
    void note(const void* flow, std::int32_t to, bool back = false) {
        for (std::size_t i = seen_.size(); i != 0; --i) {
            event& one = seen_[i - 1];
            if (one.flow != flow || one.to != to_nowhere) continue;
            one.to = to;
            one.back = back;
            return;
        }
    }
    std::vector<event> seen_;
};

template <class Services>
inline constexpr bool is_watched = false;
template <class... Services>
inline constexpr bool is_watched<services<Services...>> =
    (std::is_same_v<Services, rule_watch> || ...);

}  // namespace banter::detail
