// A conversation as plain values: what its rules take, need and lead to. The types are read once,
// here; the checks then work on small integers in ordinary constexpr functions.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/filter_faults.hpp>
#include <banter/flow/group.hpp>
#include <banter/flow/guarantee.hpp>
#include <banter/flow/shape.hpp>
#include <banter/flow/thrown.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter::detail {

// ---- what a rule does ----

inline constexpr std::int16_t none = -1;
inline constexpr std::size_t most_targets = 16;

/// What can be wrong where a conversation is nested (check C12).
enum class mount_fault : std::uint8_t {
    sound, misplaced, no_conversation, in_itself, unbound_result, result_bound_twice
};

/// What is known of one rule. The indices of culprits are `none` where all is well.
struct rule_facts {
    section where = section::entry;
    section list = section::entry;              // it was written in
    std::uint16_t state = 0;                    // where in_state
    bool in_state = false;
    bool mount = false;                         // a nested conversation, no handler
    bool ends = false;                          // leads to end or finish<...>
    bool backs = false;                         // leads back
    bool misplaced_timeout = false;             // C13
    bool no_delay = false;                      // C13
    mount_fault mounted = mount_fault::sound;    // C12
    std::int16_t mounted_result = none;         // C12: a result of the nested conversation
    kind_mask kinds = 0;                        // it may take
    kind_mask named_kinds = 0;                  // it takes because its filter names them (C10)
    std::uint8_t target_count = 0;
    std::uint16_t targets[most_targets]{};      // states it may lead to
    bool callable = true;
    bool starts_no_form = false;                // C16: start_form<...> without the form
    bool sound_filter = true;                   // C4
    std::int16_t unsound_match = none;          // C4: a parameter
    std::int16_t unsound_menu = none;           // C4: a menu_fault
    std::int16_t undeclared = none;             // C2: a target that is no state of this flow
    std::int16_t finished = none;               // C2: finish<...> or back without a conversation
    std::int16_t no_transition = none;          // C16: a target that is nothing at all
    std::int16_t not_guaranteed = none;         // C7: a parameter
    std::int16_t other_state = none;            // C8: a parameter
    std::int16_t of_update = none;              // C13: a timeout's parameter that needs an update
    std::int16_t unsupplied = none;             // C16: a parameter
    std::int16_t no_predicate = none;           // C16: a predicate that cannot be asked
};

/// Parameters of a rule are numbered: its handler's from 0, its I-th predicate's from here on.
constexpr std::int16_t first_parameter_of_predicate(std::size_t i) {
    return static_cast<std::int16_t>((i + 1) * 256);
}

template <class C>
struct target_reader {
    template <class Target>
    static constexpr void read(rule_facts& facts, std::int16_t at) {
        if constexpr (std::is_same_v<Target, stay>) {
        } else if constexpr (std::is_same_v<Target, back>) {
            facts.backs = true;
            if (!shape<C>::is_conversation && facts.finished == none) facts.finished = at;
        } else if constexpr (std::is_same_v<Target, end>) {
            facts.ends = true;
        } else if constexpr (is_finish<Target>) {
            facts.ends = true;
            if (!shape<C>::is_conversation && facts.finished == none) facts.finished = at;
        } else if constexpr (states_of<C>::template index<Target> < states_of<C>::count) {
            if (facts.target_count != most_targets)
                facts.targets[facts.target_count++] = states_of<C>::template index<Target>;
        } else if constexpr (std::is_class_v<Target>) {
            if (facts.undeclared == none) facts.undeclared = at;
        } else {
            if (facts.no_transition == none) facts.no_transition = at;
        }
    }
    template <class... Targets>
    static constexpr void read_all(rule_facts& facts, type_list<Targets...>) {
        [[maybe_unused]] std::int16_t at = 0;
        (read<Targets>(facts, at++), ...);
    }
};

/// The signature of a predicate; of what cannot be asked, one that returns nothing.
template <auto Predicate>
constexpr auto signature_of_predicate() {
    if constexpr (requires { +Predicate; })
        return signature<std::remove_const_t<decltype(+Predicate)>>{};
    else
        return signature<decltype(Predicate)>{};
}
template <auto Predicate>
using predicate_signature = decltype(signature_of_predicate<Predicate>());

template <class C, std::size_t I>
struct parameter_reader {
    static constexpr auto program = array_view<filter_node>(rule_program<filter_at<C, I>>);

    template <class P>
    static constexpr void read(rule_facts& facts, kind_mask kinds, std::int16_t at) {
        using known = parameter<P>;
        if constexpr (known::from == source::nothing || known::from == source::failure) {
            if (facts.unsupplied == none) facts.unsupplied = at;
        } else if constexpr (known::from == source::reference) {
            constexpr std::size_t state = states_of<C>::template index<typename known::object_type>;
            const bool own = at < first_parameter_of_predicate(0) &&
                             facts.where == section::state && facts.state == state;
            if (state != states_of<C>::count && !own && facts.other_state == none)
                facts.other_state = at;
        } else if constexpr (known::from == source::match) {
            using wanted = typename known::filter_type;
            if constexpr (!filter_fault<wanted>::none) {
                if (facts.unsound_match == none) facts.unsound_match = at;
            } else if (!guarantees<filter_at<C, I>, wanted>) {
                if (facts.not_guaranteed == none) facts.not_guaranteed = at;
            }
        } else {
            if (facts.not_guaranteed == none && (kinds & ~known::kinds) != 0)
                facts.not_guaranteed = at;
        }
    }
    template <class... Ps>
    static constexpr void read_all(rule_facts& facts, type_list<Ps...>,
                                   [[maybe_unused]] std::int16_t at = 0) {
        (read<Ps>(facts, facts.kinds, at++), ...);
    }
    /// Predicates get their parameters as handlers do, but for a state's data.
    template <class Predicate>
    static constexpr void read_predicate(rule_facts& facts, std::int16_t i) {
        if constexpr (std::is_same_v<typename Predicate::result, bool>)
            read_all(facts, typename Predicate::arguments{},
                     first_parameter_of_predicate(static_cast<std::size_t>(i)));
        else if (facts.no_predicate == none)
            facts.no_predicate = i;
    }
    template <auto... Predicates>
    static constexpr void read_predicates(rule_facts& facts, predicate_list<Predicates...>) {
        [[maybe_unused]] std::int16_t i = 0;
        (read_predicate<predicate_signature<Predicates>>(facts, i++), ...);
    }
};

/// Parameters of handlers for timeouts, results and events: there is no update behind them.
template <class C, std::size_t I>
struct still_parameter_reader {
    static constexpr bool is_timeout = shape<C>::places[I].where == section::timeout;
    static constexpr bool is_event = shape<C>::places[I].where == section::event;

    template <class P>
    static constexpr bool is_given() {
        return std::is_same_v<std::remove_cvref_t<P>, given_at<C, I>>;
    }
    template <class P>
    static constexpr void read(rule_facts& facts, std::int16_t at) {
        using known = parameter<P>;
        std::int16_t& refused = is_timeout ? facts.of_update : facts.unsupplied;
        if constexpr (is_given<P>()) {
        } else if constexpr (known::from == source::reference) {
            constexpr std::size_t state = states_of<C>::template index<typename known::object_type>;
            const bool own = facts.in_state && facts.state == state;
            std::int16_t& other = is_timeout ? facts.of_update : facts.other_state;
            if (state != states_of<C>::count && !own && other == none) other = at;
        } else if constexpr (known::from == source::match || known::from == source::view ||
                             known::from == source::failure || known::from == source::nothing) {
            if (refused == none) refused = at;
        } else if constexpr (!shape<C>::is_conversation && is_event) {
            // An event in handlers(...): whose it is, it says itself.
            using event = given_at<C, I>;
            if (((known::from == source::context || known::from == source::chat_data) &&
                 !names_chat<event>) ||
                (known::from == source::user_data && !names_user<event>))
                if (facts.not_guaranteed == none) facts.not_guaranteed = at;
        }
    }
    template <class... Ps>
    static constexpr void read_all(rule_facts& facts, type_list<Ps...>) {
        [[maybe_unused]] std::int16_t at = 0;
        (read<Ps>(facts, at++), ...);
    }
};

/// Parameters of an error handler: what went wrong need not be an update's handler. In a conversation
/// there is somebody to speak to.
template <class C, std::size_t I>
struct error_parameter_reader {
    template <class P>
    static constexpr void read(rule_facts& facts, std::int16_t at) {
        using known = parameter<P>;
        constexpr bool always = known::from == source::failure || known::from == source::bot ||
                                known::from == source::bot_data ||
                                known::from == source::conversations ||
                                known::from == source::posts ||
                                known::from == source::jobs;
        constexpr bool of_chat = known::from == source::context ||
                                 known::from == source::user_data ||
                                 known::from == source::chat_data;
        if constexpr (is_caught<C, I, P>) {
        } else if constexpr (known::from == source::reference &&
                             !is_exception<std::remove_cvref_t<P>>()) {
            constexpr std::size_t state = states_of<C>::template index<typename known::object_type>;
            const bool own = facts.in_state && facts.state == state;
            if (state != states_of<C>::count && !own && facts.other_state == none)
                facts.other_state = at;
        } else if constexpr (!always && !(of_chat && shape<C>::is_conversation)) {
            if (facts.unsupplied == none) facts.unsupplied = at;
        }
    }
    template <class... Ps>
    static constexpr void read_all(rule_facts& facts, type_list<Ps...>) {
        [[maybe_unused]] std::int16_t at = 0;
        (read<Ps>(facts, at++), ...);
    }
};

/// Marks of the atoms that a program asks for, and not of those that it only excludes: bits that
/// `mark(atom, its index)` gives.
template <class Mark>
constexpr kind_mask asked_for(array_view<filter_node> program, Mark&& mark) {
    using op = filter_node::op;
    struct {
        kind_mask with = 0, without = 0;
    } stack[32]{};
    std::size_t top = 0;
    for (std::size_t i = 0; i != program.size(); ++i) switch (program[i].what) {
            case op::negate: std::swap(stack[top - 1].with, stack[top - 1].without); break;
            case op::both:
            case op::either:
            case op::differ:
                --top;
                stack[top - 1].with |= stack[top].with;
                stack[top - 1].without |= stack[top].without;
                break;
            default: stack[top++] = {mark(program[i], i), 0};
        }
    return stack[0].with;
}

/// The kinds of updates that a program names, other than to exclude them.
constexpr kind_mask named_kinds(array_view<filter_node> program) {
    return asked_for(program, [](const filter_node& atom, std::size_t) {
        return atom.what == filter_node::op::kind ? mask_of(static_cast<update_kind>(atom.value))
                                                  : kind_mask{0};
    });
}

/// Whether a program asks for its I-th atom.
constexpr bool is_asked_for(array_view<filter_node> program, std::size_t atom) {
    return asked_for(program, [atom](const filter_node&, std::size_t i) {
               return i == atom ? kind_mask{1} : kind_mask{0};
           }) != 0;
}

// ---- where a conversation is nested ----

template <class Rule>
struct child_in {
    using type = type_list<>;
};
template <class Child, class... Bindings>
struct child_in<nest_rule<Child, Bindings...>> {
    using type = type_list<Child>;
};

/// Many lists as one. Eight at a time: clang nests a fold no deeper than 256.
template <class First, class... More>
struct list_joiner {
    using type = First;
};
template <class First, class Second>
struct list_joiner<First, Second> {
    using type = decltype(First{} + Second{});
};
template <class A, class B, class C, class... More>
struct list_joiner<A, B, C, More...> : list_joiner<decltype(A{} + B{} + C{}), More...> {};
template <class A, class B, class C, class D, class E, class F, class G, class H, class... More>
struct list_joiner<A, B, C, D, E, F, G, H, More...>
    : list_joiner<decltype(A{} + B{} + C{} + D{} + E{} + F{} + G{} + H{}), More...> {};
template <class... Lists>
using joined_lists = typename list_joiner<Lists...>::type;

template <class T, class List>
inline constexpr bool is_among = false;
template <class T, class... Ts>
inline constexpr bool is_among<T, type_list<Ts...>> = (std::is_same_v<T, Ts> || ...);

template <class C>
constexpr bool is_nestable() {
    if constexpr (has_flow<C>)
        return shape<C>::is_conversation;
    else
        return false;
}

template <class C>
constexpr auto children_of() {
    if constexpr (!is_nestable<C>())
        return type_list<>{};
    else if constexpr (shape<C>::mounts == 0)
        return type_list<>{};
    else
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return joined_lists<type_list<>, typename child_in<rule_type<C, I>>::type...>{};
        }(std::make_index_sequence<shape<C>::rule_count>{});
}

/// The conversations in Left and all that are nested in them, each once, behind those in Seen.
template <class Seen, class Left>
struct closure;
template <class Seen>
struct closure<Seen, type_list<>> {
    using type = Seen;
};
template <class... Seen, class Next, class... More>
    requires is_among<Next, type_list<Seen...>>
struct closure<type_list<Seen...>, type_list<Next, More...>>
    : closure<type_list<Seen...>, type_list<More...>> {};
template <class... Seen, class Next, class... More>
struct closure<type_list<Seen...>, type_list<Next, More...>>
    : closure<type_list<Seen..., Next>, decltype(children_of<Next>() + type_list<More...>{})> {};

/// C and all conversations nested in it, C first.
template <class C>
using family_of = typename closure<type_list<>, type_list<C>>::type;

template <class List, class Unique = type_list<>>
struct unique_list {
    using type = Unique;
};
template <class T, class... More, class... Kept>
struct unique_list<type_list<T, More...>, type_list<Kept...>>
    : unique_list<type_list<More...>,
                  std::conditional_t<(std::is_same_v<T, Kept> || ...), type_list<Kept...>,
                                     type_list<Kept..., T>>> {};

/// The bots and all that is nested in them, each once.
template <class Structs>
struct families;
template <class... Bots>
struct families<type_list<Bots...>> {
    using type = typename unique_list<decltype((type_list<>{} + ... + family_of<Bots>{}))>::type;
};
template <class... Items>
using flows_of = typename families<structs_in<Items...>>::type;

template <class Target>
struct result_in {
    using type = type_list<>;
};
template <class R>
struct result_in<finish<R>> {
    using type = type_list<R>;
};
template <class List>
struct results_in;
template <class... Targets>
struct results_in<type_list<Targets...>> {
    using type = joined_lists<type_list<>, typename result_in<Targets>::type...>;
};

template <class C, std::size_t... I>
auto results_of_rules(std::index_sequence<I...>) -> joined_lists<
    type_list<>, typename results_in<
                     typename targets_of<typename signature_at<C, I>::result>::type>::type...>;

/// What C may finish with, in the order of its rules.
template <class C>
using results_of =
    decltype(results_of_rules<C>(std::make_index_sequence<shape<C>::rule_count>{}));

template <class C, std::size_t I, class Rule>
struct mount_reader;
template <class C, std::size_t I, class Child, class... Bindings>
struct mount_reader<C, I, nest_rule<Child, Bindings...>> {
    using bound = type_list<typename Bindings::result_type...>;

    template <class... Results>
    static constexpr std::int16_t first_unbound(type_list<Results...>) {
        std::int16_t at = 0;
        return ((is_among<Results, bound> && (++at, true)) && ...) ? none : at;
    }
    /// The first binding whose result has one already.
    static constexpr std::int16_t first_bound_again() {
        const std::size_t first[] = {position_of<typename Bindings::result_type,
                                                 typename Bindings::result_type...>()..., 0};
        for (std::size_t i = 0; i != sizeof...(Bindings); ++i)
            if (first[i] != i) return static_cast<std::int16_t>(i);
        return none;
    }

    static constexpr void read(rule_facts& facts) {
        const auto fault = [&facts](mount_fault what, std::int16_t which = none) {
            facts.mounted = what;
            facts.mounted_result = which;
        };
        if constexpr (!shape<C>::is_conversation) {
            fault(mount_fault::misplaced);
        } else if constexpr (!is_nestable<Child>()) {
            fault(mount_fault::no_conversation);
        } else if constexpr (is_among<C, typename closure<type_list<>, type_list<Child>>::type>) {
            fault(mount_fault::in_itself);
        } else if constexpr (first_unbound(results_of<Child>{}) != none) {
            fault(mount_fault::unbound_result, first_unbound(results_of<Child>{}));
        } else if constexpr (first_bound_again() != none) {
            fault(mount_fault::result_bound_twice, first_bound_again());
        }
    }
};

// ---- all of one rule ----

template <class C, std::size_t I>
constexpr rule_facts facts_of() {
    using handler = signature_at<C, I>;
    constexpr rule_place place = shape<C>::places[I];
    rule_facts facts{.where = place.where,
                     .list = place.list,
                     .state = place.state,
                     .in_state = place.in_state};
    if constexpr (is_mount<rule_type<C, I>>) {
        facts.mount = true;
        facts.kinds = kinds_taken<filter_at<C, I>>;
        mount_reader<C, I, rule_type<C, I>>::read(facts);
        return facts;
    }
    facts.callable = handler::callable;
    facts.starts_no_form = is_form_start<typename rule_type<C, I>::handler_type>;
    facts.sound_filter = filter_fault<filter_at<C, I>>::none;
    if constexpr (requires { rule_at<C, I>.menu; } && filter_fault<filter_at<C, I>>::none) {
        const menu_fault found =
            fault_of_menu(rule_program<filter_at<C, I>>, rule_at<C, I>.menu.texts());
        if (found != menu_fault::no_fault) facts.unsound_menu = static_cast<std::int16_t>(found);
    }
    if (!handler::callable) return facts;
    target_reader<C>::read_all(facts, typename targets_of<typename handler::result>::type{});
    if constexpr (place.where == section::timeout || place.where == section::result ||
                  place.where == section::event) {
        still_parameter_reader<C, I>::read_all(facts, typename handler::arguments{});
        if constexpr (place.where == section::timeout) {
            facts.misplaced_timeout =
                place.list != section::state && place.list != section::timeout;
            facts.no_delay = rule_at<C, I>.delay.count() <= 0;
        }
    } else if constexpr (place.where == section::error) {
        error_parameter_reader<C, I>::read_all(facts, typename handler::arguments{});
    } else if constexpr (filter_fault<filter_at<C, I>>::none) {
        facts.kinds = kinds_taken<filter_at<C, I>>;
        facts.named_kinds = facts.kinds & named_kinds(parameter_reader<C, I>::program);
        parameter_reader<C, I>::read_all(facts, typename handler::arguments{});
        parameter_reader<C, I>::read_predicates(
            facts, typename filter_traits<filter_at<C, I>>::predicates{});
    }
    return facts;
}

/// One evaluation for each rule: compilers bound the work of each.
template <class C, std::size_t I>
inline constexpr rule_facts facts_at = facts_of<C, I>();

template <class C>
inline constexpr auto facts = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<rule_facts, sizeof...(I)>{facts_at<C, I>...};
}(std::make_index_sequence<shape<C>::rule_count>{});

/// Whether some handler of C leads back.
template <class C>
inline constexpr bool leads_back = [] {
    for (const rule_facts& rule : facts<C>)
        if (rule.backs) return true;
    return false;
}();

/// The kinds of updates that C's rules may take.
template <class C>
inline constexpr kind_mask kinds_of = []<std::size_t... I>(std::index_sequence<I...>) {
    const kind_mask of_rules[sizeof...(I) + 1] = {
        (std::is_same_v<given_at<C, I>, album> ? mask_of(update_kind::message)
                                               : kinds_taken<filter_at<C, I>>)...,
        0};
    kind_mask all = 0;
    for (const kind_mask one : of_rules) all |= one;
    return all;
}(std::make_index_sequence<shape<C>::rule_count>{});

/// Names of update kinds, for getUpdates' allowed_updates.
struct update_names {
    std::array<std::string_view, update_kind_count> names{};
    std::size_t count = 0;
    [[nodiscard]] constexpr std::span<const std::string_view> view() const {
        return {names.data(), count};
    }
};

/// Those of conversations with all that is nested in them.
template <class... Cs>
constexpr kind_mask kinds_of_all(type_list<Cs...>) {
    return (kinds_of<Cs> | ... | kind_mask{0});
}

/// The kinds that some rule of the bot may take.
template <class... Bots>
inline constexpr update_names allowed_names = [] {
    update_names out{};
    const kind_mask kinds = kinds_of_all(flows_of<Bots...>{});
    for (std::size_t i = 0; i != update_kind_count; ++i)
        if ((kinds >> i & 1U) != 0) out.names[out.count++] = name_of(static_cast<update_kind>(i));
    return out;
}();

/// The name of a function, as the compiler spells it: "payment::start".
template <auto Function>
constexpr std::string_view function_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("Function = ") + 11);
    text = text.substr(0, text.find_first_of(";]"));
    if (text.starts_with('&')) text.remove_prefix(1);
    return text;
}

/// Of a form's handlers, which are templates of the library, the plain name: "answer".
constexpr std::string_view handler_of_form(std::string_view name) {
    if (name.find('<') == std::string_view::npos) return name;
    for (const std::string_view ours : {"form_steps<", "form_end<"}) {
        const std::size_t at = name.find(ours);
        if (at == std::string_view::npos || (at != 0 && !name.substr(0, at).ends_with("::"))) continue;
        name.remove_prefix(name.rfind(">::") + 3);
        return name.substr(0, name.find('<'));
    }
    return name;
}

template <class C, std::size_t I>
constexpr std::string_view find_handler_name() {
    if constexpr (requires { function_name<handler_at<C, I>>(); })
        return handler_of_form(function_name<handler_at<C, I>>());
    else
        return type_name<C>();
}
// A variable: clang counts the steps of each name by itself.
template <class C, std::size_t I>
inline constexpr std::string_view found_handler_name = find_handler_name<C, I>();

/// The name of a rule's handler; of the struct, where that is local to a function: g++ 12 takes no
/// pointer to a local struct's function as a template argument.
template <class C, std::size_t I>
constexpr std::string_view handler_name() {
    return found_handler_name<C, I>;
}

}  // namespace banter::detail
