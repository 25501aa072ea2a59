// What a filter means, as a value: a short postfix program over atoms.
//
// Types end here. The checks (verify.hpp), the index (choice.hpp) and the run time all evaluate the
// same program with their own oracle for the atoms, in three-valued logic: an atom that an oracle
// does not know is `maybe`. A recursion over the filter types for each of the three uses was the
// other design; it costs an instantiation per filter and use, and the three can disagree.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/callback_data.hpp>
#include <banter/flow/filter.hpp>
#include <banter/flow/kind_mask.hpp>
#include <banter/flow/pattern.hpp>
#include <banter/flow/properties.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace banter::detail {

enum class truth : std::uint8_t { no, maybe, yes };

constexpr truth truth_of(bool value) { return value ? truth::yes : truth::no; }

struct filter_node {
    enum class op : std::uint8_t {
        everything,      // any update at all
        kind,            // value: update_kind
        content,         // value: content_kind
        chat,            // value: chat_type
        service,
        entity,          // value: entity_kind
        caption,
        caption_entity,  // value: entity_kind
        caption_text,    // automaton over the caption; word: the pattern
        any_command,
        command,         // word: its name
        any_callback,
        callback,        // automaton over the data; word: the pattern
        text,            // automaton over the text; word: the pattern
        flag,            // value: update_flag
        property,        // value: update_property; automaton over its text; word: the pattern
        leaf,            // value: the index of a run-time predicate; word: its mark
        implied_kinds,   // value: bits of `subject`; for filters that name no update kind
        negate,
        both,
        either,
        differ,
    };

    op what = op::everything;
    std::uint8_t value = 0;
    std::uint16_t id = 0;  // of a command or pattern; the index numbers them
    std::string_view word{};
    const automaton_view* automaton = nullptr;
    const literal_prefix* begins = nullptr;  // with which bytes, of a pattern
    const byte_edges* edges = &unknown_edges;  // of the automaton
    const automaton_view* texts = nullptr;  // of a property: all that it can be
    // Of a flag or property: whether an update has it. A bot without such filters does not compile them.
    bool (*asked)(const incoming& update, const filter_node& atom) = nullptr;
    const void* mark = nullptr;  // of a predicate: another one's is another
    std::string_view said{};  // of typed data: the type's or the value's name
};

/// What filter_node::asked points to.
[[nodiscard]] bool has_flag(const incoming& update, const filter_node& atom);
[[nodiscard]] bool has_property(const incoming& update, const filter_node& atom);

/// How many values evaluation keeps at most; binary_traits sees to it that this is enough.
inline constexpr std::size_t evaluation_depth = 32;

/// Evaluates a program. `ask` gives the truth of an atom.
template <class Oracle>
constexpr truth evaluate(array_view<filter_node> program, Oracle&& ask) {
    using op = filter_node::op;
    truth stack[evaluation_depth]{};
    std::size_t top = 0;
    for (const filter_node& node : program) {
        switch (node.what) {
            case op::negate:
                stack[top - 1] = static_cast<truth>(2 - static_cast<int>(stack[top - 1]));
                break;
            case op::both:
                --top;
                stack[top - 1] = std::min(stack[top - 1], stack[top]);
                break;
            case op::either:
                --top;
                stack[top - 1] = std::max(stack[top - 1], stack[top]);
                break;
            case op::differ:
                --top;
                stack[top - 1] = stack[top - 1] == truth::maybe || stack[top] == truth::maybe
                                     ? truth::maybe
                                     : truth_of(stack[top - 1] != stack[top]);
                break;
            default: stack[top++] = ask(node);
        }
    }
    return stack[0];
}

// ---- from the types to the program ----

/// A list of run-time predicates, as a type.
template <auto... Predicates>
struct predicate_list {
    static constexpr std::size_t size = sizeof...(Predicates);
};

template <class A, class B>
struct joined;
template <auto... As, auto... Bs>
struct joined<predicate_list<As...>, predicate_list<Bs...>> {
    using type = predicate_list<As..., Bs...>;
};

struct filter_writer {
    filter_node* out;
    std::uint8_t leaves = 0;
    constexpr void add(filter_node node) { *out++ = node; }
};

/// What the compiler has to know of a filter type: how many nodes it takes, what its atoms speak
/// of, its predicates, and how to write it.
template <class F>
struct filter_traits;

/// What an atom speaks of. A filter that names no update kind is restricted to what its atoms
/// speak of: new messages (also where no atom says), callback queries, or both.
namespace subject {
inline constexpr std::uint8_t nothing = 0, message = 1, callback = 2, kind = 4;
}

template <filter_node::op What, std::uint8_t Value = 0, std::uint8_t Subject = subject::nothing>
struct simple_atom {
    static constexpr std::size_t nodes = 1;
    static constexpr std::size_t depth = 1;
    static constexpr std::uint8_t subjects = Subject;
    using predicates = predicate_list<>;
    static constexpr void write(filter_writer& to) { to.add({.what = What, .value = Value}); }
};

template <>
struct filter_traits<anything_filter> : simple_atom<filter_node::op::everything, 0, subject::kind> {};
template <update_kind K>
struct filter_traits<kind_filter<K>>
    : simple_atom<filter_node::op::kind, static_cast<std::uint8_t>(K), subject::kind> {};
template <content_kind K>
struct filter_traits<content_filter<K>>
    : simple_atom<filter_node::op::content, static_cast<std::uint8_t>(K), subject::message> {};
template <chat_type T>
struct filter_traits<chat_filter<T>>
    : simple_atom<filter_node::op::chat, static_cast<std::uint8_t>(T)> {};

template <>
struct filter_traits<service_filter> : simple_atom<filter_node::op::service, 0, subject::message> {};
template <entity_kind K>
struct filter_traits<entity_filter<K>>
    : simple_atom<filter_node::op::entity, static_cast<std::uint8_t>(K), subject::message> {};
template <>
struct filter_traits<caption_filter> : simple_atom<filter_node::op::caption, 0, subject::message> {};
template <entity_kind K>
struct filter_traits<caption_entity_filter<K>>
    : simple_atom<filter_node::op::caption_entity, static_cast<std::uint8_t>(K),
                  subject::message> {};

template <fixed_string Name>
struct filter_traits<command_filter<Name>>
    : simple_atom<filter_node::op::command, 0, subject::message> {
    static constexpr void write(filter_writer& to) {
        if constexpr (Name.size() == 0)
            to.add({.what = filter_node::op::any_command});
        else
            to.add({.what = filter_node::op::command, .word = command_filter<Name>::name});
    }
};

/// A pattern's characters, kept for messages and comparisons.
template <fixed_string P>
inline constexpr auto pattern_text = P;

template <fixed_string P, match_kind K, filter_node::op What>
struct pattern_atom
    : simple_atom<What, 0,
                  What == filter_node::op::callback ? subject::callback : subject::message> {
    using own = compiled<P, K>;
    static constexpr void write(filter_writer& to) {
        to.add({.what = What,
                .word = pattern_text<P>.view(),
                .automaton = &own::automaton,
                .begins = &own::prefix,
                .edges = &own::edges});
    }
};
template <fixed_string P>
struct filter_traits<callback_filter<P>>
    : pattern_atom<P, match_kind::whole, filter_node::op::callback> {};
template <>
struct filter_traits<callback_filter<"">> : simple_atom<filter_node::op::any_callback, 0, subject::callback> {};
template <fixed_string P>
struct filter_traits<regex_filter<P>>
    : pattern_atom<P, match_kind::search, filter_node::op::text> {};
template <fixed_string P>
struct filter_traits<caption_regex_filter<P>>
    : pattern_atom<P, match_kind::search, filter_node::op::caption_text> {};

/// What a flag or property speaks of, by the kinds of updates that can have it.
constexpr std::uint8_t subject_of(const trait_facts& facts) {
    if (facts.kinds == message_kinds) return subject::message;
    if (facts.kinds == chat_kinds || facts.kinds == kinds_with_user) return subject::nothing;
    return facts.kinds == mask_of(update_kind::callback_query) ? subject::callback : subject::kind;
}

template <update_flag F>
struct filter_traits<flag_filter<F>>
    : simple_atom<filter_node::op::flag, static_cast<std::uint8_t>(F), subject_of(facts_of(F))> {
    static constexpr void write(filter_writer& to) {
        to.add({.what = filter_node::op::flag, .value = static_cast<std::uint8_t>(F), .asked = &has_flag});
    }
};

template <update_property Property, fixed_string P>
struct filter_traits<property_filter<Property, P>>
    : simple_atom<filter_node::op::property, static_cast<std::uint8_t>(Property),
                  subject_of(facts_of(Property))> {
    using own = compiled<P, match_kind::whole>;
    static constexpr void write(filter_writer& to) {
        to.add({.what = filter_node::op::property,
                .value = static_cast<std::uint8_t>(Property),
                .word = pattern_text<P>.view(),
                .automaton = &own::automaton,
                .begins = &own::prefix,
                .edges = &own::edges,
                .texts = &property_texts<Property>::type::automaton,
                .asked = &has_property});
    }
};

/// Where the last part of a name begins; 0 if it has one part only.
constexpr std::size_t last_part_of(std::string_view name) {
    const std::size_t scope = name.substr(0, name.find('<')).rfind("::");
    return scope == std::string_view::npos ? 0 : scope + 2;
}

/// The name of a type without its namespaces: "color".
template <class T>
constexpr std::string_view short_type_name() {
    const std::string_view name = type_name<T>();
    return name.substr(last_part_of(name));
}

/// A value as the compiler spells it, without namespaces: "color::red", "point{1, 2}".
template <auto Value>
constexpr std::string_view value_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("Value = ") + 8);
    text = text.substr(0, text.find_first_of(";]"));
    const std::string_view type = type_name<std::remove_const_t<decltype(Value)>>();
    return text.substr(text.starts_with(type) ? last_part_of(type)
                                              : last_part_of(text.substr(0, text.find('{'))));
}

template <class T>
struct filter_traits<data_filter<T>>
    : pattern_atom<callback_codec<T>::pattern, match_kind::whole, filter_node::op::callback> {
    static constexpr void write(filter_writer& to) {
        pattern_atom<callback_codec<T>::pattern, match_kind::whole,
                     filter_node::op::callback>::write(to);
        to.out[-1].said = short_type_name<T>();
    }
};
template <auto V>
struct filter_traits<data_is_filter<V>>
    : pattern_atom<callback_codec<decltype(V)>::template literal<V>, match_kind::whole,
                   filter_node::op::callback> {
    static constexpr void write(filter_writer& to) {
        pattern_atom<callback_codec<decltype(V)>::template literal<V>, match_kind::whole,
                     filter_node::op::callback>::write(to);
        to.out[-1].said = value_name<V>();
    }
};

/// A predicate's text. Others may have the same: clang leaves out template arguments, g++ spells
/// two lambdas of one scope and signature alike. So each predicate has a mark besides.
template <auto Predicate>
constexpr std::string_view predicate_name() {
    return __PRETTY_FUNCTION__;
}
template <auto Predicate>
inline constexpr char predicate_mark = 0;

/// Whether two marks are one. Under g++'s sanitizers only an object's comparison with itself is a
/// constant.
constexpr bool same_mark(const void* a, const void* b) {
    if (std::is_constant_evaluated()) return __builtin_constant_p(a == b) && a == b;
    return a == b;
}

template <auto Predicate>
struct filter_traits<when_filter<Predicate>> : simple_atom<filter_node::op::leaf> {
    using predicates = predicate_list<Predicate>;
    static constexpr void write(filter_writer& to) {
        to.add({.what = filter_node::op::leaf,
                .value = to.leaves++,
                .word = predicate_name<Predicate>(),
                .mark = &predicate_mark<Predicate>});
    }
};

template <class A, class B, filter_node::op What>
struct binary_traits {
  private:
    // In the order in which they are written, unless the stack of `evaluate` would grow with how
    // deep filters are nested on the right.
    static constexpr std::size_t left = filter_traits<A>::depth;
    static constexpr std::size_t right = filter_traits<B>::depth;
    static constexpr bool swapped = right >= 16 && right > left;

  public:
    static constexpr std::size_t depth = swapped ? right : std::max(left, right + 1);
    static constexpr std::size_t nodes =
        filter_traits<A>::nodes + filter_traits<B>::nodes + 1;
    static constexpr std::uint8_t subjects =
        filter_traits<A>::subjects | filter_traits<B>::subjects;
    using predicates = typename joined<typename filter_traits<A>::predicates,
                                       typename filter_traits<B>::predicates>::type;
    static constexpr void write(filter_writer& to) {
        if constexpr (swapped) {
            const std::uint8_t first = to.leaves;  // predicates keep their order
            to.leaves = static_cast<std::uint8_t>(first + filter_traits<A>::predicates::size);
            filter_traits<B>::write(to);
            const std::uint8_t behind = to.leaves;
            to.leaves = first;
            filter_traits<A>::write(to);
            to.leaves = behind;
        } else {
            filter_traits<A>::write(to);
            filter_traits<B>::write(to);
        }
        to.add({.what = What});
    }
};
template <class A, class B>
struct filter_traits<and_filter<A, B>> : binary_traits<A, B, filter_node::op::both> {};
template <class A, class B>
struct filter_traits<or_filter<A, B>> : binary_traits<A, B, filter_node::op::either> {};
template <class A, class B>
struct filter_traits<xor_filter<A, B>> : binary_traits<A, B, filter_node::op::differ> {};
template <class A>
struct filter_traits<not_filter<A>> {
    static constexpr std::size_t nodes = filter_traits<A>::nodes + 1;
    static constexpr std::size_t depth = filter_traits<A>::depth;
    static constexpr std::uint8_t subjects = filter_traits<A>::subjects;
    using predicates = typename filter_traits<A>::predicates;
    static constexpr void write(filter_writer& to) {
        filter_traits<A>::write(to);
        to.add({.what = filter_node::op::negate});
    }
};

/// In a rule, a filter that names no update kind is restricted to new messages.
template <class F, bool InRule>
constexpr auto written_program() {
    using traits = filter_traits<F>;
    constexpr bool restricted = InRule && (traits::subjects & subject::kind) == 0;
    static_assert(traits::depth < evaluation_depth);
    std::array<filter_node, traits::nodes + (restricted ? 2 : 0)> nodes{};
    filter_writer to{nodes.data()};
    traits::write(to);
    if constexpr (restricted) {
        constexpr std::uint8_t subjects =
            traits::subjects == subject::nothing ? subject::message : traits::subjects;
        to.add({.what = filter_node::op::implied_kinds, .value = subjects});
        to.add({.what = filter_node::op::both});
    }
    return nodes;
}

/// The program of a filter where it stands in a rule.
template <class F>
inline constexpr auto rule_program = written_program<F, true>();

/// The program of a filter by itself, as in matched<F>.
template <class F>
inline constexpr auto plain_program = written_program<F, false>();

}  // namespace banter::detail
