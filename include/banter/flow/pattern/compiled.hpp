// All of one pattern as constants: compiled from its text, or behind a literal from what follows that.
#pragma once

#include <banter/flow/fixed_string.hpp>
#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/byte_edges.hpp>
#include <banter/flow/pattern/capture.hpp>
#include <banter/flow/pattern/literal_start.hpp>
#include <banter/flow/pattern/storage.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter::detail {

/// Compiled from its text as it stands.
template <fixed_string P, match_kind K>
struct compiled_text {
    static constexpr automaton_shape shape = first_draft_of<P, K>.shape;
    static constexpr pattern_verdict verdict = shape.verdict;
    static constexpr std::size_t capture_count = first_program_of<P>.shape.group_count;
    static constexpr automaton_view automaton{classes_of<P, K>.data(), table_of<P, K>.data(),
                                              shape.state_count,       shape.class_count,
                                              shape.start,             shape.settled,
                                              shape.wide_alike};
    static constexpr literal_prefix prefix = find_literal_prefix(automaton);
    static constexpr byte_edges edges = edges_of(automaton);
    static constexpr std::array<std::uint16_t, 256> class_sizes = class_sizes_of(automaton);
    static constexpr std::size_t literal_size = 0;
    using captured = compiled_text;
    static constexpr auto& program = program_of<P>;
    static constexpr match_kind kind = K;
};

template <fixed_string P, match_kind K>
inline constexpr literal_start literal_start_of = find_literal_start(P.view(), K);

/// A pattern's text without its literal; a search is still for the beginning only.
template <fixed_string P, match_kind K>
constexpr auto text_behind_literal() {
    constexpr std::size_t end = literal_start_of<P, K>.end();
    fixed_string<P.size() - end + (K == match_kind::search ? 2 : 1)> out;
    char* to = out.characters;
    if constexpr (K == match_kind::search) *to++ = '^';
    for (std::size_t i = end; i != P.size(); ++i) *to++ = P.characters[i];
    return out;
}

/// The literal, and behind it a pattern that others may have behind theirs.
template <fixed_string P, match_kind K>
struct compiled_behind_literal {
    using rest = compiled_text<text_behind_literal<P, K>(), K>;
    static constexpr std::size_t literal_size = literal_start_of<P, K>.size;
    static constexpr std::string_view literal =
        fixed_text<P>.view().substr(literal_start_of<P, K>.from, literal_size);
    static constexpr chained_classes classes = classes_behind(literal, rest::automaton, rest::class_sizes);
    static constexpr automaton_shape shape = shape_behind(literal, rest::automaton, classes);
    static constexpr std::array<std::uint16_t, shape.entries()> table =
        table_behind<shape.entries()>(literal, rest::automaton, classes);

    static constexpr pattern_verdict verdict{};
    static constexpr std::size_t capture_count = rest::capture_count;
    static constexpr automaton_view automaton{classes.of_byte.data(), table.data(),
                                              shape.state_count,      shape.class_count,
                                              shape.start,            shape.settled,
                                              shape.wide_alike};
    static constexpr literal_prefix prefix = chained_prefix(literal, rest::automaton, rest::prefix);
    static constexpr byte_edges edges = edges_behind(literal, rest::edges);
    using captured = rest;
};

/// Whether P is compiled behind its literal. Not where something is wrong with what follows: its place in
/// P is known only where P is read as a whole. Nor where the chain would not be minimal.
template <fixed_string P, match_kind K, bool HasLiteral = literal_start_of<P, K>.size != 0>
inline constexpr bool stands_behind_literal = false;
template <fixed_string P, match_kind K>
inline constexpr bool stands_behind_literal<P, K, true> = [] {
    using rest = compiled_text<text_behind_literal<P, K>(), K>;
    constexpr literal_start literal = literal_start_of<P, K>;
    if constexpr (!rest::verdict.ok())
        return false;
    else
        return !rest::automaton.is_empty() && rest::automaton.class_count + literal.size <= 256 &&
               !repeats_byte(rest::automaton, rest::class_sizes, P.characters[literal.end() - 1]);
}();

template <fixed_string P, match_kind K, bool BehindLiteral = stands_behind_literal<P, K>>
struct compiled : compiled_text<P, K> {};
template <fixed_string P, match_kind K>
struct compiled<P, K, true> : compiled_behind_literal<P, K> {};

/// What is needed to find a pattern's groups; made only where somebody asks for them.
template <class Compiled>
inline constexpr capture_plan capture_plan_of = [] {
    using rest = typename Compiled::captured;
    capture_plan plan{.automaton = &Compiled::automaton,
                      .prefix = &Compiled::prefix,
                      .literal_size = Compiled::literal_size,
                      .kind = rest::kind};
    if constexpr (rest::capture_count != 0 || rest::kind == match_kind::search) {
        constexpr program_view shape = rest::program.shape;
        plan.program = rest::program.view();
        plan.with_threads = &capture_with_threads<shape.code_size + 1U, shape.chars_count,
                                                  2 * (rest::capture_count + 1), shape.levels>;
    }
    return plan;
}();

}  // namespace banter::detail
