// Which updates there can be, as far as filters can tell them apart, and what a filter says of
// them without an update at hand. The solver walks through these.
//
// A world fixes the update kind, the content, the command and whether there is a caption or callback
// data; patterns, entities, chat types and run-time predicates stay open (`maybe`). Contents are
// one-hot, but for Telegram's own overlaps: an animation also fills `document`, a venue also fills
// `location`. A command is a text, a caption belongs to a medium.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/filter_program.hpp>
#include <banter/flow/parameters.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace banter::detail {

struct world {
    enum class command_class : std::uint8_t { none, named, unnamed, foreign };

    update_kind kind = update_kind::unknown;
    content_set content{};
    content_kind first{};  // of the contents, the one that gives the message its name
    command_class command = command_class::none;
    std::string_view command_name{};
    bool caption = false;
    bool without_data = false;  // a callback query of a game's button
};

/// Most names end differently.
constexpr bool same_command(const std::string_view& a, const std::string_view& b) {
    const std::size_t size = a.size();
    return size == b.size() && ((a.data()[size - 1] ^ b.data()[size - 1]) & 0x5F) == 0 &&
           equal_without_case(a, b);
}

/// What is known beforehand of a flag or a property.
constexpr const trait_facts& facts_of(const filter_node& atom) {
    return atom.what == filter_node::op::flag ? facts_of(static_cast<update_flag>(atom.value))
                                              : facts_of(static_cast<update_property>(atom.value));
}
constexpr bool is_trait(filter_node::op what) {
    return what == filter_node::op::flag || what == filter_node::op::property;
}
constexpr bool is_game(const filter_node& atom) {
    return atom.what == filter_node::op::property &&
           atom.value == static_cast<std::uint8_t>(update_property::game);
}
/// Whether updates of a world can have a flag or property: a game's button has no data.
constexpr bool can_have(const world& in, const filter_node& atom) {
    const trait_facts& facts = facts_of(atom);
    return (facts.kinds & mask_of(in.kind)) != 0 &&
           (facts.contents.empty() || in.content.intersects(facts.contents)) &&
           (!is_game(atom) || in.without_data);
}

// One expression each: clang counts a switch's cases up to the one it takes as steps.

/// The truth of an atom in a world.
constexpr truth ask_world(const world& in, const filter_node& atom) {
    using op = filter_node::op;
    using command_class = world::command_class;
    constexpr update_kind callback = update_kind::callback_query;
    constexpr auto command_entity = static_cast<std::uint8_t>(entity_kind::bot_command);
    const op what = atom.what;
    const auto yes_if = [](bool value) { return value ? truth::yes : truth::no; };
    const auto maybe_if = [](bool value) { return value ? truth::maybe : truth::no; };
    return what == op::content
               ? yes_if(in.content.contains(static_cast<content_kind>(atom.value)))
           : what == op::kind     ? yes_if(in.kind == static_cast<update_kind>(atom.value))
           : what == op::callback ? maybe_if(in.kind == callback && !in.without_data)
           : what == op::text     ? maybe_if(in.content.contains(content_kind::text))
           : what == op::command  ? yes_if(in.command == command_class::named &&
                                           same_command(in.command_name, atom.word))
           : what == op::any_command  ? yes_if(in.command != command_class::none)
           : what == op::any_callback ? yes_if(in.kind == callback)
           : what == op::chat         ? (chat_kinds & mask_of(in.kind)) != 0
                                            ? truth::maybe
                                            : yes_if(static_cast<chat_type>(atom.value) == chat_type::none)
           : what == op::service ? yes_if(in.content.intersects(service_contents))
           : what == op::caption ? yes_if(in.caption)
           : what == op::caption_text || what == op::caption_entity ? maybe_if(in.caption)
           : what == op::entity
               ? in.command != command_class::none && atom.value == command_entity
                     ? truth::yes
                     : maybe_if(in.content.contains(content_kind::text))
           : what == op::implied_kinds
               ? yes_if((in.kind == update_kind::message && (atom.value & subject::message)) ||
                        (in.kind == callback && (atom.value & subject::callback)))
           : is_trait(what)         ? maybe_if(can_have(in, atom))
           : what == op::everything ? truth::yes
                                    : truth::maybe;
}

/// Whether an atom speaks of what only messages have.
constexpr bool is_of_messages(filter_node::op what) {
    using op = filter_node::op;
    return what == op::content || what == op::service || what == op::entity ||
           what == op::caption || what == op::caption_entity || what == op::caption_text ||
           what == op::any_command || what == op::command || what == op::text;
}

/// The truth of an atom where only the update kind is known.
constexpr truth ask_kind(update_kind kind, const filter_node& atom) {
    if (is_trait(atom.what))
        return (facts_of(atom).kinds & mask_of(kind)) != 0 ? truth::maybe : truth::no;
    if (!is_of_messages(atom.what)) return ask_world({.kind = kind}, atom);
    return is_message_kind(kind) ? truth::maybe : truth::no;
}

constexpr truth ask(array_view<filter_node> program, const world& in) {
    return evaluate(program, [&in](const filter_node& atom) { return ask_world(in, atom); });
}
constexpr truth ask(array_view<filter_node> program, update_kind kind) {
    return evaluate(program, [kind](const filter_node& atom) { return ask_kind(kind, atom); });
}

static_assert(static_cast<int>(content_kind::text) == 0);

/// Contents as bits, and one more for a message with none of them.
struct content_bits {
    static constexpr auto none = static_cast<content_kind>(content_kind_count);
    std::uint64_t low = 0, high = 0;

    static constexpr content_bits all() {
        return {~std::uint64_t{0}, (std::uint64_t{1} << (content_kind_count - 63)) - 1};
    }
    constexpr void insert(content_kind content) {
        const auto at = static_cast<unsigned>(content);
        (at < 64 ? low : high) |= std::uint64_t{1} << (at % 64);
    }
    [[nodiscard]] constexpr bool contains(content_kind content) const {
        const auto at = static_cast<unsigned>(content);
        return (((at < 64 ? low : high) >> (at % 64)) & 1) != 0;
    }
    [[nodiscard]] constexpr bool empty() const { return (low | high) == 0; }
    /// Takes the first content out, if there is one.
    constexpr content_kind take() {
        std::uint64_t& from = low != 0 ? low : high;
        const std::size_t at = lowest_bit(from) + (low != 0 ? 0 : 64);
        from &= from - 1;
        return static_cast<content_kind>(at);
    }
    constexpr content_bits operator&(const content_bits& b) const { return {low & b.low, high & b.high}; }
    constexpr content_bits operator|(const content_bits& b) const { return {low | b.low, high | b.high}; }
    constexpr content_bits operator~() const { return {~low, ~high}; }
};

inline constexpr content_bits contents_with_captions = [] {
    content_bits all;
    for (std::size_t i = 0; i != content_kind_count; ++i)
        if (may_have_caption(static_cast<content_kind>(i))) all.insert(static_cast<content_kind>(i));
    return all;
}();
inline constexpr content_bits contents_of_services = [] {
    content_bits all;
    for (std::size_t i = 0; i != content_kind_count; ++i)
        if (is_service(static_cast<content_kind>(i))) all.insert(static_cast<content_kind>(i));
    return all;
}();
inline constexpr content_bits contents_with_others = [] {
    content_bits all;
    all.insert(content_kind::animation);
    all.insert(content_kind::venue);
    return all;
}();

/// With which contents of a message something may be true, and with which false.
struct truth_by_content {
    content_bits yes, no;
};

/// The contents of messages of a kind that can have a flag or property.
constexpr content_bits contents_having(update_kind kind, const trait_facts& facts) {
    content_bits out;
    if ((facts.kinds & mask_of(kind)) == 0) return out;
    if (facts.contents.empty()) return content_bits::all();
    for (content_set left = facts.contents; !left.empty(); left.erase(*left.first()))
        out.insert(*left.first());
    if (out.contains(content_kind::document)) out.insert(content_kind::animation);
    return out;
}

/// The truth of an atom for a message of this kind, by its content.
constexpr truth_by_content ask_contents(update_kind kind, const filter_node& atom) {
    using op = filter_node::op;
    if (!is_of_messages(atom.what) && !is_trait(atom.what)) {
        const truth whatever = ask_world({.kind = kind}, atom);
        return {whatever == truth::no ? content_bits{} : content_bits::all(),
                whatever == truth::yes ? content_bits{} : content_bits::all()};
    }
    if (atom.what == op::content) {
        const auto content = static_cast<content_kind>(atom.value);
        content_bits yes;
        yes.insert(content);
        if (content == content_kind::document) yes.insert(content_kind::animation);
        if (content == content_kind::location) yes.insert(content_kind::venue);
        return {yes, ~yes};
    }
    if (atom.what == op::service) return {contents_of_services, ~contents_of_services};
    if (is_trait(atom.what)) return {contents_having(kind, facts_of(atom)), content_bits::all()};
    const bool of_captions = atom.what == op::caption || atom.what == op::caption_entity ||
                             atom.what == op::caption_text;
    return {of_captions ? contents_with_captions : content_bits{1, 0}, content_bits::all()};
}

/// What some programs speak of. Contents that none speaks of are all alike, but for whether they
/// are service messages and may have captions, where that matters; so are kinds of updates.
struct vocabulary {
    content_bits contents{};
    kind_mask kinds = 0;
    bool captions = false;
    bool services = false;
    bool data = false;
    bool chats = false;
    bool texts = false;
    bool any_command = false;
    growing<std::string_view> commands{};  // each once
    growing<kind_mask> traits{};           // the kinds that can have each flag or property

    constexpr void add(array_view<filter_node> program) {
        using op = filter_node::op;
        for (const filter_node& atom : program) switch (atom.what) {
                case op::kind: kinds |= mask_of(static_cast<update_kind>(atom.value)); break;
                case op::implied_kinds:
                    kinds |= mask_of(update_kind::message, update_kind::callback_query);
                    break;
                case op::content: contents.insert(static_cast<content_kind>(atom.value)); break;
                case op::entity:
                    any_command |= atom.value == static_cast<std::uint8_t>(entity_kind::bot_command);
                    contents.insert(content_kind::text);
                    break;
                case op::any_command:
                    any_command = true;
                    contents.insert(content_kind::text);
                    break;
                case op::text:
                    texts = true;
                    contents.insert(content_kind::text);
                    break;
                case op::command:
                    add_command(atom.word);
                    contents.insert(content_kind::text);
                    break;
                case op::caption:
                case op::caption_entity:
                case op::caption_text: captions = true; break;
                case op::service: services = true; break;
                case op::callback: data = true; break;
                case op::chat: chats = true; break;
                case op::flag:
                case op::property: add_trait(atom); break;
                default: break;
            }
    }

    /// The kinds, this one among them, that nothing here tells apart.
    [[nodiscard]] constexpr kind_mask alike(update_kind kind) const {
        constexpr kind_mask posts =
            mask_of(update_kind::channel_post, update_kind::edited_channel_post);
        constexpr kind_mask messages = mask_of(update_kind::message, update_kind::edited_message);
        const kind_mask own = mask_of(kind);
        const bool apart = (kinds & own) != 0 || kind == update_kind::callback_query;
        if (apart) return own;
        const kind_mask same = is_message_kind(kind) ? message_kinds : all_kinds & ~message_kinds;
        const kind_mask place = !chats                  ? all_kinds
                                : (posts & own) != 0    ? posts
                                : (messages & own) != 0 ? messages
                                : (chat_kinds & own) != 0
                                    ? chat_kinds & ~posts & ~messages
                                    : ~chat_kinds;
        kind_mask alike = same & place & ~kinds & ~mask_of(update_kind::callback_query);
        for (std::size_t i = 0; i != traits.size(); ++i)
            alike &= (traits[i] & own) != 0 ? traits[i] : ~traits[i];
        return alike;
    }

  private:
    constexpr void add_trait(const filter_node& atom) {
        const trait_facts& facts = facts_of(atom);
        data |= is_game(atom);
        traits.push(facts.kinds);
        for (content_set left = facts.contents; !left.empty(); left.erase(*left.first()))
            contents.insert(*left.first());
    }
    constexpr void add_command(std::string_view name) {
        for (std::size_t i = 0; i != commands.size(); ++i)
            if (same_command(commands[i], name)) return;
        commands.push(name);
    }
};

/// Calls `visit(world)` for every world of a kind that the programs behind the vocabulary can tell
/// apart, until it returns false; of messages, those with the contents `left`. Returns whether it
/// never did.
template <class Visit>
class world_walk {
  public:
    constexpr world_walk(const vocabulary& words, Visit& visit,
                         const content_bits& left = content_bits::all())
        : words_(words), visit_(visit), left_(left) {}

    constexpr bool run(update_kind kind) {
        world at{.kind = kind};
        if (kind == update_kind::callback_query) {
            if (!visit_(at)) return false;
            at.without_data = true;
            return !words_.data || visit_(at);
        }
        if (!is_message_kind(kind)) return visit_(at);
        // Those that bring another content with them come last: as examples they mislead.
        const content_bits spoken_of = words_.contents & left_;
        return with_contents(at, spoken_of & ~contents_with_others) &&
               with_contents(at, spoken_of & contents_with_others) && others(at);
    }

  private:
    constexpr bool with_contents(const world& at, content_bits contents) {
        while (!contents.empty())
            if (!with_content(at, contents.take())) return false;
        return true;
    }
    constexpr bool with_content(world at, content_kind content) {
        at.first = content;
        at.content = content_set{content};
        if (content == content_kind::animation) at.content.insert(content_kind::document);
        if (content == content_kind::venue) at.content.insert(content_kind::location);
        if (!visit_(at)) return false;
        if (words_.captions && may_have_caption(content)) {
            at.caption = true;
            return visit_(at);
        }
        return content != content_kind::text || commands(at);
    }

    /// Texts that are commands. Where nobody asks for any command, one that has none of the names
    /// is like any other text; and one that another bot is meant by differs only in its text.
    constexpr bool commands(world at) {
        if (words_.any_command) {
            at.command = world::command_class::unnamed;
            if (!visit_(at)) return false;
            at.command = world::command_class::foreign;
            if (words_.texts && !visit_(at)) return false;
        }
        at.command = world::command_class::named;
        for (std::size_t i = 0; i != words_.commands.size(); ++i) {
            at.command_name = words_.commands[i];
            if (!visit_(at)) return false;
        }
        return true;
    }

    /// Messages with contents that nobody speaks of: one of each sort, and one with a content that
    /// this version does not know.
    constexpr bool others(const world& at) {
        const content_bits unspoken = left_ & ~words_.contents & ~contents_with_others;
        content_bits media = unspoken & contents_with_captions;
        if (words_.captions && !media.empty() && !with_content(at, media.take())) return false;
        content_bits services = unspoken & contents_of_services;
        if (words_.services && !services.empty() && !with_content(at, services.take()))
            return false;
        return !left_.contains(content_bits::none) || visit_(at);
    }

    const vocabulary& words_;
    Visit& visit_;
    content_bits left_;
};

/// The same for some programs; `programs` is a range of spans of nodes.
template <class Programs, class Visit>
constexpr bool for_each_world(update_kind kind, const Programs& programs, Visit&& visit) {
    vocabulary words;
    for (const auto& program : programs) words.add(program);
    return world_walk<std::remove_reference_t<Visit>>(words, visit).run(kind);
}

/// The kinds of updates that a program may accept.
constexpr kind_mask kinds_accepted(array_view<filter_node> program) {
    kind_mask accepted = 0;
    const array_view<filter_node> programs[] = {program};
    for (std::size_t i = 0; i != update_kind_count; ++i) {
        const auto kind = static_cast<update_kind>(i);
        // A kind that is refused whatever its contents are needs no walk through the contents.
        const truth rough = ask(program, kind);
        if (rough == truth::no) continue;
        const bool none = rough == truth::maybe && for_each_world(kind, programs, [&](const world& at) {
                              return ask(program, at) == truth::no;
                          });
        if (!none) accepted |= mask_of(kind);
    }
    return accepted;
}

/// Those that a rule with this filter may take.
template <class Filter>
inline constexpr kind_mask kinds_taken = kinds_accepted(rule_program<Filter>);

}  // namespace banter::detail
