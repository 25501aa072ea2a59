// The smallest automaton with the same language: partition refinement after Valmari and Lehtinen,
// O(m log n) for m edges of a partial automaton, so that missing edges cost nothing.
#pragma once

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/determinise.hpp>

#include <cstddef>
#include <cstdint>

namespace banter::detail {

/// Numbers 0 to n-1 in disjoint sets that can be split by marking members.
class partition {
  public:
    constexpr explicit partition(std::size_t size)
        : members_(new std::uint16_t[6 * size + 1]{}), place_(members_ + size),
          set_of_(members_ + 2 * size), first_(members_ + 3 * size), past_(members_ + 4 * size),
          marked_(members_ + 5 * size), count_(size > 0 ? 1 : 0) {
        for (std::size_t i = 0; i < size; ++i) {
            members_[i] = place_[i] = static_cast<std::uint16_t>(i);
        }
        past_[0] = static_cast<std::uint16_t>(size);
    }
    constexpr ~partition() { delete[] members_; }
    partition(const partition&) = delete;
    partition& operator=(const partition&) = delete;

    [[nodiscard]] constexpr std::size_t count() const { return count_; }
    [[nodiscard]] constexpr std::size_t set_of(std::size_t member) const { return set_of_[member]; }
    [[nodiscard]] constexpr std::size_t first(std::size_t set) const { return first_[set]; }
    [[nodiscard]] constexpr std::size_t past(std::size_t set) const { return past_[set]; }
    [[nodiscard]] constexpr std::size_t at(std::size_t place) const { return members_[place]; }

    constexpr void mark(std::size_t member) {
        const std::size_t set = set_of_[member];
        const std::size_t from = place_[member];
        const std::size_t to = std::size_t{first_[set]} + marked_[set];
        if (from < to) {
            return;
        }
        members_[from] = members_[to];
        place_[members_[from]] = static_cast<std::uint16_t>(from);
        members_[to] = static_cast<std::uint16_t>(member);
        place_[member] = static_cast<std::uint16_t>(to);
        if (marked_[set]++ == 0) {
            touched_.push(static_cast<std::uint16_t>(set));
        }
    }

    /// Each set with marked and unmarked members becomes two; the smaller one gets the new number.
    constexpr void split() {
        for (std::size_t i = touched_.size(); i-- > 0;) {
            split(touched_[i]);
        }
        touched_.shrink(0);
    }

  private:
    constexpr void split(std::size_t set) {
        const std::size_t border = std::size_t{first_[set]} + marked_[set];
        const bool marked_are_fewer = marked_[set] <= past_[set] - border;
        marked_[set] = 0;
        if (border == past_[set]) {
            return;
        }
        if (marked_are_fewer) {
            first_[count_] = first_[set];
            past_[count_] = first_[set] = static_cast<std::uint16_t>(border);
        } else {
            past_[count_] = past_[set];
            first_[count_] = past_[set] = static_cast<std::uint16_t>(border);
        }
        for (std::size_t i = first_[count_]; i < past_[count_]; ++i) {
            set_of_[members_[i]] = static_cast<std::uint16_t>(count_);
        }
        ++count_;
    }

    std::uint16_t* members_;
    std::uint16_t* place_;
    std::uint16_t* set_of_;
    std::uint16_t* first_;
    std::uint16_t* past_;
    std::uint16_t* marked_;
    growing<std::uint16_t> touched_;
    std::size_t count_ = 0;
};

/// Edges grouped by one end: those of k are order[begin[k]] to order[begin[k + 1]].
class edge_index {
  public:
    constexpr edge_index(const growing<edge>& edges, std::size_t keys, std::uint16_t edge::*end)
        : begin_(keys + 1), order_(edges.size()) {
        std::uint16_t* const begins = begin_.data();
        const edge* const all = edges.data();
        const std::size_t count = edges.size();
        for (std::size_t i = 0; i < count; ++i) {
            ++begins[all[i].*end];
        }
        for (std::size_t k = 1; k <= keys; ++k) {
            begins[k] = static_cast<std::uint16_t>(begins[k] + begins[k - 1]);
        }
        for (std::size_t i = count; i-- > 0;) {
            order_.data()[--begins[all[i].*end]] = static_cast<std::uint16_t>(i);
        }
    }
    [[nodiscard]] constexpr const std::uint16_t* begin() const { return begin_.data(); }
    [[nodiscard]] constexpr const std::uint16_t* order() const { return order_.data(); }

  private:
    scratch<std::uint16_t> begin_;
    scratch<std::uint16_t> order_;
};

/// Drops what leads to no accepting state; keeps the start, which is state 0 before and after.
constexpr void drop_dead_states(symbolic_automaton& dfa) {
    const std::size_t count = dfa.states.size();
    const edge_index into(dfa.edges, count, &edge::to);
    scratch<bool> alive(count);
    growing<std::uint16_t> pending;
    for (std::size_t s = 0; s < count; ++s) {
        if (dfa.states[s] != state_kind::plain) {
            alive.data()[s] = true;
            pending.push(static_cast<std::uint16_t>(s));
        }
    }
    for (std::size_t p = 0; p < pending.size(); ++p) {
        const std::size_t to = pending[p];
        for (std::size_t i = into.begin()[to]; i < into.begin()[to + 1]; ++i) {
            const std::uint16_t from = dfa.edges[into.order()[i]].from;
            if (!alive.data()[from]) {
                alive.data()[from] = true;
                pending.push(from);
            }
        }
    }
    if (pending.size() == count) {
        return;
    }
    scratch<std::uint16_t> renamed(count);
    std::size_t kept = 0;
    for (std::size_t s = 0; s < count; ++s) {
        if (alive.data()[s] || s == 0) {
            renamed.data()[s] = static_cast<std::uint16_t>(kept);
            dfa.states[kept++] = dfa.states[s];
        }
    }
    dfa.states.shrink(kept);
    kept = 0;
    for (std::size_t i = 0; i < dfa.edges.size(); ++i) {
        const edge each = dfa.edges[i];
        if (alive.data()[each.to]) {
            dfa.edges[kept++] = {renamed.data()[each.from], each.symbol, renamed.data()[each.to]};
        }
    }
    dfa.edges.shrink(kept);
}

/// Where `may_be_dead` is false, every state is known to lead to an accepting one.
constexpr void minimise(symbolic_automaton& dfa, std::size_t symbol_count, bool may_be_dead) {
    if (may_be_dead) {
        drop_dead_states(dfa);
    }
    const std::size_t count = dfa.states.size();
    const edge* const edges = dfa.edges.data();
    partition blocks(count);
    for (const state_kind kind : {state_kind::accepting, state_kind::settled}) {
        for (std::size_t s = 0; s < count; ++s) {
            if (dfa.states.data()[s] == kind) {
                blocks.mark(s);
            }
        }
        blocks.split();
    }
    // Edges of one set have one symbol and lead into one block.
    const edge_index index(dfa.edges, count, &edge::to);
    const std::uint16_t* const into = index.begin();
    const std::uint16_t* const order = index.order();
    partition cords(dfa.edges.size());
    const edge_index of_symbol(dfa.edges, symbol_count, &edge::symbol);
    for (std::size_t s = 1; s < symbol_count; ++s) {
        const std::size_t end = of_symbol.begin()[s + 1];
        for (std::size_t i = of_symbol.begin()[s]; i < end; ++i) {
            cords.mark(of_symbol.order()[i]);
        }
        cords.split();
    }
    std::size_t done_blocks = 1;
    for (std::size_t cord = 0; cord < cords.count() && blocks.count() < count; ++cord) {
        const std::size_t past = cords.past(cord);
        for (std::size_t i = cords.first(cord); i < past; ++i) {
            blocks.mark(edges[cords.at(i)].from);
        }
        blocks.split();
        for (; done_blocks < blocks.count(); ++done_blocks) {
            const std::size_t block_past = blocks.past(done_blocks);
            for (std::size_t i = blocks.first(done_blocks); i < block_past; ++i) {
                const std::size_t state = blocks.at(i);
                for (std::size_t e = into[state]; e < into[state + 1]; ++e) {
                    cords.mark(order[e]);
                }
            }
            cords.split();
        }
    }
    if (blocks.count() == count) {
        return;
    }
    // Number the blocks by their first members, so that the start stays 0.
    scratch<std::uint16_t> number(blocks.count());
    scratch<bool> leads(count);
    std::size_t kept = 0;
    for (std::size_t s = 0; s < count; ++s) {
        std::uint16_t& mine = number.data()[blocks.set_of(s)];
        if (mine == 0) {
            mine = static_cast<std::uint16_t>(kept + 1);
            leads.data()[s] = true;
            dfa.states[kept++] = dfa.states[s];
        }
    }
    dfa.states.shrink(kept);
    const auto renamed = [&](std::size_t s) {
        return static_cast<std::uint16_t>(number.data()[blocks.set_of(s)] - 1u);
    };
    kept = 0;
    for (std::size_t i = 0; i < dfa.edges.size(); ++i) {
        const edge each = dfa.edges[i];
        if (leads.data()[each.from]) {
            dfa.edges[kept++] = {renamed(each.from), each.symbol, renamed(each.to)};
        }
    }
    dfa.edges.shrink(kept);
}

}  // namespace banter::detail
