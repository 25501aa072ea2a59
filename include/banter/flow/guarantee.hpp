// Whether a filter guarantees another one: every update that the first accepts fits the second.
//
// Combinations of what is left open in a world are tried: the chat's type, run-time predicates, and
// the sets of patterns that one subject can match at once (joint_patterns.hpp). What would take
// too long is left undecided, and undecided counts as guaranteed: a check never refuses what it
// cannot decide.
#pragma once

#include <banter/flow/joint_patterns.hpp>
#include <banter/flow/worlds.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter::detail {

// ---- the unknowns ----

/// The patterns on one subject that two filters speak of; none where `wanted` has none.
struct patterns_compared {
    bool complete = true;  // false: more than can be compared
    std::size_t count = 0;
    const automaton_view* automata[joint_walk::most]{};
    // Told apart by their text: with g++'s sanitizers addresses cannot be compared in constexpr.
    std::string_view texts[joint_walk::most]{};

    constexpr std::size_t find(std::string_view pattern) const {
        for (std::size_t i = 0; i != count; ++i)
            if (texts[i] == pattern) return i;
        return joint_walk::most;
    }
    constexpr void add(std::span<const filter_node> program, filter_node::op subject) {
        for (const filter_node& atom : program) {
            if (atom.what != subject || find(atom.word) != joint_walk::most) continue;
            if (count == joint_walk::most) {
                complete = false;
            } else {
                texts[count] = atom.word;
                automata[count++] = atom.automaton;
            }
        }
    }
};

constexpr patterns_compared patterns_of(std::span<const filter_node> given,
                                        std::span<const filter_node> wanted,
                                        filter_node::op subject) {
    patterns_compared found;
    found.add(wanted, subject);
    if (found.count != 0) found.add(given, subject);
    return found;
}

/// Steps of one walk, and of a walk inside a search: clang bounds the work of each evaluation.
inline constexpr std::size_t most_walked = 6000;
inline constexpr std::size_t most_walked_inside = 1500;

template <class Given, class Wanted, filter_node::op Subject>
inline constexpr patterns_compared compared =
    patterns_of(rule_program<Given>, plain_program<Wanted>, Subject);

constexpr joint_sets walk(const patterns_compared& patterns, const automaton_view& universe,
                          std::string_view prefix = {}) {
    if (!patterns.complete) return {.decided = false};
    return joint_walk({patterns.automata, patterns.count}, universe, most_walked).run(prefix);
}

/// What a pressed button's data can match.
template <class Given, class Wanted>
constexpr joint_sets callback_sets() {
    constexpr auto& patterns = compared<Given, Wanted, filter_node::op::callback>;
    if constexpr (patterns.count == 0)
        return {.count = 1};
    else
        return walk(patterns, pattern<"(?s).*", match_kind::whole>::automaton);
}

/// What a text can match. A text that is a command begins with a slash and the command's name.
template <class Given, class Wanted, fixed_string Prefix>
constexpr joint_sets text_sets() {
    constexpr auto& patterns = compared<Given, Wanted, filter_node::op::text>;
    if constexpr (patterns.count == 0)
        return {.count = 1};
    else
        return walk(patterns, pattern<"(?s).+", match_kind::whole>::automaton, Prefix.view());
}

template <class Given, class Wanted>
inline constexpr joint_sets callback_sets_of = callback_sets<Given, Wanted>();
template <class Given, class Wanted, fixed_string Prefix>
inline constexpr joint_sets text_sets_of = text_sets<Given, Wanted, Prefix>();

/// What the patterns of two filters have to do with each other.
struct pattern_knowledge {
    patterns_compared callbacks, texts;
    joint_sets of_callback, of_text, of_command;
    const automaton_view* text_universe = nullptr;  // of whatever can be a text
};

template <class Given, class Wanted>
constexpr const automaton_view* text_universe_for() {
    if constexpr (compared<Given, Wanted, filter_node::op::text>.count == 0)
        return nullptr;
    else
        return &pattern<"(?s).+", match_kind::whole>::automaton;
}

template <class Given, class Wanted>
inline constexpr pattern_knowledge knowledge{
    compared<Given, Wanted, filter_node::op::callback>,
    compared<Given, Wanted, filter_node::op::text>,
    callback_sets_of<Given, Wanted>,
    text_sets_of<Given, Wanted, "">,
    text_sets_of<Given, Wanted, "/">,
    text_universe_for<Given, Wanted>(),
};

// ---- the search ----

/// An update that one filter accepts and that does not fit another.
struct counterexample {
    bool found = false;
    world update{};
};

class counterexample_search {
  public:
    constexpr counterexample_search(std::span<const filter_node> given,
                                    std::span<const filter_node> wanted,
                                    const pattern_knowledge& patterns)
        : given_(given), wanted_(wanted), patterns_(patterns) {
        add_leaves(wanted);
        add_leaves(given);
        for (const auto program : {given, wanted})
            for (const filter_node& atom : program)
                chats_matter_ = chats_matter_ || atom.what == filter_node::op::chat;
    }

    constexpr counterexample run() {
        counterexample result;
        const std::span<const filter_node> programs[] = {given_, wanted_};
        const kind_mask kinds = kinds_accepted(given_);
        for (std::size_t i = 0; i != update_kind_count && !result.found; ++i) {
            const auto kind = static_cast<update_kind>(i);
            if ((kinds & mask_of(kind)) == 0) continue;
            (void)for_each_world(kind, programs, [&](const world& at) {
                if (holds_in(at)) return true;
                result = {true, at};
                return false;
            });
        }
        return result;
    }

  private:
    static constexpr std::size_t most_leaves = 5;  // and one bit for all others

    /// Predicates that are too many for all combinations are all true or all false together.
    constexpr void add_leaves(std::span<const filter_node> program) {
        for (const filter_node& atom : program)
            if (atom.what == filter_node::op::leaf && leaf_count_ != most_leaves &&
                leaf(atom) == leaf_count_)
                leaves_[leaf_count_++] = atom.word;
    }
    constexpr std::size_t leaf(const filter_node& atom) const {
        std::size_t i = 0;
        while (i != leaf_count_ && leaves_[i] != atom.word) ++i;
        return i;
    }

    /// The chats that a kind of update comes from: a channel's posts have kinds of their own.
    static constexpr bool comes_from(update_kind kind, chat_type chat) {
        switch (kind) {
            case update_kind::channel_post:
            case update_kind::edited_channel_post: return chat == chat_type::channel;
            case update_kind::message:
            case update_kind::edited_message:
                return chat != chat_type::none && chat != chat_type::channel;
            default: return true;
        }
    }

    constexpr joint_sets sets_in(const world& at) const {
        using command_class = world::command_class;
        if (at.kind == update_kind::callback_query) return patterns_.of_callback;
        if (at.command == command_class::none) return patterns_.of_text;
        const bool plain = patterns_.texts.count == 0 || !patterns_.texts.complete;
        if (at.command != command_class::named || plain)
            return patterns_.of_command;
        return joint_walk({patterns_.texts.automata, patterns_.texts.count},
                          *patterns_.text_universe, most_walked_inside)
            .run("/", at.command_name);
    }

    constexpr bool holds_in(const world& at) const {
        const joint_sets sets = sets_in(at);
        const bool has_chat = (chat_kinds & mask_of(at.kind)) != 0;
        if (!sets.decided) return true;
        const unsigned combinations = 1U << (leaf_count_ + (leaf_count_ == most_leaves ? 1 : 0));
        for (const chat_type chat : {chat_type::none, chat_type::private_chat, chat_type::group,
                                     chat_type::supergroup, chat_type::channel}) {
            if (chats_matter_ && has_chat ? !comes_from(at.kind, chat) : chat != chat_type::none)
                continue;
            for (std::size_t s = 0; s != sets.count; ++s)
                for (unsigned leaves = 0; leaves != combinations; ++leaves)
                    if (!holds({at, chat, sets.sets[s], leaves})) return false;
        }
        return true;
    }

    /// A world in which nothing is open any more.
    struct full_world {
        const world& plain;
        chat_type chat;
        std::uint32_t patterns;
        unsigned leaves;
    };
    constexpr bool holds(const full_world& at) const {
        const auto oracle = [&](const filter_node& atom) { return ask_full(at, atom); };
        return evaluate(given_, oracle) == truth::no || evaluate(wanted_, oracle) == truth::yes;
    }
    constexpr truth ask_full(const full_world& at, const filter_node& atom) const {
        const truth plain = ask_world(at.plain, atom);
        if (plain != truth::maybe) return plain;
        switch (atom.what) {
            case filter_node::op::chat:
                return truth_of(at.chat == static_cast<chat_type>(atom.value));
            case filter_node::op::callback: return ask_set(at, patterns_.callbacks, atom);
            case filter_node::op::text: return ask_set(at, patterns_.texts, atom);
            case filter_node::op::leaf: return truth_of((at.leaves >> leaf(atom)) & 1U);
            default: return plain;
        }
    }
    static constexpr truth ask_set(const full_world& at, const patterns_compared& patterns,
                                   const filter_node& atom) {
        const std::size_t i = patterns.find(atom.word);
        return i == joint_walk::most ? truth::maybe : truth_of((at.patterns >> i) & 1U);
    }

    std::span<const filter_node> given_, wanted_;
    const pattern_knowledge& patterns_;
    std::string_view leaves_[most_leaves]{};
    std::size_t leaf_count_ = 0;
    bool chats_matter_ = false;
};

/// An update that the rule filter Given lets through and that does not fit Wanted.
template <class Given, class Wanted>
inline constexpr counterexample counterexample_to =
    counterexample_search(rule_program<Given>, plain_program<Wanted>, knowledge<Given, Wanted>)
        .run();

/// Whether every update that the filter Given accepts in a rule fits Wanted.
template <class Given, class Wanted>
inline constexpr bool guarantees = !counterexample_to<Given, Wanted>.found;

}  // namespace banter::detail
