// Reads a pattern into a tree of small nodes. The syntax is Python's re (what PTB's users write),
// less what no automaton can do; a byte position goes with every fault.
#pragma once

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/char_set.hpp>
#include <banter/flow/pattern/fault.hpp>
#include <banter/flow/pattern/tree.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter::detail {

/// One reading of a pattern; call parse() once, then look at the members.
class syntax_reader {
  public:
    growing<syntax_node> nodes;
    growing<char_set> sets;
    growing<interval> intervals;
    std::uint16_t root = no_node;
    std::uint16_t look_ahead = no_node;  // what must not follow the beginning
    bool begins_with_caret = false;
    std::uint16_t group_count = 0;
    pattern_verdict verdict;

    constexpr explicit syntax_reader(std::string_view text) : text_(text) {}

    constexpr void parse() {
        read_flags();
        read_beginning();
        const std::uint16_t body = failed() ? no_node : read_alternatives(0);
        if (!failed() && at_ < text_.size()) {
            fail(pattern_fault::unopened_group, at_);
        }
        if (failed()) {
            return;
        }
        if (look_ahead != no_node && nodes[body].kind == node_kind::alternatives) {
            fail(pattern_fault::misplaced_look_ahead, nodes[look_ahead].position);
        }
        root = body;
        if (begins_with_caret && look_ahead != no_node) {
            const std::uint16_t caret = add_assertion(assertion::begin);
            nodes[caret].next = body;
            root = add({.kind = node_kind::sequence, .child = caret});
        }
    }

  private:
    constexpr bool failed() const { return !verdict.ok(); }
    constexpr std::uint16_t fail(pattern_fault fault, std::size_t position) {
        if (!failed()) {
            verdict = {fault, position};
        }
        return no_node;
    }
    template <std::size_t N>
    constexpr bool next_is(const char (&what)[N]) const {
        for (std::size_t i = 0; i + 1 < N; ++i) {
            if (at_ + i >= text_.size() || text_[at_ + i] != what[i]) {
                return false;
            }
        }
        return true;
    }
    constexpr bool next_is(char what) const { return at_ < text_.size() && text_[at_] == what; }
    constexpr bool take(char what) {
        if (!next_is(what)) {
            return false;
        }
        ++at_;
        return true;
    }

    constexpr std::uint16_t add(syntax_node node) {
        nodes.push(node);
        return static_cast<std::uint16_t>(nodes.size() - 1);
    }
    constexpr std::uint16_t add_assertion(assertion what) {
        return add({.kind = node_kind::assertion,
                    .value = static_cast<std::uint16_t>(what),
                    .position = static_cast<std::uint16_t>(at_)});
    }
    constexpr std::uint16_t add_set(char_set set, const interval* wide) {
        const char_set* const known = sets.data();
        const std::size_t count = sets.size();
        std::size_t at = 0;
        while (at < count && (known[at].low != set.low || known[at].high != set.high ||
                              known[at].interval_count != set.interval_count ||
                              !same_intervals(known[at], wide))) {
            ++at;
        }
        if (at == count) {
            set.first_interval = static_cast<std::uint16_t>(intervals.size());
            for (unsigned i = 0; i < set.interval_count; ++i) {
                intervals.push(wide[i]);
            }
            sets.push(set);
        }
        return add({.kind = node_kind::chars,
                    .value = static_cast<std::uint16_t>(at),
                    .position = static_cast<std::uint16_t>(at_)});
    }
    constexpr bool same_intervals(const char_set& known, const interval* wide) const {
        for (unsigned i = 0; i < known.interval_count; ++i) {
            const interval& mine = intervals[known.first_interval + i];
            if (mine.first != wide[i].first || mine.last != wide[i].last) {
                return false;
            }
        }
        return true;
    }
    constexpr std::uint16_t add_set(set_builder& set, bool negated) {
        if (fold_case_) {
            set.fold();
        }
        if (negated) {
            set.negate();
        } else {
            set.normalise();
        }
        return add_set({.low = set.low,
                        .high = set.high,
                        .interval_count = static_cast<std::uint16_t>(set.wide.size())},
                       set.wide.data());
    }
    constexpr std::uint16_t add_literal(std::uint32_t c) {
        if (c < 128 && !fold_case_) {
            const word bit = word{1} << (c % 64);
            return add_set({.low = c < 64 ? bit : 0, .high = c < 64 ? 0 : bit}, nullptr);
        }
        set_builder set;
        set.add(c);
        return add_set(set, false);
    }

    constexpr void read_flags() {
        const std::size_t start = at_;
        if (!next_is("(?") || at_ + 2 >= text_.size() || text_[at_ + 2] < 'a' ||
            text_[at_ + 2] > 'z') {
            return;
        }
        at_ += 2;
        for (; at_ < text_.size() && text_[at_] != ')'; ++at_) {
            if (text_[at_] == 'i') {
                fold_case_ = true;
            } else if (text_[at_] == 's') {
                dot_takes_newline_ = true;
            } else {
                fail(pattern_fault::unsupported_flag, at_);
                return;
            }
        }
        if (!take(')')) {
            fail(pattern_fault::unclosed_group, start);
        }
    }

    /// An optional '^' and any number of look-aheads.
    constexpr void read_beginning() {
        const std::size_t start = at_;
        begins_with_caret = take('^');
        std::uint16_t last = no_node;
        while (!failed() && next_is("(?!")) {
            const std::size_t opened = at_;
            at_ += 3;
            const std::uint16_t inner = read_alternatives(1);
            if (failed() || !take(')')) {
                fail(pattern_fault::unclosed_group, opened);
                return;
            }
            const std::uint16_t one = add({.kind = node_kind::sequence, .child = inner});
            if (last == no_node) {
                look_ahead = add({.kind = node_kind::alternatives,
                                  .child = one,
                                  .position = static_cast<std::uint16_t>(opened)});
            } else {
                nodes[last].next = one;
            }
            last = one;
        }
        if (look_ahead == no_node) {
            at_ = start;
        }
    }

    constexpr std::uint16_t read_alternatives(int depth) {
        const std::uint16_t first = read_sequence(depth);
        if (failed() || !next_is('|')) {
            return first;
        }
        const std::uint16_t all = add({.kind = node_kind::alternatives, .child = first});
        std::uint16_t last = first;
        while (!failed() && take('|')) {
            const std::uint16_t next = read_sequence(depth);
            if (!failed()) {
                nodes[last].next = next;
                last = next;
            }
        }
        return all;
    }

    constexpr std::uint16_t read_sequence(int depth) {
        const std::uint16_t whole = add({.kind = node_kind::sequence});
        std::uint16_t last = no_node;
        while (!failed() && at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
            const std::uint16_t item = read_repeat(depth);
            if (failed()) {
                return no_node;
            }
            if (last == no_node) {
                nodes[whole].child = item;
            } else {
                nodes[last].next = item;
            }
            last = item;
        }
        return whole;
    }

    struct counts {
        bool found = false;
        int least = 0;
        int most = unlimited;
    };

    /// Reads * + ? {m} {m,} {,n} {m,n}; a '{' that begins none of these is a literal.
    constexpr counts read_counts() {
        if (take('*')) {
            return {true, 0, unlimited};
        }
        if (take('+')) {
            return {true, 1, unlimited};
        }
        if (take('?')) {
            return {true, 0, 1};
        }
        if (!next_is('{') || next_is("{}")) {
            return {};
        }
        const std::size_t start = at_++;
        const int least = read_number();
        counts result{true, least < 0 ? 0 : least, least};
        if (take(',')) {
            const int most = read_number();
            result.most = most < 0 ? unlimited : most;
        }
        if (!take('}')) {
            at_ = start;
            return {};
        }
        if (result.least > largest_count || result.most > largest_count) {
            fail(pattern_fault::too_large, start);
        } else if (result.most != unlimited && result.most < result.least) {
            fail(pattern_fault::bad_repeat, start);
        }
        return result;
    }

    /// -1 where there is no digit.
    constexpr int read_number() {
        int value = -1;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
            value = (value < 0 ? 0 : value) * 10 + (text_[at_++] - '0');
            value = value > largest_count ? largest_count + 1 : value;
        }
        return value;
    }

    constexpr bool at_repeat_sign() const {
        if (at_ == text_.size()) {
            return false;
        }
        const char c = text_[at_];
        return c == '*' || c == '+' || c == '?' || c == '{';
    }

    constexpr std::uint16_t read_repeat(int depth) {
        const std::size_t start = at_;
        if (at_repeat_sign() && read_counts().found) {
            return fail(pattern_fault::nothing_to_repeat, start);
        }
        const std::uint16_t item = read_atom(depth);
        if (failed() || !at_repeat_sign()) {
            return item;
        }
        const std::size_t sign = at_;
        const counts times = read_counts();
        if (!times.found || failed()) {
            return item;
        }
        if (nodes[item].kind == node_kind::assertion) {
            return fail(pattern_fault::nothing_to_repeat, sign);
        }
        const bool greedy = !take('?');
        const std::size_t again = at_;
        if (read_counts().found) {
            return fail(pattern_fault::repeated_repeat, again);
        }
        return add({.kind = node_kind::repeat,
                    .greedy = greedy,
                    .child = item,
                    .least = static_cast<std::int16_t>(times.least),
                    .most = static_cast<std::int16_t>(times.most),
                    .position = static_cast<std::uint16_t>(sign)});
    }

    constexpr std::uint16_t read_atom(int depth) {
        const std::size_t start = at_;
        switch (text_[at_]) {
        case '(':
            return read_group(depth);
        case '[':
            return read_class();
        case '\\':
            return read_escape();
        case '^':
            ++at_;
            return add_assertion(assertion::begin);
        case '$':
            ++at_;
            return add_assertion(assertion::end_or_newline);
        case '.': {
            ++at_;
            set_builder set;
            if (!dot_takes_newline_) {
                set.add('\n');
            }
            return add_set(set, true);
        }
        default:
            break;
        }
        if (static_cast<unsigned char>(text_[at_]) < 128) {
            return add_literal(static_cast<std::uint32_t>(text_[at_++]));
        }
        const decoded literal = decode_at(text_, at_);
        if (literal.size == 0) {
            return fail(pattern_fault::not_utf8, start);
        }
        at_ += literal.size;
        return add_literal(literal.value);
    }

    constexpr std::uint16_t read_group(int depth) {
        const std::size_t start = at_++;
        bool captures = true;
        if (depth == deepest_nesting) {
            return fail(pattern_fault::too_large, start);
        }
        if (next_is("?:")) {
            captures = false;
            at_ += 2;
        } else if (next_is("?P<")) {
            at_ += 3;
            read_name(start);
        } else if (next_is("?!")) {
            return fail(pattern_fault::misplaced_look_ahead, start);
        } else if (next_is("?P=")) {
            return fail(pattern_fault::backreference, start);
        } else if (at_ + 1 < text_.size() && text_[at_] == '?' &&
                   ((text_[at_ + 1] >= 'a' && text_[at_ + 1] <= 'z') || text_[at_ + 1] == '-')) {
            return fail(pattern_fault::unsupported_flag, start);
        } else if (next_is('?')) {
            return fail(pattern_fault::unsupported_group, start);
        }
        const std::uint16_t number = captures ? ++group_count : std::uint16_t{0};
        const std::uint16_t inner = failed() ? no_node : read_alternatives(depth + 1);
        if (failed()) {
            return no_node;
        }
        if (!take(')')) {
            return fail(pattern_fault::unclosed_group, start);
        }
        // A plain group is a node too, so that what it holds is not mistaken for an assertion.
        return add({.kind = node_kind::group,
                    .value = number,
                    .child = inner,
                    .position = static_cast<std::uint16_t>(start)});
    }

    constexpr void read_name(std::size_t group) {
        const std::size_t first = at_;
        const auto letter = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        };
        while (at_ < text_.size() &&
               (letter(text_[at_]) || (at_ > first && text_[at_] >= '0' && text_[at_] <= '9'))) {
            ++at_;
        }
        const std::string_view name = text_.substr(first, at_ - first);
        if (name.empty() || !take('>')) {
            fail(pattern_fault::bad_group_name, group);
            return;
        }
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (names_[i] == name) {
                fail(pattern_fault::bad_group_name, group);
            }
        }
        names_.push(name);
    }

    constexpr std::uint16_t read_escape() {
        const std::size_t start = at_++;
        const char letter = at_ < text_.size() ? text_[at_] : '\0';
        switch (letter) {
        case 'A':
            ++at_;
            return add_assertion(assertion::begin);
        case 'Z':
            ++at_;
            return add_assertion(assertion::end);
        case 'b':
            ++at_;
            return add_assertion(assertion::word_edge);
        case 'B':
            ++at_;
            return add_assertion(assertion::no_word_edge);
        case 'd':
        case 'w':
        case 's':
        case 'D':
        case 'W':
        case 'S': {
            ++at_;
            set_builder set;
            set.add_class(letter);
            return add_set(set, false);
        }
        default:
            break;
        }
        if (letter >= '1' && letter <= '9') {
            return fail(pattern_fault::backreference, start);
        }
        const std::uint32_t c = read_escaped(start);
        return failed() ? no_node : add_literal(c);
    }

    /// What stands after '\' where it is one character; at_ is behind the '\'.
    constexpr std::uint32_t read_escaped(std::size_t start) {
        const decoded letter = decode_at(text_, at_);
        if (at_ >= text_.size() || letter.size == 0) {
            fail(pattern_fault::bad_escape, start);
            return 0;
        }
        at_ += letter.size;
        switch (letter.value) {
        case 'n':
            return '\n';
        case 't':
            return '\t';
        case 'r':
            return '\r';
        case 'f':
            return '\f';
        case 'v':
            return '\v';
        case 'a':
            return '\a';
        case 'x':
            return read_hex(2, start);
        case 'u':
            return read_hex(4, start);
        case 'U':
            return read_hex(8, start);
        case '0':
            if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7') {
                fail(pattern_fault::bad_escape, start);
            }
            return 0;
        default:
            break;
        }
        const bool is_word = letter.value < 128 && letter.value != '_' &&
                             ascii_contains({digits_low, word_high}, letter.value);
        if (is_word) {
            fail(pattern_fault::bad_escape, start);
        }
        return letter.value;
    }

    constexpr std::uint32_t read_hex(int digits, std::size_t start) {
        std::uint32_t value = 0;
        for (; digits > 0; --digits, ++at_) {
            const char c = at_ < text_.size() ? text_[at_] : '\0';
            const char lower = static_cast<char>(c | 0x20);
            if (c >= '0' && c <= '9') {
                value = value * 16 + static_cast<std::uint32_t>(c - '0');
            } else if (lower >= 'a' && lower <= 'f') {
                value = value * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
            } else {
                fail(pattern_fault::bad_escape, start);
                return 0;
            }
        }
        if (value > last_code_point || (value >= 0xD800 && value <= 0xDFFF)) {
            fail(pattern_fault::bad_escape, start);
            return 0;
        }
        return value;
    }

    struct class_member {
        bool is_class = false;  // \d and the like, already added
        std::uint32_t value = 0;
    };

    constexpr class_member read_class_member(set_builder& set) {
        const std::size_t start = at_;
        if (!take('\\')) {
            const decoded plain = decode_at(text_, at_);
            if (plain.size == 0) {
                fail(pattern_fault::not_utf8, start);
            }
            at_ += plain.size;
            return {false, plain.value};
        }
        const char letter = at_ < text_.size() ? text_[at_] : '\0';
        switch (letter) {
        case 'd':
        case 'w':
        case 's':
        case 'D':
        case 'W':
        case 'S':
            ++at_;
            set.add_class(letter);
            return {true, 0};
        case 'b':
            ++at_;
            return {false, '\b'};
        default:
            return {false, read_escaped(start)};
        }
    }

    constexpr std::uint16_t read_class() {
        const std::size_t start = at_++;
        const bool negated = take('^');
        set_builder set;
        for (bool first = true; first || !next_is(']'); first = false) {
            if (at_ >= text_.size()) {
                return fail(pattern_fault::unclosed_class, start);
            }
            const std::size_t from = at_;
            const class_member low = read_class_member(set);
            const bool range = next_is('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
            if (failed()) {
                return no_node;
            }
            if (!range) {
                if (!low.is_class) {
                    set.add(low.value);
                }
                continue;
            }
            ++at_;
            const class_member high = read_class_member(set);
            if (failed()) {
                return no_node;
            }
            if (low.is_class || high.is_class || high.value < low.value) {
                return fail(pattern_fault::bad_range, from);
            }
            set.add(low.value, high.value);
        }
        ++at_;
        return add_set(set, negated);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool fold_case_ = false;
    bool dot_takes_newline_ = false;
    growing<std::string_view> names_;
};

}  // namespace banter::detail
