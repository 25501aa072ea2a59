// Forms become states: one for each question, in which an answer leads to the next, and one for the
// confirmation. Whatever looks at a conversation (checks, diagrams, the run time, the test kit) sees
// those; only flow_of<C> knows that there was a form. The handlers are functions of form_steps<C, Form>,
// declared here; their bodies, which speak to the user, stand in form_steps.hpp.
#pragma once

#include <banter/flow/form_checks.hpp>
#include <banter/flow/form_facts.hpp>
#include <banter/flow/guarantee.hpp>
#include <banter/flow/outcome.hpp>

#include <boost/hana/at.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter::detail {

// ---- the handlers ----

/// The handlers of C's form<Form>(...), but for those behind which then(...) runs.
template <class C, class Form>
struct form_steps {
    using facts = facts_of_form<C, Form>;
    static constexpr std::size_t questions = facts::questions;
    template <std::size_t Q>
    using place = typename facts::template place<Q>::type;
    template <std::size_t Q>
    using question = typename facts::template question<Q>;

    /// An answer that may be none leads to stay as well.
    template <std::size_t Q, class How>
    static constexpr bool is_certain =
        std::is_same_v<How, typed_answer> && question<Q>::takes_any_text;
    template <std::size_t Q, class How>
    using answered =
        std::conditional_t<is_certain<Q, How>, place<Q + 1>, next<place<Q + 1>, stay>>;

    static place<0> start() { return {}; }
    template <std::size_t Q, class How>
    static answered<Q, How> answer(context& ctx, place<Q>& here, typename How::given said);
    template <std::size_t Q>
    static place<Q + 1> skip(place<Q>& here) {
        return {std::move(here.answers)};
    }
    template <std::size_t Q>
    static place<Q - 1> go_back(place<Q>& here) {
        return {std::move(here.answers)};
    }
    static place<0> start_over(place<questions>& here) { return {std::move(here.answers)}; }
    template <std::size_t Q>
    static stay ask_again(context& ctx, const place<Q>& here);
    template <std::size_t Q>
    static stay refuse(context& ctx, const place<Q>& here);

    /// The prompts of the form's states.
    template <class Place>
    static void prompt(context& ctx, const Place& here);

    // What they are made of.
    template <std::size_t Q>
    static void ask(context& ctx, const Form& answers);
    template <std::size_t Q, class How>
    static bool take(context& ctx, Form& answers, const typename How::given& said);
    template <std::size_t Q, class How, class Value>
    static std::optional<Value> read(const typename How::given& said);
    template <std::size_t Q>
    static void complain(context& ctx, const Form& answers, std::string_view words);
};

/// A parameter of then(...) as the last answer's handler has it: that gets its state's data.
template <class Form, class Place, class P>
using filled_in = std::conditional_t<std::is_same_v<std::remove_cvref_t<P>, Form>, Place&, P>;

/// Where an answer leads that is handed to then(...).
template <class List, bool IsCertain>
struct after_answer;
template <class... Targets>
struct after_answer<type_list<Targets...>, true> {
    using type = next<Targets...>;
};
template <class... Targets>
struct after_answer<type_list<Targets...>, false> {
    using type = std::conditional_t<(std::is_same_v<Targets, stay> || ...), next<Targets...>,
                                    next<Targets..., stay>>;
};

/// The handlers behind which then(...) runs: of the last question, or of the confirmation.
template <class C, class Form, class Then>
struct form_end;
template <class C, class Form, class R, class... Ps>
struct form_end<C, Form, R (*)(Ps...)> {
    using steps = form_steps<C, Form>;
    static constexpr std::size_t last = steps::questions - (steps::facts::confirms ? 0 : 1);
    using place = typename steps::template place<last>;
    /// Where then(...) leads, or stay.
    template <class How>
    using targets = typename after_answer<typename targets_of<R>::type,
                                          steps::template is_certain<last, How>>::type;

    template <class How>
    static targets<How> answer(context& ctx, place& here, typename How::given said,
                          filled_in<Form, place, Ps>... more);
    /// The same where then(...) is a coroutine.
    template <class How>
    static task<targets<How>> answer_and_wait(context& ctx, place& here, typename How::given said,
                                         filled_in<Form, place, Ps>... more);
    static R accept(place& here, filled_in<Form, place, Ps>... more);

    template <class How>
    static constexpr auto answering() {
        if constexpr (targets_of<R>::is_task)
            return &form_end::template answer_and_wait<How>;
        else
            return &form_end::template answer<How>;
    }
};
template <class C, class Form, class R, class... Ps>
struct form_end<C, Form, R (*)(Ps...) noexcept> : form_end<C, Form, R (*)(Ps...)> {};

// ---- their rules ----

template <class... Rules>
constexpr auto rules(Rules... all) {
    return boost::hana::tuple<Rules...>{all...};
}
template <class... As, class... Bs>
constexpr auto joined_rules(const boost::hana::tuple<As...>& first,
                            const boost::hana::tuple<Bs...>& second) {
    return boost::hana::unpack(first, [&second](const auto&... as) {
        return boost::hana::unpack(second, [&as...](const auto&... bs) {
            return boost::hana::tuple<As..., Bs...>{as..., bs...};
        });
    });
}
template <class First, class Second, class... More>
constexpr auto joined_rules(const First& first, const Second& second, const More&... more) {
    return joined_rules(joined_rules(first, second), more...);
}

/// start_form<Form> becomes a handler.
template <class C, class Handler>
constexpr Handler bound_handler(Handler handler) {
    return handler;
}
template <class C, class Form>
constexpr auto bound_handler(not_a_handler<form_start<Form>> start) {
    if constexpr (form_in<C, Form>::count != 0)
        return &form_steps<C, Form>::start;
    else
        return start;  // check C16 says so
}
template <class C, class Rule>
constexpr auto bound_rule(const Rule& given) {
    return given;
}
template <class C, class Filter, class Form>
constexpr auto bound_rule(const rule<Filter, not_a_handler<form_start<Form>>>& given) {
    const auto handler = bound_handler<C>(given.handler);
    return rule<Filter, std::remove_const_t<decltype(handler)>>{handler};
}
template <class C, class Filter, class Form, std::size_t Texts>
constexpr auto bound_rule(const menu_rule<Filter, not_a_handler<form_start<Form>>, Texts>& given) {
    const auto handler = bound_handler<C>(given.handler);
    return menu_rule<Filter, std::remove_const_t<decltype(handler)>, Texts>{{handler}, given.menu};
}
template <class C, class R, class Form>
constexpr auto bound_rule(const result_rule<R, not_a_handler<form_start<Form>>>& given) {
    const auto handler = bound_handler<C>(given.handler);
    return result_rule<R, std::remove_const_t<decltype(handler)>>{handler};
}
template <class C, class Form>
constexpr auto bound_rule(const after_rule<not_a_handler<form_start<Form>>>& given) {
    const auto handler = bound_handler<C>(given.handler);
    return after_rule<std::remove_const_t<decltype(handler)>>{given.delay, handler, given.extended};
}
template <class C, class Form, class Thrown>
constexpr auto bound_rule(const error_rule<not_a_handler<form_start<Form>>, Thrown>& given) {
    const auto handler = bound_handler<C>(given.handler);
    return error_rule<std::remove_const_t<decltype(handler)>, Thrown>{handler};
}
template <class C, class Child, class... Bindings>
constexpr auto bound_rule(const nest_rule<Child, Bindings...>& given) {
    return boost::hana::unpack(given.bindings, [](const auto&... bindings) {
        return nest_rule<Child, decltype(bound_rule<C>(bindings))...>{{}, {bound_rule<C>(bindings)...}};
    });
}
template <class C, class... Rules>
constexpr auto bound_rules(const value_list<Rules...>& given) {
    return apply_to(given, [](const auto&... all) { return rules(bound_rule<C>(all)...); });
}

/// Makes the states of one form.
template <class C, class Form>
struct form_states {
    using steps = form_steps<C, Form>;
    using facts = typename steps::facts;
    using end_of_form =
        form_end<C, Form, std::remove_const_t<decltype(facts::then::handler)>>;
    static constexpr std::size_t questions = facts::questions;
    static constexpr bool then_follows(std::size_t q) { return q == end_of_form::last; }

    template <class Filter, class Handler>
    static constexpr auto one(Handler handler) {
        return rules(rule<Filter, Handler>{handler});
    }
    template <std::size_t Q, class Filter, class How>
    static constexpr auto answered() {
        if constexpr (then_follows(Q))
            return one<Filter>(end_of_form::template answering<How>());
        else
            return one<Filter>(&steps::template answer<Q, How>);
    }

    template <std::size_t Q>
    static constexpr auto back_rules() {
        if constexpr (!facts::items.has(form_item::back)) {
            return rules();
        } else {
            using filter = typename back_filter<
                typename facts::template item<facts::items.nth(form_item::back)>>::type;
            if constexpr (Q == 0)
                return one<filter>(&steps::template ask_again<Q>);
            else
                return one<filter>(&steps::template go_back<Q>);
        }
    }
    template <class Back>
    struct back_filter;
    template <class Filter>
    struct back_filter<back_part<Filter>> {
        using type = Filter;
    };

    template <std::size_t Q, std::size_t O, class Filter>
    static constexpr auto option_rules(const skip_option<Filter>&) {
        if constexpr (then_follows(Q))
            return one<Filter>(&end_of_form::accept);
        else
            return one<Filter>(&steps::template skip<Q>);
    }
    template <std::size_t Q, std::size_t O, class Filter, class Reader>
    static constexpr auto option_rules(const takes_option<Filter, Reader>&) {
        return answered<Q, Filter, taken_answer<typename reader_facts<Reader>::given, O>>();
    }
    template <std::size_t Q, std::size_t O, class Option>
    static constexpr auto option_rules(const Option& option) {
        if constexpr (ask_item_of<Option> == ask_item::rule)
            return rules(bound_rule<C>(option));
        else
            return rules();
    }
    /// Those that stand in every question, and in the confirmation.
    template <class Item>
    static constexpr auto rules_everywhere(const Item& item) {
        if constexpr (form_item_of<Item> == form_item::rule)
            return rules(bound_rule<C>(item));
        else
            return rules();
    }
    static constexpr auto rules_everywhere() {
        return boost::hana::unpack(form_of<C, Form>.items, [](const auto&... items) {
            return joined_rules(rules(), rules(), rules_everywhere(items)...);
        });
    }

    /// Whether every text is an answer already.
    template <class Option>
    static constexpr bool takes_all_texts(const Option*) {
        return false;
    }
    template <class Filter, class Reader>
    static constexpr bool takes_all_texts(const takes_option<Filter, Reader>*) {
        if constexpr (filter_fault<Filter>::none)
            return guarantees<typed_answer::filter, Filter>;
        else
            return true;
    }
    template <class... Options>
    static constexpr bool takes_all_texts(type_list<Options...>) {
        return (takes_all_texts(static_cast<const Options*>(nullptr)) || ...);
    }

    template <std::size_t Q>
    static constexpr auto text_rules() {
        using asked = typename steps::template question<Q>;
        using filter = typename typed_answer::filter;
        if constexpr (asked::items.has(ask_item::choices))
            return joined_rules(
                answered<Q, data_filter<picked<asked::member, Form>>, picked_answer<asked::member, Form>>(),
                answered<Q, filter, typed_answer>());
        else if constexpr (asked::takes_texts)
            return answered<Q, filter, typed_answer>();
        else if constexpr (takes_all_texts(typename asked::options{}))
            return rules();
        else
            return one<filter>(&steps::template refuse<Q>);
    }

    template <class Place, class... Rules>
    static constexpr auto state_of(const boost::hana::tuple<Rules...>& all) {
        return boost::hana::unpack(all, [](const auto&... one) { return state<Place>(one...); });
    }
    template <std::size_t Q>
    static constexpr auto state_at() {
        using place = typename steps::template place<Q>;
        if constexpr (Q == questions) {
            return state_of<place>(joined_rules(
                back_rules<Q>(), rules_everywhere(),
                one<data_is_filter<confirmed<Form>{true}>>(&end_of_form::accept),
                one<data_is_filter<confirmed<Form>{false}>>(&steps::start_over),
                one<typed_answer::filter>(&steps::template ask_again<Q>)));
        } else {
            constexpr std::size_t at = facts::items.nth(form_item::question, Q);
            constexpr auto& options = boost::hana::at_c<at>(form_of<C, Form>.items).options;
            constexpr auto own = [&]<std::size_t... O>(std::index_sequence<O...>) {
                return joined_rules(rules(), rules(),
                                    option_rules<Q, O>(boost::hana::at_c<O>(options))...);
            }(std::make_index_sequence<steps::template question<Q>::options::size>{});
            return state_of<place>(
                joined_rules(back_rules<Q>(), own, rules_everywhere(), text_rules<Q>()));
        }
    }
    static constexpr auto make() {
        return []<std::size_t... Q>(std::index_sequence<Q...>) {
            return rules(state_at<Q>()...);
        }(std::make_index_sequence<questions + (facts::confirms ? 1 : 0)>{});
    }
};

// ---- the whole flow ----

/// Stands for a flow with a mistake in a form: check C16 raises it. The part does not name the error:
/// looking up a function for such an argument would complete, and so raise, it.
struct faulty_form_part : option_part {};

template <class C>
struct expanded_flow {
    template <class Part>
    static constexpr auto expand(const Part& part) {
        return boost::hana::tuple<Part>{part};
    }
    template <section Where, class... Rules>
    static constexpr auto expand(const flow_part<Where, Rules...>& part) {
        return boost::hana::unpack(bound_rules<C>(part.rules), [](const auto&... one) {
            return rules(flow_part<Where, std::remove_cvref_t<decltype(one)>...>{{one...}});
        });
    }
    template <class State, class... Rules>
    static constexpr auto expand(const state_part<State, Rules...>& part) {
        return boost::hana::unpack(bound_rules<C>(part.rules), [](const auto&... one) {
            return rules(state<State>(one...));
        });
    }
    template <class Form, class... Items>
    static constexpr auto expand(const form_part<Form, Items...>&) {
        return form_states<C, Form>::make();
    }

    static constexpr auto make() {
        if constexpr (!std::is_void_v<fault_of_forms<C>>)
            return conversation_of(faulty_form_part{});
        else
            return apply_to(written_flow_of<C>.parts, [](const auto&... parts) {
                return boost::hana::unpack(
                    joined_rules(rules(), rules(), expand(parts)...),
                    [](const auto&... all) { return conversation_of(all...); });
            });
    }
};

}  // namespace banter::detail
