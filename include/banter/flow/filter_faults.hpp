// What can be wrong with a filter by itself (check C4): a pattern that is none, a command name that
// Telegram would refuse, a type that cannot be callback data.
#pragma once

#include <banter/flow/deep_link.hpp>
#include <banter/flow/filter_program.hpp>

#include <type_traits>

namespace banter::detail {

/// Whether Telegram accepts a name for a bot command: 1 to 32 of a-z, 0-9 and underscore.
constexpr bool is_command_name(std::string_view name) {
    if (name.empty() || name.size() > 32) return false;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

/// The first atom of F that is faulty: `none`, or `atom` names it.
template <class F>
struct filter_fault {
    static constexpr bool none = true;
    using atom = void;
};

template <class F, bool Sound>
struct atom_fault {
    static constexpr bool none = Sound;
    using atom = std::conditional_t<Sound, void, F>;
};

template <fixed_string Name>
struct filter_fault<command_filter<Name>>
    : atom_fault<command_filter<Name>,
                 Name.size() == 0 || is_command_name(command_filter<Name>::name)> {};
template <fixed_string P>
struct filter_fault<callback_filter<P>>
    : atom_fault<callback_filter<P>,
                 compiled<P, match_kind::whole>::verdict.fault == pattern_fault::none> {};
template <fixed_string P>
struct filter_fault<regex_filter<P>>
    : atom_fault<regex_filter<P>,
                 compiled<P, match_kind::search>::verdict.fault == pattern_fault::none> {};
template <fixed_string P>
struct filter_fault<caption_regex_filter<P>>
    : atom_fault<caption_regex_filter<P>,
                 compiled<P, match_kind::search>::verdict.fault == pattern_fault::none> {};
template <fixed_string Parameter>
struct filter_fault<start_link_filter<Parameter>>
    : atom_fault<start_link_filter<Parameter>, is_deep_link_parameter(Parameter.view())> {};
template <update_property Property, fixed_string P>
struct filter_fault<property_filter<Property, P>>
    : atom_fault<property_filter<Property, P>,
                 compiled<P, match_kind::whole>::verdict.fault == pattern_fault::none> {};
template <class T>
struct filter_fault<data_filter<T>>
    : atom_fault<data_filter<T>, callback_codec<T>::fault == callback_type_fault::none> {};
template <auto V>
struct filter_fault<data_is_filter<V>>
    : atom_fault<data_is_filter<V>,
                 callback_codec<decltype(V)>::fault == callback_type_fault::none> {};

template <class A, class B>
using first_fault = std::conditional_t<filter_fault<A>::none, filter_fault<B>, filter_fault<A>>;

template <class A, class B>
struct filter_fault<and_filter<A, B>> : first_fault<A, B> {};
template <class A, class B>
struct filter_fault<or_filter<A, B>> : first_fault<A, B> {};
template <class A, class B>
struct filter_fault<xor_filter<A, B>> : first_fault<A, B> {};
template <class A>
struct filter_fault<not_filter<A>> : filter_fault<A> {};

}  // namespace banter::detail
