// Which updates there can be, as far as filters can tell them apart, and what a filter says of
// them without an update at hand. The checks reason with these.
//
// A world fixes the update kind, the contents and the command; patterns, chat types and run-time
// predicates stay open (`maybe`). Contents are one-hot, but for Telegram's own overlaps: an
// animation also fills `document`, a venue also fills `location`.
#pragma once

#include <banter/flow/filter_program.hpp>
#include <banter/flow/parameters.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace banter::detail {

struct world {
    enum class command_class : std::uint8_t { none, named, unnamed, foreign };

    update_kind kind = update_kind::unknown;
    content_set content{};
    content_kind first{};  // of the contents, the one that gives the message its name
    command_class command = command_class::none;
    std::string_view command_name{};
};

/// The truth of an atom in a world.
constexpr truth ask_world(const world& in, const filter_node& atom) {
    using op = filter_node::op;
    using command_class = world::command_class;
    const bool callback = in.kind == update_kind::callback_query;
    const auto kind = static_cast<update_kind>(atom.value);
    switch (atom.what) {
        case op::everything: return truth::yes;
        case op::kind: return truth_of(in.kind == kind);
        case op::content:
            return truth_of(in.content.contains(static_cast<content_kind>(atom.value)));
        case op::chat:
            return (chat_kinds & mask_of(in.kind)) != 0 ? truth::maybe : truth::no;
        case op::any_command: return truth_of(in.command != command_class::none);
        case op::command:
            return truth_of(in.command == command_class::named && in.command_name == atom.word);
        case op::any_callback: return truth_of(callback);
        case op::callback: return callback ? truth::maybe : truth::no;
        case op::text:
            return in.content.contains(content_kind::text) ? truth::maybe : truth::no;
        case op::implied_kinds:
            return truth_of((in.kind == update_kind::message && (atom.value & subject::message)) ||
                            (callback && (atom.value & subject::callback)));
        default: return truth::maybe;
    }
}

constexpr truth ask(std::span<const filter_node> program, const world& in) {
    return evaluate(program, [&in](const filter_node& atom) { return ask_world(in, atom); });
}

/// The contents that programs speak of; contents that none speaks of are all alike.
constexpr content_set contents_named(std::span<const std::span<const filter_node>> programs) {
    using op = filter_node::op;
    content_set named{};
    for (const auto program : programs)
        for (const filter_node& atom : program) {
            if (atom.what == op::content) named.insert(static_cast<content_kind>(atom.value));
            if (atom.what == op::text || atom.what == op::command || atom.what == op::any_command)
                named.insert(content_kind::text);
        }
    return named;
}

/// Calls `visit(world)` for every world of a kind that `programs` can tell apart, until it returns
/// false. Returns whether it never did.
template <class Visit>
constexpr bool for_each_world(update_kind kind,
                              std::span<const std::span<const filter_node>> programs,
                              Visit&& visit) {
    world at{kind};
    if (!is_message_kind(kind)) return visit(at);
    const content_set named = contents_named(programs);
    // Those that bring another content with them come last: as examples they mislead.
    const auto brings_another = [](content_kind content) {
        return content == content_kind::animation || content == content_kind::venue;
    };
    for (std::size_t i = 0; i != 2 * content_kind_count; ++i) {
        const auto content = static_cast<content_kind>(i % content_kind_count);
        if (!named.contains(content) || brings_another(content) != (i >= content_kind_count))
            continue;
        at.first = content;
        at.content = content_set{content};
        if (content == content_kind::animation) at.content.insert(content_kind::document);
        if (content == content_kind::venue) at.content.insert(content_kind::location);
        at.command = world::command_class::none;
        if (!visit(at)) return false;
        if (content != content_kind::text) continue;
        for (const auto other : {world::command_class::unnamed, world::command_class::foreign}) {
            at.command = other;
            if (!visit(at)) return false;
        }
        at.command = world::command_class::named;
        for (const auto program : programs)
            for (const filter_node& atom : program) {
                if (atom.what != filter_node::op::command) continue;
                at.command_name = atom.word;
                if (!visit(at)) return false;
            }
    }
    // A message with another content, or without any that this version knows.
    at.content = {};
    at.command = world::command_class::none;
    return visit(at);
}

/// The kinds of updates that a program may accept.
constexpr kind_mask kinds_accepted(std::span<const filter_node> program) {
    kind_mask accepted = 0;
    const std::span<const filter_node> programs[] = {program};
    for (std::size_t i = 0; i != update_kind_count; ++i) {
        const auto kind = static_cast<update_kind>(i);
        // A kind that is refused whatever its contents are needs no walk through the contents.
        const auto of_kind = [kind](const filter_node& atom) {
            const bool open = is_message_kind(kind) &&
                              (atom.what == filter_node::op::content ||
                               atom.what == filter_node::op::any_command ||
                               atom.what == filter_node::op::command ||
                               atom.what == filter_node::op::text);
            return open ? truth::maybe : ask_world(world{kind}, atom);
        };
        const truth rough = evaluate(program, of_kind);
        if (rough == truth::no) continue;
        const bool none = rough == truth::maybe &&
                          for_each_world(kind, programs, [&](const world& at) {
                              return ask(program, at) == truth::no;
                          });
        if (!none) accepted |= mask_of(kind);
    }
    return accepted;
}

}  // namespace banter::detail
