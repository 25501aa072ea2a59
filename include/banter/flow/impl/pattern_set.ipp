// Bodies of flow/pattern/set.hpp.
#pragma once

#include <banter/flow/pattern/set.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace banter {

/// Makes one table for some of the set's automata.
class pattern_set::builder {
  public:
    builder(pattern_set& set, detail::array_view<std::uint32_t> ids) : set_(set), ids_(ids) {}

    /// False where a limit was reached; one automaton alone is always built.
    bool run(group& out) {
        number_classes(out);
        out.stride = class_count_ + 1;
        add_state();  // state 0: nothing can match any more
        for (const std::uint32_t id : ids_) {
            if (set_.automata_[id].start != 0) {
                pending_.push_back(item_of(id, set_.automata_[id].start));
            }
        }
        const std::uint32_t start = pending_.empty() ? 0 : find_or_add();
        out.start = start * out.stride;
        for (std::uint32_t state = 1; state < first_items_.size(); ++state) {
            expand(state, out.stride);
            const bool too_large =
                first_items_.size() * out.stride > largest_table || work_ > largest_work;
            if (too_large && ids_.size() > 1) {
                return false;
            }
        }
        for (std::size_t state = 0; state < first_items_.size(); ++state) {
            table_[(state + 1) * out.stride - 1] = class_of(state);
        }
        out.table = std::move(table_);
        return true;
    }

  private:
    /// An automaton (the upper half) in one of its states. Numbers, so that no type of vector is
    /// compiled for this class alone.
    using item = std::uint64_t;
    static item item_of(std::uint32_t automaton, std::uint32_t state) {
        return std::uint64_t{automaton} << 32 | state;
    }
    static std::uint32_t automaton_of(item one) { return static_cast<std::uint32_t>(one >> 32); }
    static std::uint32_t state_of(item one) { return static_cast<std::uint32_t>(one); }

    /// The coarsest partition of the bytes that every automaton respects.
    void number_classes(group& out) {
        std::array<std::uint16_t, 256> mine{};
        class_count_ = 1;
        std::vector<std::uint16_t> renamed;
        for (const std::uint32_t id : ids_) {
            const automaton_view& each = set_.automata_[id];
            renamed.assign(std::size_t{class_count_} * each.class_count, 0);
            std::uint16_t next = 0;
            for (std::size_t byte = 0; byte < 256; ++byte) {
                std::uint16_t& name =
                    renamed[std::size_t{mine[byte]} * each.class_count + each.classes[byte]];
                if (name == 0) {
                    name = ++next;
                }
                mine[byte] = static_cast<std::uint16_t>(name - 1);
            }
            class_count_ = next;
        }
        for (std::size_t byte = 256; byte-- > 0;) {
            out.classes[byte] = static_cast<std::uint8_t>(mine[byte]);
            sample_[mine[byte]] = static_cast<std::uint8_t>(byte);
        }
        successors_.resize(class_count_);
    }

    /// Whose items are the next ones.
    void add_state() {
        first_items_.push_back(static_cast<std::uint32_t>(items_.size()));
        table_.resize(table_.size() + class_count_ + 1);
    }
    detail::array_view<item> items_of(std::size_t state) const {
        const std::size_t end =
            state + 1 == first_items_.size() ? items_.size() : first_items_[state + 1];
        return {items_.data() + first_items_[state], end - first_items_[state]};
    }

    /// Sorts the successors of all items into their byte classes.
    void expand(std::uint32_t state, std::uint32_t stride) {
        const detail::array_view<item> mine = items_of(state);
        touched_.clear();
        for (const item from : mine) {
            const automaton_view& each = set_.automata_[automaton_of(from)];
            const std::uint16_t* row =
                each.table + std::size_t{state_of(from)} * (each.class_count + 1u);
            for (std::uint32_t c = 0; c < class_count_; ++c) {
                const std::uint16_t to = row[each.classes[sample_[c]]];
                if (to != 0) {
                    if (successors_[c].empty()) {
                        touched_.push_back(c);
                    }
                    successors_[c].push_back(item_of(automaton_of(from), to));
                }
            }
        }
        work_ += mine.size() * class_count_;
        for (const std::uint32_t c : touched_) {
            pending_.swap(successors_[c]);
            const std::uint32_t to = find_or_add();
            table_[std::size_t{state} * stride + c] = to * stride;
            pending_.swap(successors_[c]);
            successors_[c].clear();
        }
    }

    /// The state whose items are in pending_ (in the order of automata).
    std::uint32_t find_or_add() {
        if (first_items_.size() * 2 >= buckets_.size()) {
            enlarge();
        }
        const detail::array_view<item> wanted(pending_.data(), pending_.size());
        std::size_t at = hash_of(wanted) & (buckets_.size() - 1);
        for (; buckets_[at] != 0; at = (at + 1) & (buckets_.size() - 1)) {
            const detail::array_view<item> known = items_of(buckets_[at]);
            if (known.size() == wanted.size() &&
                std::equal(known.begin(), known.end(), wanted.begin())) {
                return buckets_[at];
            }
        }
        const auto state = static_cast<std::uint32_t>(first_items_.size());
        add_state();
        items_.insert(items_.end(), wanted.begin(), wanted.end());
        buckets_[at] = state;
        work_ += pending_.size();
        return state;
    }

    static std::size_t hash_of(detail::array_view<item> items) {
        std::uint64_t hash = items.size();
        for (const item each : items) {
            hash ^= each;
            hash *= 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }
        return static_cast<std::size_t>(hash);
    }

    void enlarge() {
        buckets_.assign(buckets_.empty() ? 1024 : buckets_.size() * 4, 0);
        for (std::uint32_t state = 1; state < first_items_.size(); ++state) {
            std::size_t at = hash_of(items_of(state)) & (buckets_.size() - 1);
            while (buckets_[at] != 0) {
                at = (at + 1) & (buckets_.size() - 1);
            }
            buckets_[at] = state;
        }
    }

    std::uint32_t class_of(std::size_t state) {
        accepted_.assign(set_.words_, 0);
        bool any = false;
        for (const item each : items_of(state)) {
            const std::uint32_t automaton = automaton_of(each);
            if (set_.automata_[automaton].accepts(state_of(each))) {
                accepted_[automaton / 64] |= std::uint64_t{1} << (automaton % 64);
                any = true;
            }
        }
        return any ? set_.find_or_add_class(accepted_) : 0;
    }

    pattern_set& set_;
    detail::array_view<std::uint32_t> ids_;
    std::uint32_t class_count_ = 1;
    std::array<std::uint8_t, 256> sample_{};  // a byte of each class
    std::vector<std::uint32_t> first_items_;  // of each state
    std::vector<item> items_;
    std::vector<std::uint32_t> table_;
    std::vector<std::uint32_t> buckets_;  // a hash table of states; 0 is free
    std::vector<std::vector<item>> successors_;
    std::vector<std::uint32_t> touched_;
    std::vector<item> pending_;
    std::vector<std::uint64_t> accepted_;
    std::size_t work_ = 0;
};

BANTER_COLD_DECL void pattern_set::build() {
    words_ = (automata_.size() + 63) / 64;
    accepted_.assign(words_, 0);
    class_buckets_.clear();
    joint_pairs_.clear();
    joint_classes_.clear();
    groups_.clear();
    if (automata_.empty()) {
        return;
    }
    // Searches that can begin anywhere multiply each other; they go last, so that where the product
    // is too large, halving leaves the others together.
    std::vector<std::uint32_t> ids;
    for (const bool searches : {false, true}) {
        for (std::size_t i = 0; i < automata_.size(); ++i) {
            if ((automata_[i].settled != 1) == searches) {
                ids.push_back(static_cast<std::uint32_t>(i));
            }
        }
    }
    build(ids);
}

BANTER_COLD_DECL void pattern_set::build(detail::array_view<std::uint32_t> ids) {
    if (builder(*this, ids).run(groups_.emplace_back())) {
        return;
    }
    groups_.pop_back();
    std::size_t first_part = 0;
    while (first_part != ids.size() && automata_[ids[first_part]].settled != 2) ++first_part;
    if (first_part == 0 || first_part == ids.size()) {
        first_part = ids.size() / 2;
    }
    build(ids.part(0, first_part));
    build(ids.part(first_part, ids.size() - first_part));
}

BANTER_COLD_DECL std::uint32_t pattern_set::find_or_add_class(detail::array_view<std::uint64_t> accepted) {
    const auto hash_of = [](detail::array_view<std::uint64_t> bits) {
        std::uint64_t hash = 0;
        for (const std::uint64_t each : bits) {
            hash = (hash ^ each) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }
        return static_cast<std::size_t>(hash);
    };
    const std::size_t count = class_count();
    if (count * 2 >= class_buckets_.size()) {
        class_buckets_.assign(class_buckets_.empty() ? 64 : class_buckets_.size() * 4, 0);
        for (std::uint32_t id = 0; id < count; ++id) {
            std::size_t at = hash_of(this->accepted(id)) & (class_buckets_.size() - 1);
            while (class_buckets_[at] != 0) {
                at = (at + 1) & (class_buckets_.size() - 1);
            }
            class_buckets_[at] = id + 1;
        }
    }
    std::size_t at = hash_of(accepted) & (class_buckets_.size() - 1);
    for (; class_buckets_[at] != 0; at = (at + 1) & (class_buckets_.size() - 1)) {
        const auto known = this->accepted(class_buckets_[at] - 1);
        if (std::equal(known.begin(), known.end(), accepted.begin())) {
            return class_buckets_[at] - 1;
        }
    }
    class_buckets_[at] = static_cast<std::uint32_t>(count + 1);
    accepted_.insert(accepted_.end(), accepted.begin(), accepted.end());
    return static_cast<std::uint32_t>(count);
}

BANTER_DECL std::uint32_t pattern_set::join(std::uint32_t left, std::uint32_t right) {
    if (left == 0 || right == 0) {
        return left | right;
    }
    const std::uint64_t pair = std::uint64_t{left} << 32 | right;
    const auto at = std::lower_bound(joint_pairs_.begin(), joint_pairs_.end(), pair);
    const auto offset = at - joint_pairs_.begin();
    if (at != joint_pairs_.end() && *at == pair) {
        return joint_classes_[static_cast<std::size_t>(offset)];
    }
    std::vector<std::uint64_t> both(accepted(left).begin(), accepted(left).end());
    for (std::size_t w = 0; w < words_; ++w) {
        both[w] |= accepted(right)[w];
    }
    const std::uint32_t id = find_or_add_class(both);
    joint_pairs_.insert(at, pair);
    joint_classes_.insert(joint_classes_.begin() + offset, id);
    return id;
}

}  // namespace banter
