// What the questions of a form say and do: the bodies of form.hpp's handlers.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/context.hpp>
#include <banter/flow/form.hpp>

#include <boost/hana/at.hpp>
#include <boost/hana/unpack.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace banter::detail {

/// The inline keyboard of one_of(...) and confirm(...).
class choice_keyboard {
  public:
    struct choice {
        std::string_view label;
        std::string_view data;
    };
    choice_keyboard(array_view<choice> choices, std::size_t columns)
        : choices_(choices), columns_(columns) {}
    void write_json(json_writer& to) const;

  private:
    array_view<choice> choices_;
    std::size_t columns_;
};

/// Says a question, a summary: a text or a function that makes or says it.
template <class Text, class Form>
void say(context& ctx, const Text& words, const Form& answers, const reply_markup& keyboard) {
    constexpr text_kind kind = kind_of_text<Text, Form>();
    if constexpr (kind == text_kind::literal)
        ctx.reply(words, keyboard);
    else if constexpr (kind == text_kind::made)
        ctx.reply(words(answers), keyboard);
    else
        words(ctx, answers);
}

/// Says a text with buttons: labels, and the values that they stand for.
template <class Text, class Form, class Data, std::size_t N>
void say_with_buttons(context& ctx, const Text& words, const Form& answers, std::size_t columns,
                      const std::array<labelled<Data>, N>& buttons) {
    std::array<typename callback_codec<Data>::text, N> data;
    std::array<choice_keyboard::choice, N> shown;
    for (std::size_t i = 0; i != N; ++i) {
        data[i] = callback_codec<Data>::encode(buttons[i].value);
        shown[i] = {buttons[i].label, data[i]};
    }
    const choice_keyboard keyboard(shown, columns);
    say(ctx, words, answers, keyboard);
}

template <class Value, class Given>
Value value_of_choice(const labelled<Given>& chosen) {
    return static_cast<Value>(chosen.value);
}

// ---- a question ----

template <class C, class Form>
template <std::size_t Q>
void form_steps<C, Form>::ask(context& ctx, const Form& answers) {
    if constexpr (Q == questions) {
        constexpr auto& asked =
            boost::hana::at_c<facts::items.nth(form_item::confirm)>(form_of<C, Form>.items);
        const std::array<labelled<confirmed<Form>>, 2> buttons{{{asked.yes, {true}}, {asked.no, {false}}}};
        say_with_buttons(ctx, asked.summary, answers, 2, buttons);
    } else {
        constexpr auto& asked =
            boost::hana::at_c<facts::items.nth(form_item::question, Q)>(form_of<C, Form>.items);
        constexpr auto& items = question<Q>::items;
        if constexpr (items.has(ask_item::choices)) {
            constexpr auto& choices = boost::hana::at_c<items.nth(ask_item::choices)>(asked.options);
            using data = picked<question<Q>::member, Form>;
            boost::hana::unpack(choices.choices, [&](const auto&... one) {
                std::array<labelled<data>, sizeof...(one)> buttons{labelled<data>{one.label, {}}...};
                for (std::size_t i = 0; i != sizeof...(one); ++i)
                    buttons[i].value.which = static_cast<std::uint8_t>(i);
                say_with_buttons(ctx, asked.text, answers, choices.columns, buttons);
            });
        } else {
            say(ctx, asked.text, answers, {});
        }
    }
}

/// The value of an answer; nothing where it is none.
template <class C, class Form>
template <std::size_t Q, class How, class Value>
std::optional<Value> form_steps<C, Form>::read(const typename How::given& said) {
    constexpr auto& asked =
        boost::hana::at_c<facts::items.nth(form_item::question, Q)>(form_of<C, Form>.items);
    constexpr auto& items = question<Q>::items;
    if constexpr (How::option != not_taken) {
        constexpr auto& option = boost::hana::at_c<How::option>(asked.options);
        if constexpr (requires { option.reader(said); })
            return option.reader(said);
        else
            return Value(said.file_id());
    } else if constexpr (items.has(ask_item::choices)) {
        constexpr auto& choices = boost::hana::at_c<items.nth(ask_item::choices)>(asked.options);
        return boost::hana::unpack(choices.choices, [&said](const auto&... one) {
            std::optional<Value> value;
            [[maybe_unused]] std::size_t which = 0;
            const auto fits = [&](std::string_view label) {
                if constexpr (std::is_same_v<How, typed_answer>) {
                    return is_same_word(said, label);
                } else {
                    const auto pressed = callback_codec<typename How::data>::decode(said.data());
                    return pressed && pressed->which == which++;
                }
            };
            (void)((fits(one.label) && (value = value_of_choice<Value>(one), true)) || ...);
            return value;
        });
    } else if constexpr (items.has(ask_item::parsed)) {
        return boost::hana::at_c<items.nth(ask_item::parsed)>(asked.options).parser(said.text());
    } else if constexpr (question<Q>::takes_any_text) {
        return parse<Value>(said).value_or(Value(said.text()));
    } else {
        return read_answer<Value>(said);
    }
}

/// Puts an answer that passes into its member; says what is wrong with another.
template <class C, class Form>
template <std::size_t Q, class How>
bool form_steps<C, Form>::take(context& ctx, Form& answers, const typename How::given& said) {
    using value_type = typename question<Q>::answer;
    constexpr auto& asked =
        boost::hana::at_c<facts::items.nth(form_item::question, Q)>(form_of<C, Form>.items);
    std::optional<value_type> value = read<Q, How, value_type>(said);
    std::string_view words;
    const auto passes = [&]<class Option>(const Option& option) {
        if constexpr (ask_item_of<Option> == ask_item::test) {
            if (option.test(*value)) return true;
            words = option.text;
            return false;
        } else {
            return true;
        }
    };
    const bool good = value && boost::hana::unpack(asked.options, [&](const auto&... options) {
        return (passes(options) && ...);
    });
    if (good)
        answers.*question<Q>::member = std::move(*value);
    else
        complain<Q>(ctx, answers, words);
    return good;
}

/// A text for what was no answer: the test's, else the question's, else the form's, else the question.
template <class C, class Form>
template <std::size_t Q>
void form_steps<C, Form>::complain(context& ctx, const Form& answers, std::string_view words) {
    constexpr auto& asked =
        boost::hana::at_c<facts::items.nth(form_item::question, Q)>(form_of<C, Form>.items);
    if constexpr (question<Q>::items.has(ask_item::retry)) {
        if (words.empty())
            words = boost::hana::at_c<question<Q>::items.nth(ask_item::retry)>(asked.options).text;
    } else if constexpr (facts::items.has(form_item::retry)) {
        if (words.empty())
            words = boost::hana::at_c<facts::items.nth(form_item::retry)>(form_of<C, Form>.items).text;
    }
    if (words.empty())
        ask<Q>(ctx, answers);
    else
        ctx.reply(words);
}

template <class C, class Form>
template <class Place>
void form_steps<C, Form>::prompt(context& ctx, const Place& here) {
    [&]<std::size_t... Q>(std::index_sequence<Q...>) {
        const auto ask_if = [&]<std::size_t I>() {
            if constexpr (std::is_same_v<Place, place<I>>) ask<I>(ctx, here.answers);
        };
        (ask_if.template operator()<Q>(), ...);
    }(std::make_index_sequence<questions + (facts::confirms ? 1 : 0)>{});
}

// ---- the handlers ----

template <class C, class Form>
template <std::size_t Q, class How>
auto form_steps<C, Form>::answer(context& ctx, place<Q>& here, typename How::given said)
    -> answered<Q, How> {
    const bool good = take<Q, How>(ctx, here.answers, said);
    if constexpr (!is_certain<Q, How>)
        if (!good) return stay{};
    return skip<Q>(here);
}

template <class C, class Form>
template <std::size_t Q>
stay form_steps<C, Form>::ask_again(context& ctx, const place<Q>& here) {
    ask<Q>(ctx, here.answers);
    return {};
}

template <class C, class Form>
template <std::size_t Q>
stay form_steps<C, Form>::refuse(context& ctx, const place<Q>& here) {
    complain<Q>(ctx, here.answers, {});
    return {};
}

// ---- what then(...) gets ----

/// The answers as the parameter P of then(...), or any other parameter as it came. What then(...) takes
/// by value is a copy: if it stays, the answers are still there.
template <class Form, class P, class Given>
decltype(auto) handed(Given&& given) {
    if constexpr (!std::is_same_v<std::remove_cvref_t<P>, Form>)
        return static_cast<P&&>(given);
    else if constexpr (std::is_lvalue_reference_v<P>)
        return static_cast<P>(given.answers);
    else
        return Form(given.answers);
}

/// A state or next<...> as a next<...> of more.
template <class To, class From>
To widened(From&& from) {
    if constexpr (is_next<std::remove_cvref_t<From>>)
        return std::visit([](auto& one) -> To { return std::move(one); }, from.target());
    else
        return To(std::forward<From>(from));
}

template <class C, class Form, class R, class... Ps>
R form_end<C, Form, R (*)(Ps...)>::accept(place& here, filled_in<Form, place, Ps>... more) {
    (void)here;
    return then_of<C, Form>(handed<Form, Ps>(more)...);
}

template <class C, class Form, class R, class... Ps>
template <class How>
auto form_end<C, Form, R (*)(Ps...)>::answer(context& ctx, place& here, typename How::given said,
                                             filled_in<Form, place, Ps>... more)
    -> targets<How> {
    const bool good = steps::template take<last, How>(ctx, here.answers, said);
    if constexpr (!steps::template is_certain<last, How>)
        if (!good) return stay{};
    return widened<targets<How>>(then_of<C, Form>(handed<Form, Ps>(more)...));
}

template <class C, class Form, class R, class... Ps>
template <class How>
auto form_end<C, Form, R (*)(Ps...)>::answer_and_wait(context& ctx, place& here,
                                                      typename How::given said,
                                                      filled_in<Form, place, Ps>... more)
    -> task<targets<How>> {
    const bool good = steps::template take<last, How>(ctx, here.answers, said);
    if constexpr (!steps::template is_certain<last, How>)
        if (!good) co_return stay{};
    auto running = then_of<C, Form>(handed<Form, Ps>(more)...);
    auto led = co_await std::move(running);
    co_return widened<targets<How>>(std::move(led.value()));
}

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/form_steps.ipp>
#endif
