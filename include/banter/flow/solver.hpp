// The decision procedure: is there an update that fits some filters and does not fit others?
//
// Whatever a check wants to know is such a question: a filter is satisfiable; it implies another
// (nothing fits it and not the other); earlier handlers take everything (nothing fits this filter
// and none of theirs). The answer is exact for the language of filter.hpp, and `yes` comes with an
// update as the example.
//
// The worlds (worlds.hpp) are walked one by one; in each, three-valued evaluation decides most
// filters at once. What is left open is searched: the patterns by a walk over the product of their
// automata (joint_states.hpp), breadth first, so that the example is as short as can be, and cut
// off where the filters are decided; then chat type, properties, entities, flags and predicates by
// case distinction, each case evaluated before the next is made. Of a property (a MIME type, a user's
// id) the cases are the sets of its patterns that one text matches, found once by the same walk.
// Flags and predicates are free: two of them have nothing to do with each other. The other design took
// all sets of patterns that one subject can match first and tried every combination: ten patterns that
// are searched in a text make a thousand sets.
//
// Work is bounded, because compilers bound constant evaluation (clang: 1,048,576 steps): past
// `usual_work` of them by our own count, 1,000 joint states, 32 patterns on one subject or 24
// entities, flags, properties and predicates in one world, the answer is `undecided`, and no check
// raises an error on that.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/joint_states.hpp>
#include <banter/flow/property_cases.hpp>
#include <banter/flow/worlds.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter {

/// What the solver says.
enum class decided : std::uint8_t { no, yes, undecided };

}  // namespace banter

namespace banter::detail {

/// A filter that an update has to fit, or must not fit.
struct term {
    array_view<filter_node> program;
    bool fits = true;
};

/// An update as an example, as far as it matters.
struct example_update {
    static constexpr std::size_t most_text = 128;

    world at{};
    chat_type chat = chat_type::none;
    entity_mask entities = 0;  // of the text or of the caption
    std::uint8_t size = 0;
    char characters[most_text]{};  // the text, the caption or the data, where it matters

    /// The text of a property that has to have one, behind `written` characters of `properties`.
    struct property_text {
        update_property of{};
        bool present = false;
        std::uint8_t first = 0;
        std::uint8_t size = 0;
    };
    static constexpr std::size_t most_properties = 6;

    std::uint32_t flags = 0;  // bits of update_flag
    std::uint8_t property_count = 0;
    std::uint8_t written = 0;
    property_text property[most_properties]{};
    char properties[most_text]{};

    [[nodiscard]] constexpr std::string_view text() const { return {characters, size}; }
    [[nodiscard]] constexpr bool has(update_flag flag) const {
        return ((flags >> static_cast<unsigned>(flag)) & 1U) != 0;
    }
    [[nodiscard]] constexpr std::string_view text_of(const property_text& one) const {
        return {properties + one.first, one.size};
    }
};

struct solution {
    decided found = decided::no;
    example_update example{};
};

inline constexpr std::size_t usual_work = 500'000;

/// One question. Ask once.
class solver {
  public:
    constexpr explicit solver(array_view<term> terms, std::size_t work = usual_work)
        : work_left_(work) {
        for (const term& one : terms) add(one);
    }
    constexpr ~solver() {
        for (std::size_t i = 0; i != known_properties_.size(); ++i) delete known_properties_[i];
    }
    solver(const solver&) = delete;
    solver& operator=(const solver&) = delete;

    /// Only updates of these kinds.
    constexpr solution run(kind_mask kinds = all_kinds) {
        kind_mask done = too_large_ ? kinds : 0;
        for (std::size_t i = 0; i != update_kind_count && !found_; ++i) {
            const auto kind = static_cast<update_kind>(i);
            if ((kinds & ~done & mask_of(kind)) == 0) continue;
            done |= words_.alike(kind);
            auto visit = [this](const world& at) { return !try_world(at); };
            if (!is_message_kind(kind))
                (void)world_walk(words_, visit).run(kind);
            else if (const content_bits left = contents_left(kind); !left.empty())
                (void)world_walk(words_, visit, left).run(kind);
        }
        if (found_) return {decided::yes, example_};
        return {undecided_ || too_large_ ? decided::undecided : decided::no, {}};
    }

    [[nodiscard]] constexpr std::size_t work_left() const { return work_left_; }

  private:
    static constexpr std::size_t most_unknowns = 24;  // in one world
    static constexpr std::size_t most_depth = 64;     // of an evaluation's stack
    using op = filter_node::op;

    /// An atom or operator. What is open in the world at hand has its value in a variable.
    struct node {
        op what;
        truth in_world;
        std::uint16_t variable;
        const filter_node* from;
    };
    /// A term: a range of nodes.
    struct part {
        std::uint16_t first;
        std::uint16_t last;
        bool fits;
    };
    /// What an atom may depend on in a world; equal atoms have one.
    struct variable {
        const filter_node* atom;
        truth value;
        std::uint16_t visit;  // the last world in which it was open
    };

    // ---- reading the question ----

    constexpr void add(const term& one) {
        words_.add(one.program);
        const auto first = static_cast<std::uint16_t>(nodes_.size());
        std::size_t depth = 0;
        std::size_t deepest = 0;
        for (const filter_node& atom : one.program) {
            depth = atom.what < op::negate ? depth + 1 : atom.what == op::negate ? depth : depth - 1;
            deepest = depth > deepest ? depth : deepest;
            nodes_.push({atom.what, truth::maybe, variable_of(atom), &atom});
        }
        if (deepest > most_depth || nodes_.size() > 0xFFFF) too_large_ = true;
        parts_.push({first, static_cast<std::uint16_t>(nodes_.size()), one.fits});
        (void)spend(one.program.size() * 60);
    }

    /// Variable 0 is of all atoms that need none.
    constexpr std::uint16_t variable_of(const filter_node& atom) {
        if (variables_.size() == 0) variables_.push({nullptr, truth::maybe, 0});
        const op what = atom.what;
        if (what != op::chat && what != op::leaf && what != op::entity &&
            what != op::caption_entity && what != op::callback && what != op::text &&
            what != op::caption_text && !is_trait(what))
            return 0;
        std::size_t i = 1;
        while (i < variables_.size() && !same(*variables_[i].atom, atom)) ++i;
        (void)spend(i * 10);
        if (i == variables_.size()) variables_.push({&atom, truth::maybe, 0});
        return static_cast<std::uint16_t>(i);
    }
    static constexpr bool same(const filter_node& a, const filter_node& b) {
        if (a.what != b.what) return false;
        if (a.what == op::leaf) return a.word == b.word && same_mark(a.mark, b.mark);
        return a.value == b.value && a.word == b.word;
    }

    // ---- evaluation ----

    constexpr bool spend(std::size_t work) {
        if (work_left_ < work) {
            work_left_ = 0;
            undecided_ = true;
            return false;
        }
        work_left_ -= work;
        return true;
    }

    /// The value of a part; its nodes know theirs.
    constexpr truth evaluate_part(const part& one) const {
        truth stack[most_depth]{};
        truth* top = stack;  // behind the last
        const node* const last = nodes_.data() + one.last;
        const variable* const variables = variables_.data();
        for (const node* n = nodes_.data() + one.first; n != last; ++n)
            if (n->what < op::negate)
                *top++ = n->in_world != truth::maybe ? n->in_world : variables[n->variable].value;
            else if (n->what == op::negate)
                top[-1] = opposite(top[-1]);
            else
                --top, top[-1] = combined(n->what, top[-1], *top);
        return one.fits ? stack[0] : opposite(stack[0]);
    }
    static constexpr truth combined(op how, truth a, truth b) {
        return how == op::both     ? (a < b ? a : b)
               : how == op::either ? (a < b ? b : a)
               : a == truth::maybe || b == truth::maybe ? truth::maybe
               : a != b                                 ? truth::yes
                                                        : truth::no;
    }
    static constexpr truth opposite(truth value) {
        return static_cast<truth>(2 - static_cast<int>(value));
    }
    /// Whether no part says no by what `ask` says of atoms.
    template <class Ask>
    constexpr bool not_refused(Ask&& ask) {
        open_.shrink(0);
        for (std::size_t p = 0; p != parts_.size(); ++p) {
            const part& one = parts_[p];
            if (!spend(90 + 50u * (one.last - one.first))) return false;
            for (std::size_t n = one.first; n != one.last; ++n)
                if (nodes_[n].what < op::negate) nodes_[n].in_world = ask(*nodes_[n].from);
            const truth value = evaluate_part(one);
            if (value == truth::no) return false;
            if (value == truth::maybe) open_.push(static_cast<std::uint16_t>(p));
        }
        return true;
    }
    /// The contents with which no part is refused, whatever else is open.
    constexpr content_bits contents_left(update_kind kind) {
        content_bits left = content_bits::all();
        for (std::size_t p = 0; p != parts_.size() && !left.empty(); ++p) {
            const part& one = parts_[p];
            if (!spend(60 + 40u * (one.last - one.first))) return {};
            truth_by_content stack[most_depth]{};
            truth_by_content* top = stack;  // behind the last
            for (std::size_t n = one.first; n != one.last; ++n) {
                if (nodes_[n].what < op::negate) {
                    *top++ = ask_contents(kind, *nodes_[n].from);
                    continue;
                }
                if (nodes_[n].what == op::negate) {
                    top[-1] = {top[-1].no, top[-1].yes};
                    continue;
                }
                --top;
                top[-1] = combined(nodes_[n].what, top[-1], *top);
            }
            left = left & (one.fits ? stack[0].yes : stack[0].no);
        }
        return left;
    }
    static constexpr truth_by_content combined(op how, const truth_by_content& a,
                                               const truth_by_content& b) {
        if (how == op::both) return {a.yes & b.yes, a.no | b.no};
        if (how == op::either) return {a.yes | b.yes, a.no & b.no};
        return {(a.yes & b.no) | (a.no & b.yes), (a.yes & b.yes) | (a.no & b.no)};
    }

    constexpr void clear_variables() {
        for (std::size_t i = 0; i != variables_.size(); ++i) variables_[i].value = truth::maybe;
    }

    /// Whether the question has a yes in this world. Leaves the example.
    constexpr bool try_world(const world& at) {
        clear_variables();
        if (!not_refused([&at](const filter_node& atom) { return ask_world(at, atom); }))
            return false;
        at_ = at;
        chat_ = chat_type::none;
        unknowns_.shrink(0);
        properties_.shrink(0);
        if (open_.size() == 0) return keep();
        return collect() && (patterns_.size() == 0 ? settle(0) && keep() : walk());
    }

    /// The truth of all that is open.
    constexpr truth all_open() {
        truth all = truth::yes;
        for (std::size_t i = 0; i != open_.size(); ++i) {
            const part& one = parts_[open_[i]];
            if (!spend(30 + 7u * (one.last - one.first))) return truth::no;
            const truth value = evaluate_part(one);
            if (value == truth::no) return value;
            if (value == truth::maybe) all = value;
        }
        return all;
    }

    /// Finds the variables that are open in this world.
    constexpr bool collect() {
        ++visit_;
        patterns_.shrink(0);
        chats_matter_ = false;
        for (std::size_t i = 0; i != open_.size(); ++i) {
            const part& one = parts_[open_[i]];
            if (!spend(10u * (one.last - one.first))) return false;
            for (std::size_t n = one.first; n != one.last; ++n) {
                if (nodes_[n].variable == 0 || nodes_[n].in_world != truth::maybe) continue;
                variable& found = variables_[nodes_[n].variable];
                if (found.visit == visit_) continue;
                found.visit = visit_;
                switch (nodes_[n].what) {
                    case op::chat: chats_matter_ = true; break;
                    case op::leaf:
                    case op::flag:
                    case op::entity:
                    case op::caption_entity: unknowns_.push(nodes_[n].variable); break;
                    case op::property: note_property(found.atom->value); break;
                    default: patterns_.push(nodes_[n].variable);
                }
            }
        }
        if (patterns_.size() + 1 <= joint_states::most) return true;
        undecided_ = true;
        return false;
    }

    // ---- patterns ----

    constexpr bool walk() {
        const auto form = static_cast<command_syntax::form>(at_.command);
        joint_states joint(bytes_for(form), names_, form);
        joint.add(&compiled<"(?s).+", match_kind::whole>::automaton);
        for (std::size_t i = 0; i != patterns_.size(); ++i)
            joint.add(variables_[patterns_[i]].atom->automaton);
        joint.begin();
        const bool named = form == command_syntax::form::named;
        if (named && !spend(at_.command_name.size() * (200 + 10 * joint.width()))) return false;
        const std::size_t first = named ? joint.follow_name(at_.command_name) : 0;
        // A subject that is data has at most 64 bytes: each round is one byte more.
        std::size_t round_ends = joint.count();
        std::size_t rounds_left =
            at_.kind == update_kind::callback_query ? callback_data_limit : std::size_t(-1);
        truth values[joint_states::most]{};
        for (std::size_t s = first; s != joint.count(); ++s) {
            if (s == round_ends) {
                round_ends = joint.count();
                --rounds_left;
            }
            if (!spend(40 + 6 * joint.width())) return false;
            joint.outlook(s, values);
            set_patterns(values);
            if (all_open() == truth::no) continue;
            if (joint.may_end(s)) {
                joint.results(s, values);
                set_patterns(values);
                if (settle(0)) {
                    example_.size = static_cast<std::uint8_t>(
                        joint.spell(s, example_.characters, example_update::most_text));
                    return keep();
                }
            }
            if (rounds_left != 0 && !spend(joint.expand(s))) return false;
        }
        undecided_ = undecided_ || joint.full();
        return false;
    }
    constexpr void set_patterns(const truth* values) {
        for (std::size_t i = 0; i != patterns_.size(); ++i)
            variables_[patterns_[i]].value = values[i];
    }

    /// The bytes that the patterns on this subject tell apart, be they open in this world or not.
    constexpr const byte_groups& bytes_for(command_syntax::form form) {
        const op subject = variables_[patterns_[0]].atom->what;
        const bool command = form != command_syntax::form::none;
        const bool names = form == command_syntax::form::unnamed;
        byte_groups& found = bytes_[names                          ? 0
                                    : command                      ? 1
                                    : subject == op::callback      ? 2
                                    : subject == op::text          ? 3
                                                                   : 4];
        if (found.known()) return found;
        for (std::size_t i = 0; names && i != nodes_.size(); ++i)
            if (nodes_[i].what == op::command) {
                (void)spend(nodes_[i].from->word.size() * 100);
                names_.add(nodes_[i].from->word);
            }
        using any = compiled<"(?s).+", match_kind::whole>;
        found.add(any::edges);
        if (command) names_.add_edges(found);
        bool wide_alike = true;
        for (std::size_t i = 1; i != variables_.size(); ++i) {
            const filter_node& atom = *variables_[i].atom;
            if (atom.what != subject) continue;
            wide_alike = wide_alike && atom.automaton->wide_alike;
            found.add(atom.edges->known ? *atom.edges : edges_of(*atom.automaton));
            (void)spend(atom.edges->known ? 40 : 1200);
        }
        found.find_runs(wide_alike);
        found.split(any::automaton);
        if (command) names_.split(found);
        for (std::size_t i = 1; i != variables_.size(); ++i) {
            if (variables_[i].atom->what != subject) continue;
            found.split(*variables_[i].atom->automaton);
            (void)spend(20 + 4 * found.run_count());
        }
        found.choose();
        (void)spend(200 + 20 * found.run_count());
        return found;
    }

    // ---- properties ----

    /// A property that is open in the world at hand, and the case that is tried.
    struct open_property {
        const property_cases* all;
        std::size_t chosen;
    };
    static constexpr std::size_t none_chosen = static_cast<std::size_t>(-1);

    constexpr void note_property(std::uint8_t of) {
        for (std::size_t i = 0; i != properties_.size(); ++i)
            if (properties_[i].all->of() == of) return;
        properties_.push({&cases_of(of), none_chosen});
    }
    constexpr const property_cases& cases_of(std::uint8_t of) {
        for (std::size_t i = 0; i != known_properties_.size(); ++i)
            if (known_properties_[i]->of() == of) return *known_properties_[i];
        auto* const made = new property_cases(of);
        known_properties_.push(made);
        for (std::size_t i = 1; i != variables_.size(); ++i)
            if (variables_[i].atom->what == op::property && variables_[i].atom->value == of)
                made->add(*variables_[i].atom, static_cast<std::uint16_t>(i));
        if (!made->find(work_left_)) undecided_ = true;
        return *made;
    }
    constexpr void set_property(const property_cases& all, const property_case* chosen) {
        for (std::size_t i = 0; i != all.size(); ++i)
            variables_[all.variable(i)].value =
                chosen == nullptr ? truth::maybe
                                  : truth_of(((chosen->matching >> i) & 1U) != 0);
    }
    /// Whether some case of the N-th open property settles what is open.
    constexpr bool settle_property(std::size_t n) {
        open_property& here = properties_[n];
        const bool certain = (here.all->facts().certain & mask_of(at_.kind)) != 0;
        for (std::size_t i = certain ? 1 : 0; i != here.all->cases().size(); ++i) {
            here.chosen = i;
            set_property(*here.all, &here.all->cases()[i]);
            if (settle(n + 1)) return true;
        }
        here.chosen = none_chosen;
        set_property(*here.all, nullptr);
        return false;
    }

    // ---- chats, entities, flags, predicates ----

    /// Whether there are values for what is still open.
    constexpr bool settle(std::size_t next) {
        const truth all = all_open();
        if (all != truth::maybe || !spend(40)) return all == truth::yes;
        if (chats_matter_) {
            chats_matter_ = false;
            for (const chat_type chat :
                 {chat_type::private_chat, chat_type::group, chat_type::supergroup,
                  chat_type::channel, chat_type::none}) {
                if (!comes_from(at_.kind, chat)) continue;
                set_chat(chat);
                if (settle(next)) return true;
            }
            unset_chat();
            chats_matter_ = true;
            return false;
        }
        if (next < properties_.size() && next < most_unknowns) return settle_property(next);
        const std::size_t unknown = next - properties_.size();
        if (unknown >= unknowns_.size() || next >= most_unknowns) {
            undecided_ = true;  // more unknowns than are tried
            return false;
        }
        variable& here = variables_[unknowns_[unknown]];
        for (const truth value : {truth::no, truth::yes}) {
            here.value = value;
            if (settle(next + 1)) return true;
        }
        here.value = truth::maybe;
        return false;
    }
    constexpr void set_chat(chat_type chat) {
        chat_ = chat;
        for (std::size_t i = 1; i != variables_.size(); ++i)
            if (variables_[i].atom->what == op::chat)
                variables_[i].value =
                    truth_of(variables_[i].atom->value == static_cast<std::uint8_t>(chat));
    }
    constexpr void unset_chat() {
        chat_ = chat_type::none;
        for (std::size_t i = 1; i != variables_.size(); ++i)
            if (variables_[i].atom->what == op::chat) variables_[i].value = truth::maybe;
    }

    /// The chats that a kind of update comes from: a channel's posts have kinds of their own, and
    /// only an inline message's button has none.
    static constexpr bool comes_from(update_kind kind, chat_type chat) {
        switch (kind) {
            case update_kind::channel_post:
            case update_kind::edited_channel_post: return chat == chat_type::channel;
            case update_kind::message:
            case update_kind::edited_message:
                return chat != chat_type::none && chat != chat_type::channel;
            case update_kind::callback_query: return true;
            default: return chat != chat_type::none;
        }
    }

    constexpr bool keep() {
        example_.at = at_;
        example_.chat = chat_;
        for (std::size_t i = 0; i != unknowns_.size(); ++i) {
            const variable& one = variables_[unknowns_[i]];
            if (one.value != truth::yes || one.atom->what == op::leaf) continue;
            if (one.atom->what == op::flag)
                example_.flags |= std::uint32_t{1} << one.atom->value;
            else
                example_.entities |= mask_of(static_cast<entity_kind>(one.atom->value));
        }
        for (std::size_t i = 0; i != properties_.size(); ++i)
            if (properties_[i].chosen != none_chosen) keep_property(properties_[i]);
        return found_ = true;
    }
    /// An example with more properties than it has room for is left incomplete.
    constexpr void keep_property(const open_property& one) {
        const property_case& chosen = one.all->cases()[one.chosen];
        if (example_.property_count == example_update::most_properties ||
            example_.written + chosen.size > static_cast<int>(example_update::most_text))
            return;
        for (std::size_t i = 0; i != chosen.size; ++i)
            example_.properties[example_.written + i] = chosen.characters[i];
        example_.property[example_.property_count++] = {static_cast<update_property>(one.all->of()),
                                                        chosen.present, example_.written,
                                                        chosen.size};
        example_.written = static_cast<std::uint8_t>(example_.written + chosen.size);
    }

    std::size_t work_left_;
    bool undecided_ = false;
    bool too_large_ = false;
    bool found_ = false;
    vocabulary words_;
    growing<node> nodes_;
    growing<part> parts_;
    growing<variable> variables_;
    command_syntax names_;
    byte_groups bytes_[5]{};
    growing<property_cases*> known_properties_;

    // Of the world at hand.
    world at_{};
    std::uint16_t visit_ = 0;
    growing<std::uint16_t> open_;      // parts
    growing<std::uint16_t> patterns_;  // variables
    growing<std::uint16_t> unknowns_;
    growing<open_property> properties_;
    bool chats_matter_ = false;
    chat_type chat_ = chat_type::none;
    example_update example_{};
};

/// Whether some update of these kinds fits all that it has to fit and nothing else.
constexpr solution solve(array_view<term> terms, kind_mask kinds = all_kinds,
                         std::size_t work = usual_work) {
    return solver(terms, work).run(kinds);
}

}  // namespace banter::detail
