// Many automata run as one: a bot's patterns on one subject, united when it starts, so that the
// time for a subject does not grow with the number of patterns.
#pragma once

#include <banter/array_view.hpp>
#include <banter/config.hpp>
#include <banter/flow/pattern/automaton.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <string_view>
#include <vector>

namespace banter {

/// The union of many automata. Add them, build once, then classify subjects.
///
/// The product of all is one table as long as it stays within `largest_table` entries. Past that
/// the patterns are split into groups, each with a table of its own, and a subject runs through
/// each.
class pattern_set {
  public:
    static constexpr std::size_t largest_table = 1u << 20;  ///< entries of 4 bytes
    static constexpr std::size_t largest_work = 1u << 23;   ///< steps of building one table

    /// Adds an automaton whose arrays outlive the set; answers its id: 0, 1, 2, ...
    std::uint32_t add(const automaton_view& automaton) {
        automata_.push_back(automaton);
        return static_cast<std::uint32_t>(automata_.size() - 1);
    }

    /// Unites what was added. Call it once, after the last add.
    void build();

    /// Which patterns take the subject, as a class id: subjects taken by the same patterns have the
    /// same id; 0 means by none. Ids stay valid as long as the set does. A set in several groups
    /// (`group_count() > 1`) may learn a new class here, so it must not be shared between threads.
    [[nodiscard]] std::uint32_t classify(std::string_view subject) {
        if (groups_.empty()) {
            return 0;
        }
        auto next = groups_.begin();
        std::uint32_t found = next->run(subject);
        while (++next != groups_.end()) {
            found = join(found, next->run(subject));
        }
        return found;
    }

    /// The patterns of a class: bit i % 64 of word i / 64 stands for the pattern with id i.
    [[nodiscard]] detail::array_view<std::uint64_t> accepted(std::uint32_t class_id) const {
        return {accepted_.data() + class_id * words_, words_};
    }

    [[nodiscard]] std::size_t size() const { return automata_.size(); }
    /// How many classes are known; all that there can be, in a set of one group.
    [[nodiscard]] std::size_t class_count() const {
        return words_ == 0 ? 0 : accepted_.size() / words_;
    }
    /// How many tables a subject runs through.
    [[nodiscard]] std::size_t group_count() const { return groups_.size(); }

  private:
    struct group {
        std::uint8_t classes[256];
        std::uint32_t stride = 1;
        std::uint32_t start = 0;
        std::vector<std::uint32_t>
            table;  // rows of successors (as offsets of rows) and one class id

        std::uint32_t run(std::string_view subject) const {
            const std::uint32_t* const rows = table.data();
            std::uint32_t row = start;
            for (const char byte : subject) {
                row = rows[row + classes[static_cast<unsigned char>(byte)]];
                if (row == 0) {
                    break;
                }
            }
            return rows[row + stride - 1];
        }
    };
    class builder;

    void build(detail::array_view<std::uint32_t> ids);
    std::uint32_t join(std::uint32_t left, std::uint32_t right);
    std::uint32_t find_or_add_class(detail::array_view<std::uint64_t> accepted);

    std::vector<automaton_view> automata_;
    std::list<group> groups_;
    std::size_t words_ = 0;
    std::vector<std::uint64_t> accepted_;       // by class id
    std::vector<std::uint32_t> class_buckets_;  // a hash table of class ids, each plus 1
    std::vector<std::uint64_t> joint_pairs_;    // of two classes that a subject has had, sorted
    std::vector<std::uint32_t> joint_classes_;  // and what they are together
};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/pattern_set.ipp>
#endif
