// Questions about filters that the compiler answers, for static_assert:
//
//   static_assert(implies(command<"pay">, text));
//   static_assert(!satisfiable(photo && text));
//   static_assert(equivalent(!(photo || text), !photo && !text));
//   static_assert(covers<update_kind::callback_query>(callback<"yes|no">, !callback<"yes|no">));
//
// Each answer brings an update as an example, where there is one:
//
//   constexpr auto& found = implies(text, regex<"[0-9]">);
//   static_assert(found.answer == decided::no && found.example.text() == "a");
//
// Filters are meant by themselves here, as in matched<F>: a filter that stands in a rule and names
// no update kind is restricted to new messages or callback queries there (filter.hpp), so `!photo`
// as a handler's filter takes new messages only, but here also every callback query and poll.
//
// What is known: the kinds of updates; that a message has one content (but for an animation, which
// is a document too, and a venue, which is a location); that a caption belongs to a medium and an
// entity to a text or caption; that a command is a text that begins with its name, and which one;
// where channel posts come from; that only a game's button has no data, and that data has 1 to 64
// bytes; texts, captions and data as their patterns tell them apart. Run-time predicates are free:
// each is taken to be true or false of any update, whatever the others are.
//
// Caps: 32 patterns on one subject, 1,000 joint states of their automata, 24 entities and
// predicates that matter in one world, and detail::usual_work steps of compile-time work (half of
// what clang allows for one evaluation). Past a cap the answer is `undecided`, never an error and
// never a wrong answer. A filter with a fault of its own (check C4: an invalid pattern) takes
// nothing. An answer takes the compiler 1 to 10 ms; one that is given up, about a second.
#pragma once

#include <banter/flow/filter_program.hpp>
#include <banter/flow/solver.hpp>
#include <banter/telegram/kinds.hpp>

#include <optional>
#include <string_view>

namespace banter {

/// An update that shows why an answer is as it is, as far as it matters.
class update_example {
  public:
    constexpr update_example() = default;
    constexpr explicit update_example(const detail::example_update& from) : from_(from) {}

    [[nodiscard]] constexpr update_kind kind() const { return from_.at.kind; }
    /// What gives the message its name (an animation is also a document); nothing where it may be
    /// any content that the filters do not speak of, or where the update is no message.
    [[nodiscard]] constexpr std::optional<content_kind> content() const {
        if (from_.at.content.empty()) return std::nullopt;
        return from_.at.first;
    }
    /// All contents of the message.
    [[nodiscard]] constexpr content_set contents() const { return from_.at.content; }
    /// Whether the text is a command, be it of another name or addressed to another bot.
    [[nodiscard]] constexpr bool is_command() const {
        return from_.at.command != detail::world::command_class::none;
    }
    /// The command's name; empty where it is none of those that the filters name.
    [[nodiscard]] constexpr std::string_view command_name() const { return from_.at.command_name; }
    /// The type of the chat; none where it does not matter, and of an inline message's button.
    [[nodiscard]] constexpr chat_type chat() const { return from_.chat; }
    /// The entities that the text or caption has to have.
    [[nodiscard]] constexpr entity_mask entities() const { return from_.entities; }
    [[nodiscard]] constexpr bool has(entity_kind entity) const {
        return (from_.entities & mask_of(entity)) != 0;
    }
    /// Whether the message has a caption.
    [[nodiscard]] constexpr bool has_caption() const { return from_.at.caption; }
    /// Whether the update is a pressed button with data (a game's has none).
    [[nodiscard]] constexpr bool has_data() const {
        return kind() == update_kind::callback_query && !from_.at.without_data;
    }
    /// The text, the caption or the data, of which there is one; empty where any would do, or where
    /// it is longer than 128 bytes.
    [[nodiscard]] constexpr std::string_view text() const { return from_.text(); }

    /// As the checks and the test kit have it.
    [[nodiscard]] constexpr const detail::example_update& details() const { return from_; }

  private:
    detail::example_update from_{};
};

/// An answer: yes, no, or undecided where a cap is reached. As a bool, true for yes only.
struct decision {
    decided answer = decided::undecided;
    /// Of satisfiable, where the answer is yes: an update that fits. Of the others, where it is no:
    /// an update that shows it. Else empty.
    update_example example{};

    constexpr explicit operator bool() const { return answer == decided::yes; }
};

namespace detail {

template <class F>
inline constexpr decision satisfiable_filter = [] {
    const term terms[] = {{plain_program<F>}};
    const solution found = solve(terms);
    return decision{found.found, update_example(found.example)};
}();

/// Whether nothing was found that would show the opposite.
constexpr decision unless(const solution& counterexample) {
    const decided opposite = counterexample.found == decided::yes  ? decided::no
                             : counterexample.found == decided::no ? decided::yes
                                                                   : decided::undecided;
    return {opposite, update_example(counterexample.example)};
}

template <class A, class B>
inline constexpr decision implied_filter = [] {
    const term terms[] = {{plain_program<A>}, {plain_program<B>, false}};
    return unless(solve(terms));
}();

template <class A, class B>
inline constexpr decision equivalent_filters = [] {
    const decision& there = implied_filter<A, B>;
    const decision& back = implied_filter<B, A>;
    if (there.answer == decided::no) return there;
    return back.answer == decided::yes ? there : back;
}();

template <kind_mask Kinds, class... Fs>
inline constexpr decision covering_filters = [] {
    const term terms[] = {{plain_program<Fs>, false}..., {plain_program<anything_filter>}};
    return unless(solve(terms, Kinds));
}();

}  // namespace detail

/// Whether some update fits the filter. The example fits.
template <filter F>
constexpr const decision& satisfiable(F) {
    return detail::satisfiable_filter<F>;
}

/// Whether every update that fits `a` fits `b`. The example fits `a` and not `b`.
template <filter A, filter B>
constexpr const decision& implies(A, B) {
    return detail::implied_filter<A, B>;
}

/// Whether the same updates fit both. The example fits one of them.
template <filter A, filter B>
constexpr const decision& equivalent(A, B) {
    return detail::equivalent_filters<A, B>;
}

/// Whether every update of every kind fits one of the filters. The example fits none.
template <filter... Fs>
constexpr const decision& covers_everything(Fs...) {
    return detail::covering_filters<detail::all_kinds, Fs...>;
}

/// Whether every update of one kind fits one of the filters: covers<update_kind::message>(text,
/// !text). The example fits none.
template <update_kind Kind, filter... Fs>
constexpr const decision& covers(Fs...) {
    static_assert(Kind != update_kind::unknown, "updates of unknown kinds reach no filter");
    return detail::covering_filters<detail::mask_of(Kind), Fs...>;
}

}  // namespace banter
