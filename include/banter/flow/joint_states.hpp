// Several automata side by side on one subject, breadth first: the patterns' part of the solver.
//
// A joint state holds one state of each automaton, and of the commands' syntax where the subject
// begins with a command. Bytes that no automaton of a question tells apart are tried once. Written
// for constant evaluation: clang counts statements, not expressions, so loops have one.
#pragma once

#include <banter/flow/filter_program.hpp>
#include <banter/flow/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter::detail {

constexpr char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr bool is_word(std::uint8_t byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

/// One byte for each group of bytes that some automata do not tell apart, in the order in which
/// examples prefer them. Goes by runs of bytes, not by bytes: most automata know a few.
class byte_groups {
  public:
    [[nodiscard]] constexpr bool known() const { return count_ != 0; }
    [[nodiscard]] constexpr std::size_t count() const { return count_; }
    [[nodiscard]] constexpr const std::uint8_t* data() const { return bytes_; }

    /// First, all bytes behind which somebody tells bytes apart.
    constexpr void add(const byte_edges& edges) {
        for (std::size_t i = 0; i != 4; ++i) edges_.words[i] |= edges.words[i];
    }
    constexpr void add(std::uint8_t first, std::uint8_t last) {
        edges_.add(first);
        if (last != 255) edges_.add(static_cast<std::uint8_t>(last + 1));
    }
    /// Then the runs between them. Of characters outside ASCII one stands for all, where all are
    /// alike.
    constexpr void find_runs(bool wide_alike) {
        for (const range& each : preferred) add(each.first, each.last);
        for (const range& each : preferred)
            if (each.first == 128 && wide_alike)
                bytes_[runs_++] = 0xC3, bytes_[runs_++] = 0xA9;
            else
                for (std::size_t b = each.first; b <= each.last; b = edges_.next(b + 1))
                    bytes_[runs_++] = static_cast<std::uint8_t>(b);
    }
    /// Then what tells them apart: an automaton's classes, or a function's.
    constexpr void split(const automaton_view& by) {
        scratch<std::uint16_t> renamed((last_group_ + 1) * by.class_count);
        const std::uint8_t* const classes = by.classes;
        std::uint16_t* const names = renamed.data();
        std::uint16_t fresh = 0;
        for (std::size_t r = 0; r != runs_; ++r)
            group_[r] = rename(names[group_[r] * by.class_count + classes[bytes_[r]]], fresh);
        last_group_ = fresh - 1u;
    }
    template <class ClassOf>
    constexpr void split(ClassOf&& class_of) {
        scratch<std::uint16_t> renamed((last_group_ + 1) * 256);
        std::uint16_t fresh = 0;
        for (std::size_t r = 0; r != runs_; ++r)
            group_[r] = rename(renamed.data()[group_[r] * 256u + class_of(bytes_[r])], fresh);
        last_group_ = fresh - 1u;
    }
    /// Last, one byte of each group.
    constexpr void choose() {
        scratch<bool> taken(last_group_ + 1);
        bool* const seen = taken.data();
        for (std::size_t r = 0; r != runs_; ++r)
            if (!seen[group_[r]]) seen[group_[r]] = true, bytes_[count_++] = bytes_[r];
    }

    [[nodiscard]] constexpr std::size_t run_count() const { return runs_; }

  private:
    struct range {
        std::uint8_t first, last;
    };
    static constexpr range preferred[] = {
        {'a', 'z'}, {'0', '9'},  {'A', 'Z'},   {' ', '/'}, {':', '@'}, {'[', '`'},
        {'{', '~'}, {128, 255}, {'\n', '\n'}, {0, 9},     {11, 31},   {127, 127}};

    static constexpr std::uint16_t rename(std::uint16_t& name, std::uint16_t& fresh) {
        return static_cast<std::uint16_t>((name != 0 ? name : name = ++fresh) - 1);
    }

    byte_edges edges_;
    std::uint16_t group_[256]{};  // of a run
    std::size_t last_group_ = 0;  // all zeros at first: g++ 12 at times makes arrays of them so
    std::uint8_t bytes_[256]{};  // of each run, then of each group
    std::size_t runs_ = 0;
    std::size_t count_ = 0;
};

/// How the text of a command begins, as a state that each byte moves on.
///
///   named     /name, in either case, and then no byte of a word (the letters are given one by one)
///   unnamed   /word, and the word is none of the names
///   foreign   /word@word
class command_syntax {
  public:
    enum class form : std::uint8_t { none, named, unnamed, foreign };
    static constexpr std::uint16_t refused = 0, free = 1, name_ended = 2, start = 3, root = 4;

    constexpr command_syntax() = default;
    constexpr command_syntax(const command_syntax&) = delete;
    constexpr command_syntax& operator=(const command_syntax&) = delete;

    /// An unnamed command has none of these names.
    constexpr void add(std::string_view name) {
        if (nodes_.size() == 0) nodes_.push({});
        std::uint16_t at = 0;
        for (const char c : name) {
            const char letter = lower_case(c);
            std::uint16_t next = child(at, letter);
            if (next == 0) {
                next = static_cast<std::uint16_t>(nodes_.size());
                nodes_.push({letter, 0, nodes_[at].first_child, false});
                nodes_[at].first_child = next;
            }
            at = next;
        }
        nodes_[at].is_name = true;
    }

    /// The bytes that the syntax tells apart.
    constexpr void add_edges(byte_groups& groups) const {
        for (const char c : {'/', '@', '_'}) add_edge(groups, c);
        groups.add('0', '9'), groups.add('A', 'Z'), groups.add('a', 'z');
        for (std::size_t i = 1; i < nodes_.size(); ++i) {
            const char letter = nodes_[i].letter;
            add_edge(groups, letter);
            if (letter >= 'a' && letter <= 'z') add_edge(groups, static_cast<char>(letter - 32));
        }
    }
    constexpr void split(byte_groups& groups) const {
        groups.split([this](std::uint8_t byte) -> std::size_t {
            const char letter = lower_case(static_cast<char>(byte));
            if (letter == '/' || letter == '@') return byte;
            if (!is_word(byte)) return 1;
            for (std::size_t i = 1; i < nodes_.size(); ++i)
                if (nodes_[i].letter == letter) return static_cast<std::size_t>(letter);
            return 2;
        });
    }

    [[nodiscard]] constexpr std::uint16_t next(form of, std::uint16_t state,
                                               std::uint8_t byte) const {
        if (state <= free) return state;
        const bool in_word = is_word(byte);
        if (state == name_ended) return in_word ? refused : free;
        if (state == start) return byte == '/' ? root : refused;
        if (of == form::foreign) {  // root, then one more for: word, @, word
            if (state == root + 1 && byte == '@') return root + 2;
            if (state == root + 3 && !in_word) return free;
            if (!in_word) return refused;
            return static_cast<std::uint16_t>((state - root) % 2 == 0 ? state + 1 : state);
        }
        const auto at = static_cast<std::uint16_t>(state - root);
        if (!in_word) return may_end(of, state) ? free : refused;
        const std::uint16_t child_node =
            at >= nodes_.size() ? std::uint16_t{0} : child(at, lower_case(static_cast<char>(byte)));
        return child_node != 0 ? static_cast<std::uint16_t>(root + child_node) : other_name();
    }

    [[nodiscard]] constexpr bool may_end(form of, std::uint16_t state) const {
        if (state < start) return state != refused;
        if (of == form::foreign) return state == root + 3;
        return state == other_name() ||
               (state > root && state < other_name() && !nodes_[state - root].is_name);
    }

  private:
    static constexpr void add_edge(byte_groups& groups, char c) {
        groups.add(static_cast<std::uint8_t>(c), static_cast<std::uint8_t>(c));
    }

    struct node {
        char letter = 0;
        std::uint16_t first_child = 0;
        std::uint16_t sibling = 0;
        bool is_name = false;
    };

    /// Of a name that is no beginning of the names.
    [[nodiscard]] constexpr std::uint16_t other_name() const {
        return static_cast<std::uint16_t>(root + 1 + nodes_.size());
    }
    [[nodiscard]] constexpr std::uint16_t child(std::uint16_t of, char letter) const {
        std::uint16_t at = nodes_[of].first_child;
        while (at != 0 && nodes_[at].letter != letter) at = nodes_[at].sibling;
        return at;
    }

    growing<node> nodes_;  // the names as a tree
};

/// Walks several automata from one joint state to the next. Keeps how each was reached.
class joint_states {
  public:
    static constexpr std::size_t most = 33;  // automata; the first says what is a subject
    static constexpr std::size_t most_states = 1000;

    constexpr joint_states(const byte_groups& bytes, const command_syntax& syntax,
                           command_syntax::form form)
        : bytes_(bytes), syntax_(syntax), form_(form) {}
    constexpr ~joint_states() {
        delete[] states_;
        delete[] table_;
    }
    joint_states(const joint_states&) = delete;
    joint_states& operator=(const joint_states&) = delete;

    constexpr void add(const automaton_view* automaton) { automata_[width_++] = automaton; }

    /// Begins with the start states.
    constexpr void begin() {
        enlarge_table();
        make_room();
        for (std::size_t i = 0; i != width_; ++i) states_[i] = automata_[i]->start;
        syntax_states_.push(form_ == command_syntax::form::none ? command_syntax::free
                                                                : command_syntax::start);
        parents_.push(0);
        arrived_by_.push(0);
        count_ = 1;
    }

    [[nodiscard]] constexpr std::size_t count() const { return count_; }
    [[nodiscard]] constexpr std::size_t width() const { return width_; }
    [[nodiscard]] constexpr bool full() const { return full_; }

    /// Whether the text that leads here is a subject.
    [[nodiscard]] constexpr bool may_end(std::size_t at) const {
        return syntax_.may_end(form_, syntax_states_[at]) &&
               automata_[0]->accepts(states_[at * width_]);
    }
    /// What the automata say of this text: values[i] for automaton i + 1.
    constexpr void results(std::size_t at, truth* values) const {
        const std::uint16_t* const states = states_ + at * width_;
        for (std::size_t i = 1; i < width_; ++i)
            values[i - 1] = truth_of(automata_[i]->accepts(states[i]));
    }
    /// What the automata say of every text that begins so.
    constexpr void outlook(std::size_t at, truth* values) const {
        const std::uint16_t* const states = states_ + at * width_;
        for (std::size_t i = 1; i < width_; ++i)
            values[i - 1] = states[i] == 0                      ? truth::no
                            : states[i] < automata_[i]->settled ? truth::yes
                                                                : truth::maybe;
    }

    /// Visits what follows a state. Returns the work in steps of clang.
    constexpr std::size_t expand(std::size_t at) {
        const std::uint8_t* const last = bytes_.data() + bytes_.count();
        const std::uint16_t syntax = syntax_states_[at];
        const bool free = syntax == command_syntax::free;
        for (const std::uint8_t* byte = bytes_.data(); byte != last && !full_; ++byte)
            step(at, *byte, free ? syntax : syntax_.next(form_, syntax, *byte));
        return full_ ? 0 : bytes_.count() * (20 + 2 * width_);
    }
    /// Moves to a command's name.
    constexpr std::size_t follow_name(std::string_view name) {
        std::size_t first = 0;
        std::size_t last = 1;
        step(first, '/', command_syntax::root);
        for (std::size_t i = 0; i != name.size(); ++i) {
            first = last;
            last = count_;
            const std::uint16_t state = i + 1 == name.size() ? command_syntax::name_ended
                                                             : static_cast<std::uint16_t>(
                                                                   command_syntax::root + 1 + i);
            for (std::size_t s = first; s != last; ++s) {
                const char letter = lower_case(name[i]);
                step(s, static_cast<std::uint8_t>(letter), state);
                if (letter >= 'a' && letter <= 'z')
                    step(s, static_cast<std::uint8_t>(letter - 32), state);
            }
        }
        return last;
    }

    /// The text that leads to a state.
    constexpr std::size_t spell(std::size_t at, char* out, std::size_t room) const {
        std::size_t size = 0;
        for (std::size_t s = at; s != 0; s = parents_[s]) ++size;
        if (size > room) return 0;
        std::size_t i = size;
        for (std::size_t s = at; s != 0; s = parents_[s])
            out[--i] = static_cast<char>(arrived_by_[s]);
        return size;
    }

  private:
    constexpr void step(std::size_t at, std::uint8_t byte, std::uint16_t syntax) {
        if (count_ == room_) make_room();
        const std::uint16_t* const from = states_ + at * width_;
        std::uint16_t* const to = states_ + count_ * width_;
        std::size_t hash = syntax;
        for (std::size_t i = 0; i != width_; ++i)
            hash = hash * 31 + (to[i] = automata_[i]->table[from[i] * (automata_[i]->class_count + 1u) +
                                                            automata_[i]->classes[byte]]);
        if (to[0] == 0 || syntax == command_syntax::refused) return;  // it is no subject
        for (hash = place(hash); table_[hash] != 0; hash = (hash + 1) % table_size_) {
            const std::uint16_t* const known = states_ + (table_[hash] - 1u) * width_;
            std::size_t i = syntax_states_[table_[hash] - 1u] == syntax ? 0 : width_ + 1;
            while (i < width_ && known[i] == to[i]) ++i;
            if (i == width_) return;
        }
        if (count_ == most_states) {
            full_ = true;
            return;
        }
        syntax_states_.push(syntax);
        parents_.push(static_cast<std::uint16_t>(at));
        arrived_by_.push(byte);
        table_[hash] = static_cast<std::uint16_t>(++count_);
        if (count_ * 2 > table_size_) enlarge_table();
    }

    /// Where to look first: similar hashes go far apart.
    [[nodiscard]] constexpr std::size_t place(std::size_t hash) const {
        return (hash * 0x9E3779B97F4A7C15 >> 40) % table_size_;
    }
    constexpr void enlarge_table() {
        delete[] table_;
        table_size_ = table_size_ == 0 ? 61 : table_size_ * 4 + 1;
        table_ = new std::uint16_t[table_size_]{};
        for (std::size_t s = 0; s != count_; ++s) {
            std::size_t hash = syntax_states_[s];
            for (std::size_t i = 0; i != width_; ++i) hash = hash * 31 + states_[s * width_ + i];
            for (hash = place(hash); table_[hash] != 0;) hash = (hash + 1) % table_size_;
            table_[hash] = static_cast<std::uint16_t>(s + 1);
        }
    }
    /// For one more joint state.
    constexpr void make_room() {
        std::uint16_t* const larger = new std::uint16_t[(room_ * 4 + 16) * width_]{};
        for (std::size_t i = 0; i != count_ * width_; ++i) larger[i] = states_[i];
        delete[] states_;
        states_ = larger;
        room_ = room_ * 4 + 16;
    }

    const byte_groups& bytes_;
    const command_syntax& syntax_;
    command_syntax::form form_;
    const automaton_view* automata_[most]{};
    std::size_t width_ = 0;
    std::uint16_t* states_ = nullptr;  // width_ for each joint state
    std::size_t room_ = 0;
    growing<std::uint16_t> syntax_states_;
    growing<std::uint16_t> parents_;
    growing<std::uint8_t> arrived_by_;
    std::size_t count_ = 0;
    bool full_ = false;
    std::uint16_t* table_ = nullptr;  // hash -> 1 + joint state
    std::size_t table_size_ = 0;
};

}  // namespace banter::detail
