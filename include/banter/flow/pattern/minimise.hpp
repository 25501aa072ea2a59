// The smallest automaton with the same language: partition refinement after Valmari and Lehtinen,
// O(m log n) for m edges of a partial automaton, so that missing edges cost nothing.
#pragma once

#include <cstddef>
#include <cstdint>

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/determinise.hpp>

namespace banter::detail {

/// Numbers 0 to n-1 in disjoint sets that can be split by marking members.
class partition {
  public:
    constexpr explicit partition(std::size_t size)
        : members_(size), place_(size), set_of_(size), first_(size), past_(size), marked_(size) {
        for (std::size_t i = 0; i < size; ++i) {
            members_.data()[i] = place_.data()[i] = static_cast<std::uint16_t>(i);
        }
        if (size > 0) {
            past_.data()[0] = static_cast<std::uint16_t>(size);
            count_ = 1;
        }
    }

    [[nodiscard]] constexpr std::size_t count() const { return count_; }
    [[nodiscard]] constexpr std::size_t set_of(std::size_t member) const {
        return set_of_.data()[member];
    }
    [[nodiscard]] constexpr std::size_t first(std::size_t set) const { return first_.data()[set]; }
    [[nodiscard]] constexpr std::size_t past(std::size_t set) const { return past_.data()[set]; }
    [[nodiscard]] constexpr std::size_t at(std::size_t place) const { return members_.data()[place]; }

    constexpr void mark(std::size_t member) {
        const std::size_t set = set_of_.data()[member];
        const std::size_t from = place_.data()[member];
        std::uint16_t& marked = marked_.data()[set];
        const std::size_t to = first_.data()[set] + marked;
        if (from < to) {
            return;
        }
        std::uint16_t* members = members_.data();
        members[from] = members[to];
        place_.data()[members[from]] = static_cast<std::uint16_t>(from);
        members[to] = static_cast<std::uint16_t>(member);
        place_.data()[member] = static_cast<std::uint16_t>(to);
        if (marked++ == 0) {
            touched_.push(static_cast<std::uint16_t>(set));
        }
    }

    /// Each set with marked and unmarked members becomes two; the smaller one gets the new number.
    constexpr void split() {
        while (touched_.size() > 0) {
            const std::size_t set = touched_[touched_.size() - 1];
            touched_.shrink(touched_.size() - 1);
            const std::size_t border = first_.data()[set] + std::size_t{marked_.data()[set]};
            if (border == past_.data()[set]) {
                marked_.data()[set] = 0;
                continue;
            }
            if (marked_.data()[set] <= past_.data()[set] - border) {
                first_.data()[count_] = first_.data()[set];
                past_.data()[count_] = first_.data()[set] = static_cast<std::uint16_t>(border);
            } else {
                past_.data()[count_] = past_.data()[set];
                first_.data()[count_] = past_.data()[set] = static_cast<std::uint16_t>(border);
            }
            for (std::size_t i = first_.data()[count_]; i < past_.data()[count_]; ++i) {
                set_of_.data()[members_.data()[i]] = static_cast<std::uint16_t>(count_);
            }
            marked_.data()[set] = marked_.data()[count_] = 0;
            ++count_;
        }
    }

  private:
    scratch<std::uint16_t> members_;
    scratch<std::uint16_t> place_;
    scratch<std::uint16_t> set_of_;
    scratch<std::uint16_t> first_;
    scratch<std::uint16_t> past_;
    scratch<std::uint16_t> marked_;
    growing<std::uint16_t> touched_;
    std::size_t count_ = 0;
};

/// Edges grouped by one end: those of `state` are order[begin[state]] to order[begin[state + 1]].
class edge_index {
  public:
    enum class by : std::uint8_t { from, to, symbol };

    constexpr edge_index(const growing<edge>& edges, std::size_t keys, by what)
        : begin_(keys + 1), order_(edges.size()) {
        std::uint16_t* const begin = begin_.data();
        for (std::size_t i = 0; i < edges.size(); ++i) {
            ++begin[key(edges[i], what)];
        }
        for (std::size_t k = 1; k <= keys; ++k) {
            begin[k] = static_cast<std::uint16_t>(begin[k] + begin[k - 1]);
        }
        for (std::size_t i = edges.size(); i-- > 0;) {
            order_.data()[--begin[key(edges[i], what)]] = static_cast<std::uint16_t>(i);
        }
    }
    [[nodiscard]] constexpr std::size_t begin(std::size_t k) const { return begin_.data()[k]; }
    [[nodiscard]] constexpr std::size_t end(std::size_t k) const { return begin_.data()[k + 1]; }
    [[nodiscard]] constexpr std::size_t at(std::size_t place) const { return order_.data()[place]; }

  private:
    static constexpr std::size_t key(const edge& each, by what) {
        return what == by::from ? each.from : what == by::to ? each.to : each.symbol;
    }

    scratch<std::uint16_t> begin_;
    scratch<std::uint16_t> order_;
};

/// Drops what leads to no accepting state; keeps the start, which is state 0 before and after.
constexpr void drop_dead_states(symbolic_automaton& dfa) {
    const std::size_t count = dfa.states.size();
    const edge_index into(dfa.edges, count, edge_index::by::to);
    scratch<bool> alive(count);
    growing<std::uint16_t> pending;
    for (std::size_t s = 0; s < count; ++s) {
        if (dfa.states[s] != state_kind::plain) {
            alive.data()[s] = true;
            pending.push(static_cast<std::uint16_t>(s));
        }
    }
    for (std::size_t p = 0; p < pending.size(); ++p) {
        for (std::size_t i = into.begin(pending[p]); i < into.end(pending[p]); ++i) {
            const std::uint16_t from = dfa.edges[into.at(i)].from;
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

constexpr void minimise(symbolic_automaton& dfa, std::size_t symbol_count) {
    drop_dead_states(dfa);
    const std::size_t count = dfa.states.size();
    partition blocks(count);
    for (const state_kind kind : {state_kind::accepting, state_kind::settled}) {
        for (std::size_t s = 0; s < count; ++s) {
            if (dfa.states[s] == kind) {
                blocks.mark(s);
            }
        }
        blocks.split();
    }
    // Edges of one set have one symbol and lead into one block.
    const edge_index into(dfa.edges, count, edge_index::by::to);
    const edge_index of_symbol(dfa.edges, symbol_count, edge_index::by::symbol);
    partition cords(dfa.edges.size());
    for (std::size_t s = 0; s < symbol_count; ++s) {
        for (std::size_t i = of_symbol.begin(s); i < of_symbol.end(s); ++i) {
            cords.mark(of_symbol.at(i));
        }
        cords.split();
    }
    std::size_t done_blocks = 1;
    for (std::size_t cord = 0; cord < cords.count(); ++cord) {
        for (std::size_t i = cords.first(cord); i < cords.past(cord); ++i) {
            blocks.mark(dfa.edges[cords.at(i)].from);
        }
        blocks.split();
        for (; done_blocks < blocks.count(); ++done_blocks) {
            for (std::size_t i = blocks.first(done_blocks); i < blocks.past(done_blocks); ++i) {
                const std::size_t state = blocks.at(i);
                for (std::size_t e = into.begin(state); e < into.end(state); ++e) {
                    cords.mark(into.at(e));
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
