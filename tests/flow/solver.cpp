// The solver against brute force: random filters on generated updates, read and judged by what
// reads and judges them at run time; and patterns against Boost.Regex.
#include "pattern_runtime.hpp"

#include <banter/flow/incoming.hpp>
#include <banter/flow/solver.hpp>
#include <banter/testkit/example_update.hpp>

#include <doctest/doctest.h>

#define BOOST_REGEX_STANDALONE
#include <boost/regex.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;
using namespace banter::test;
using detail::example_update;
using detail::filter_node;
using detail::term;
using detail::truth;
using detail::world;
using testkit::detail::json_of;
using testkit::detail::own_bot;
using op = filter_node::op;
using command_class = world::command_class;
using filter_program = std::vector<filter_node>;

namespace {

class randomness {
  public:
    explicit randomness(unsigned seed) : random_(seed) {}
    std::size_t below(std::size_t limit) { return random_() % limit; }
    bool chance(std::size_t percent) { return below(100) < percent; }
    template <class List>
    const auto& one_of(const List& list) {
        return list[below(std::size(list))];
    }

  private:
    std::mt19937 random_;
};

/// A text of an automaton's language, found by chance; empty if chance does not find one.
std::string sample(const automaton_view& from, randomness& random, std::size_t most = 14) {
    static constexpr std::string_view bytes = "aabbcc11__  //@@--payxyzPAY\xC3\xA9\n.";
    for (int tries = 0; tries != 20; ++tries) {
        std::string text;
        std::size_t state = from.start;
        while (text.size() < most && state != 0) {
            if (from.accepts(state) && !text.empty() && random.chance(30)) return text;
            // A byte that does not lead astray, if one is found soon.
            for (int looks = 0; looks != 12; ++looks) {
                const char byte = random.chance(70) ? random.one_of(bytes)
                                                    : static_cast<char>(random.below(127));
                const std::size_t next = from.next(state, from.class_of(byte));
                if (next == 0 && looks != 11) continue;
                text += byte;
                state = next;
                break;
            }
        }
        if (!text.empty() && from.accepts(state)) return text;
    }
    return {};
}

bool is_utf8(std::string_view text) {
    return pattern<"(?s).+", match_kind::whole>::matches(text);
}

// ---- the vocabulary ----

constexpr std::string_view search_texts[] = {
    "a",     "^a",      "^/pay",      "^/",     "/pay$",   "\\bpay\\b", "b|c",   "^a+$",
    "[0-9]", "^\\w+$", "(?i)^/start", "^.{3}$", "(?s)^.{2}", "\\W",      "é",     "@",
    "^(?!/)", "^[a-c]{2,5}$", "^/pay@", "^/other", "^/pay\\s+\\d+$", "(?s)^.+$"};
constexpr std::string_view whole_texts[] = {
    "a",   "a|b",  "[ab]",      "[ab]+", "(?s).+",    "bank_[0-9]+", "bank_[0-9]{1,3}", "(?i)yes",
    "yes", "y.*s", "[^b]*", "\\d+",  "(?!bank).*", ".{64}",      ".{65}",           "(?s).{60,70}"};
constexpr update_kind kinds[] = {update_kind::message,      update_kind::edited_message,
                                 update_kind::channel_post, update_kind::business_message,
                                 update_kind::inline_query, update_kind::my_chat_member,
                                 update_kind::poll,         update_kind::callback_query};
constexpr content_kind contents[] = {
    content_kind::text,     content_kind::photo,     content_kind::dice,  content_kind::pinned_message,
    content_kind::document, content_kind::animation, content_kind::venue, content_kind::location,
    content_kind::document, content_kind::animation, content_kind::venue, content_kind::location,
    content_kind::new_chat_members, content_kind::successful_payment};
constexpr update_flag flags[] = {update_flag::has_media_spoiler, update_flag::is_reply,
                                 update_flag::from_premium_user, update_flag::in_forum,
                                 update_flag::premium_sticker};
struct property_text {
    update_property of;
    std::string_view text;
};
/// Patterns on properties, and texts that they have.
constexpr property_text property_patterns[] = {
    {update_property::user, "1 \\w*"},
    {update_property::user, "[12] \\w*|\\d+ anna"},
    {update_property::user, "(?s).+"},
    {update_property::language, "de.*"},
    {update_property::mime_type, "application/pdf"},
    {update_property::mime_type, "application/.*"},
    {update_property::mime_type, "image/.*"},
    {update_property::file_name, "(?is).*\\.pdf"},
    {update_property::dice, "D4"},
    {update_property::dice, "\\D+(?:4|5)"},
    {update_property::sticker_format, "animated"},
    {update_property::sticker_format, "static|video"},
    {update_property::inline_query, "a.*"},
    {update_property::inline_query, ""},
    {update_property::game, "g.*"},
    {update_property::member_change, "left member"},
    {update_property::member_change, "(?:left|kicked) .*"},
    {update_property::origin, "user 5 \\w*"},
    {update_property::origin, "\\w+ -?\\d+ \\w*"}};
constexpr property_text property_values[] = {
    {update_property::user, "1 anna"},   {update_property::user, "2 "},
    {update_property::user, "3 anna"},   {update_property::language, "de-AT"},
    {update_property::language, "en"},   {update_property::mime_type, "application/pdf"},
    {update_property::mime_type, "image/png"}, {update_property::mime_type, "application/zip"},
    {update_property::file_name, "x.PDF"},     {update_property::file_name, "pdf"},
    {update_property::dice, "D4"},             {update_property::dice, "E4"},
    {update_property::dice, "D1"},             {update_property::sticker_format, "animated"},
    {update_property::sticker_format, "video"}, {update_property::sticker_format, "static"},
    {update_property::inline_query, "abc"},    {update_property::inline_query, ""},
    {update_property::inline_query, "b"},      {update_property::game, "game"},
    {update_property::game, "chess"},          {update_property::member_change, "left member"},
    {update_property::member_change, "kicked left"},
    {update_property::member_change, "restricted_in restricted_out"},
    {update_property::origin, "user 5 x"},     {update_property::origin, "channel -5 news"},
    {update_property::origin, "hidden_user 0 "}};
constexpr entity_kind entities[] = {entity_kind::url, entity_kind::bot_command, entity_kind::bold};
constexpr std::string_view commands[] = {"pay", "start", "payday", "PAY"};
constexpr std::string_view leaves[] = {"first", "second", "third"};

/// All that each property can be.
const automaton_view& texts_of(update_property property) {
    static constexpr auto all = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array{
            &detail::property_texts<static_cast<update_property>(I)>::type::automaton...};
    }(std::make_index_sequence<update_property_count>());
    return *all[static_cast<std::size_t>(property)];
}

struct pattern_pool {
    std::vector<std::unique_ptr<runtime_pattern>> searched, whole, properties;
    pattern_pool() {
        for (const property_text& each : property_patterns)
            properties.push_back(std::make_unique<runtime_pattern>(each.text, match_kind::whole));
        for (const std::string_view text : search_texts)
            searched.push_back(std::make_unique<runtime_pattern>(text, match_kind::search));
        for (const std::string_view text : whole_texts)
            whole.push_back(std::make_unique<runtime_pattern>(text, match_kind::whole));
        for (const auto* list : {&searched, &whole, &properties})
            for (const auto& each : *list) REQUIRE(each->verdict.ok());
    }
};
const pattern_pool& pool() {
    static const pattern_pool made;
    return made;
}

/// Every atom that the generator uses, each once: an atom's `id` is its place here.
const std::vector<filter_node>& atoms() {
    static const std::vector<filter_node> made = [] {
        std::vector<filter_node> all;
        const auto add = [&](filter_node atom) {
            atom.id = static_cast<std::uint16_t>(all.size());
            all.push_back(atom);
        };
        const auto number = [](auto value) { return static_cast<std::uint8_t>(value); };
        add({.what = op::everything});
        add({.what = op::service});
        add({.what = op::caption});
        add({.what = op::any_command});
        add({.what = op::any_callback});
        for (const auto kind : kinds) add({.what = op::kind, .value = number(kind)});
        for (const auto kind : contents) add({.what = op::content, .value = number(kind)});
        for (const auto flag : flags) add({.what = op::flag, .value = number(flag), .asked = &detail::has_flag});
        for (std::size_t i = 0; i != std::size(property_patterns); ++i)
            add({.what = op::property,
                 .value = number(property_patterns[i].of),
                 .word = property_patterns[i].text,
                 .automaton = &pool().properties[i]->automaton,
                 .texts = &texts_of(property_patterns[i].of),
                 .asked = &detail::has_property});
        for (const auto kind : entities) add({.what = op::entity, .value = number(kind)});
        for (const auto kind : entities) add({.what = op::caption_entity, .value = number(kind)});
        for (std::uint8_t chat = 1; chat != chat_type_count; ++chat)
            add({.what = op::chat, .value = chat});
        for (const auto name : commands) add({.what = op::command, .word = name});
        for (std::uint8_t i = 0; i != std::size(leaves); ++i)
            add({.what = op::leaf, .value = i, .word = leaves[i]});
        for (std::size_t i = 0; i != std::size(search_texts); ++i)
            for (const op subject : {op::text, op::caption_text})
                add({.what = subject,
                     .word = search_texts[i],
                     .automaton = &pool().searched[i]->automaton});
        for (std::size_t i = 0; i != std::size(whole_texts); ++i)
            add({.what = op::callback,
                 .word = whole_texts[i],
                 .automaton = &pool().whole[i]->automaton});
        return all;
    }();
    return made;
}

/// What a filter may speak of. Filters of one subject have more to do with each other than filters
/// of everything.
using subjects = std::vector<op>;
const subjects themes[] = {
    {op::everything, op::kind, op::content, op::chat, op::service, op::entity, op::caption,
     op::caption_entity, op::caption_text, op::any_command, op::command, op::any_callback,
     op::callback, op::text, op::leaf, op::flag, op::property},
    {op::property, op::property, op::property, op::flag, op::content, op::kind},
    {op::property, op::property, op::text, op::any_callback, op::chat},
    {op::content, op::content, op::content, op::caption, op::service, op::caption_text, op::text},
    {op::callback, op::callback, op::any_callback, op::chat, op::leaf},
    {op::command, op::command, op::any_command, op::text, op::text, op::text, op::entity},
    {op::kind, op::chat, op::chat, op::any_callback, op::content},
};

void add_random(filter_program& to, randomness& random, const subjects& about, int depth) {
    if (depth == 0 || random.chance(15)) {
        const op what = random.one_of(about);
        std::vector<const filter_node*> fitting;
        for (const filter_node& atom : atoms())
            if (atom.what == what) fitting.push_back(&atom);
        to.push_back(*random.one_of(fitting));
        return;
    }
    add_random(to, random, about, depth - 1);
    if (random.chance(20)) {
        to.push_back({.what = op::negate});
        return;
    }
    add_random(to, random, about, depth - 1);
    static constexpr op operators[] = {op::both, op::both, op::either, op::either, op::differ};
    to.push_back({.what = random.one_of(operators)});
}

filter_program random_program(randomness& random, const subjects& about, std::size_t depth) {
    filter_program made;
    add_random(made, random, about, static_cast<int>(depth));
    return made;
}

std::string print(const filter_program& from) {
    std::string text;
    for (const filter_node& node : from) {
        text += std::to_string(static_cast<int>(node.what)) + "." + std::to_string(node.value);
        text += node.word.empty() ? " " : "'" + std::string(node.word) + "' ";
    }
    return text;
}

// ---- updates ----

std::string random_text(randomness& random) {
    static constexpr std::string_view texts[] = {
        "/pay",    "/pay 5",  "/PAY",       "/pay@this_bot x", "/pay@another_bot", "/start abc",
        "/payday", "/other",  "/other@another_bot 1", "/pay5", "/Start@THIS_bot", "/paydays",
        "a",       "aab",     "abc",        "pay",  "x pay y", "/", "a /pay", "\xC3\xA9", "1"};
    return random.chance(50) ? std::string(random.one_of(texts))
                             : sample(random.one_of(pool().searched)->automaton, random);
}

/// Flags and properties that such an update can have; those that it always has among them.
void add_traits(example_update& made, randomness& random) {
    const auto can = [&](const detail::trait_facts& facts) {
        return (facts.kinds & detail::mask_of(made.at.kind)) != 0 &&
               (facts.contents.empty() || made.at.content.intersects(facts.contents));
    };
    for (const update_flag flag : flags)
        if (can(detail::facts_of(flag)) && random.chance(30))
            made.flags |= 1U << static_cast<unsigned>(flag);
    for (std::size_t p = 0; p != update_property_count; ++p) {
        const auto of = static_cast<update_property>(p);
        const bool game = of == update_property::game;
        if (!can(detail::facts_of(of)) || (game && !made.at.without_data)) continue;
        const bool certain = (detail::facts_of(of).certain & detail::mask_of(made.at.kind)) != 0;
        if (!certain && random.chance(40)) continue;
        std::vector<std::string_view> fitting;
        for (const property_text& each : property_values)
            if (each.of == of) fitting.push_back(each.text);
        if (fitting.empty() || made.property_count == example_update::most_properties) continue;
        const std::string_view chosen = random.one_of(fitting);
        std::ranges::copy(chosen, made.properties + made.written);
        made.property[made.property_count++] = {of, true, made.written,
                                                static_cast<std::uint8_t>(chosen.size())};
        made.written = static_cast<std::uint8_t>(made.written + chosen.size());
    }
}

/// An update as Telegram might send it, put together at random.
std::string random_update(randomness& random) {
    example_update made;
    made.at.kind = random.chance(70) ? random.one_of(kinds)
                                     : static_cast<update_kind>(random.below(update_kind_count));
    const bool post = made.at.kind == update_kind::channel_post ||
                      made.at.kind == update_kind::edited_channel_post;
    const bool fresh = made.at.kind == update_kind::message ||
                       made.at.kind == update_kind::edited_message;
    made.chat = post ? chat_type::channel : static_cast<chat_type>(1 + random.below(fresh ? 3 : 4));
    const auto spell = [&](const std::string& text) {
        made.size = static_cast<std::uint8_t>(text.size());
        std::ranges::copy(text, made.characters);
    };
    for (const entity_kind entity : entities)
        if (random.chance(30)) made.entities |= mask_of(entity);
    if (made.at.kind == update_kind::callback_query) {
        if (random.chance(20)) made.chat = chat_type::none;
        made.at.without_data = random.chance(15);
        const std::string data = random.chance(20)
                                     ? std::string(1 + random.below(64), 'b')
                                     : sample(random.one_of(pool().whole)->automaton, random, 64);
        spell(data.size() <= 64 && is_utf8(data) ? data : "bank_7");
    } else if (is_message_kind(made.at.kind) && !random.chance(8)) {
        const content_kind content =
            random.chance(40)   ? content_kind::text
            : random.chance(60) ? random.one_of(contents)
                                : static_cast<content_kind>(random.below(content_kind_count));
        made.at.content = content;
        if (content == content_kind::animation) made.at.content.insert(content_kind::document);
        if (content == content_kind::venue) made.at.content.insert(content_kind::location);
        made.at.caption = may_have_caption(content) && random.chance(60);
        std::string text = random_text(random);
        if (text.empty() || !is_utf8(text)) text = "abc";
        if (content == content_kind::text || made.at.caption) spell(text);
        // Telegram finds commands itself; seldom a text that looks like one is none.
        if (content == content_kind::text && text.size() > 1 && text[0] == '/' &&
            detail::is_word(static_cast<std::uint8_t>(text[1])) && !random.chance(10)) {
            const bool addressed = text.find('@') != text.npos && random.chance(80);
            made.at.command = addressed ? command_class::foreign : command_class::named;
        }
    }
    add_traits(made, random);
    return json_of(made);
}

/// An update that was read, with values for the predicates.
struct read_update {
    explicit read_update(const std::string& json) {
        in.set_bot_username(own_bot);
        REQUIRE(in.read(json) == telegram::decode_fault::none);
    }
    [[nodiscard]] bool ask(const filter_node& atom, unsigned predicates) const {
        if (atom.what == op::leaf) return ((predicates >> atom.value) & 1U) != 0;
        const truth value = detail::ask_update(in, atom);
        REQUIRE(value != truth::maybe);
        return value == truth::yes;
    }
    [[nodiscard]] bool fits(const filter_program& filter, unsigned predicates) const {
        return detail::evaluate(filter, [&](const filter_node& atom) {
                   return detail::truth_of(ask(atom, predicates));
               }) == truth::yes;
    }
    incoming in;
};

/// Many updates at once, with each set of predicates: what fits an atom is a row of bits.
class crowd {
  public:
    crowd(std::size_t size, randomness& random) : rows_(atoms().size()) {
        for (std::size_t i = 0; i != size; ++i) {
            json.push_back(random_update(random));
            const read_update update(json.back());
            const auto predicates = static_cast<unsigned>(random.below(8));
            for (std::size_t a = 0; a != rows_.size(); ++a)
                rows_[a].push_back(update.ask(atoms()[a], predicates));
        }
    }
    [[nodiscard]] std::vector<bool> fitting(const filter_program& filter) const {
        std::vector<std::vector<bool>> stack;
        for (const filter_node& node : filter) {
            if (node.what < op::negate) {
                stack.push_back(rows_[node.id]);
                continue;
            }
            if (node.what == op::negate) {
                stack.back().flip();
                continue;
            }
            const std::vector<bool> right = std::move(stack.back());
            stack.pop_back();
            std::vector<bool>& left = stack.back();
            for (std::size_t i = 0; i != right.size(); ++i)
                left[i] = node.what == op::both     ? left[i] && right[i]
                          : node.what == op::either ? left[i] || right[i]
                                                    : left[i] != right[i];
        }
        return stack.front();
    }
    std::vector<std::string> json;

  private:
    std::vector<std::vector<bool>> rows_;
};

/// Whether Telegram sends such updates: what the solver has to know, said once more.
bool is_real(const telegram::envelope& head) {
    const bool post = head.kind == update_kind::channel_post ||
                      head.kind == update_kind::edited_channel_post;
    const bool fresh =
        head.kind == update_kind::message || head.kind == update_kind::edited_message;
    if (post && head.chat != chat_type::channel) return false;
    if (fresh && head.chat == chat_type::channel) return false;
    content_set content = head.content;
    if (content.contains(content_kind::animation)) {
        if (!content.contains(content_kind::document)) return false;
        content.erase(content_kind::document);
    }
    if (content.contains(content_kind::venue)) {
        if (!content.contains(content_kind::location)) return false;
        content.erase(content_kind::location);
    }
    if (content.size() > 1) return false;
    if (!head.caption.empty() && (content.empty() || !may_have_caption(*content.first())))
        return false;
    return head.data.size() <= 64;
}

/// Whether the example is real and fits what it has to fit, for some values of the predicates.
bool holds(const example_update& example, std::span<const term> terms) {
    const read_update update(json_of(example));
    if (!is_real(update.in.head())) return false;
    for (unsigned predicates = 0; predicates != 8; ++predicates) {
        bool all = true;
        for (const term& each : terms) {
            const filter_program filter(each.program.begin(), each.program.end());
            all = all && update.fits(filter, predicates) == each.fits;
        }
        if (all) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("An example makes the update it describes") {
    for (std::size_t k = 0; k != update_kind_count; ++k) {
        const auto kind = static_cast<update_kind>(k);
        const read_update plain(json_of({.at = {.kind = kind}}, 77));
        CHECK(plain.in.head().kind == kind);
        CHECK(plain.in.head().update_id == 77);
        CHECK(plain.in.head().content.empty());
        if (!is_message_kind(kind)) continue;
        for (std::size_t c = 0; c != content_kind_count; ++c) {
            const auto content = static_cast<content_kind>(c);
            const read_update full(json_of(
                {.at = {.kind = kind, .content = content, .caption = may_have_caption(content)}}));
            CHECK(full.in.head().content == content_set{content});
            CHECK(!full.in.head().caption.empty() == may_have_caption(content));
        }
    }
    example_update told{.at = {.kind = update_kind::message,
                               .content = content_kind::text,
                               .command = command_class::foreign},
                        .chat = chat_type::supergroup,
                        .entities = mask_of(entity_kind::url)};
    const read_update foreign(json_of(told));
    CHECK(foreign.in.own_command().empty());
    CHECK(foreign.in.head().command == "other@another_bot");
    CHECK(foreign.in.head().chat == chat_type::supergroup);
    CHECK((foreign.in.head().entities & told.entities) != 0);
}

TEST_CASE("Random filters: no update contradicts the solver, and its examples are true") {
    randomness random(20261120);
    const crowd everybody(6000, random);
    std::size_t asked = 0, yes = 0, undecided = 0;
    const auto check = [&](std::span<const term> terms) {
        ++asked;
        const detail::solution said = detail::solve(terms);
        if (said.found == decided::undecided) {
            ++undecided;
            return;
        }
        if (said.found == decided::yes) {
            ++yes;
            CAPTURE(json_of(said.example));
            CHECK(holds(said.example, terms));
            return;
        }
        std::vector<bool> all(everybody.json.size(), true);
        for (const term& each : terms) {
            const auto fitting = everybody.fitting({each.program.begin(), each.program.end()});
            for (std::size_t i = 0; i != all.size(); ++i)
                all[i] = all[i] && fitting[i] == each.fits;
        }
        const auto found = std::ranges::find(all, true);
        CAPTURE(found == all.end() ? "" : everybody.json[static_cast<std::size_t>(found - all.begin())]);
        CHECK(found == all.end());
    };
    for (int round = 0; round != 4000; ++round) {
        const subjects& about = random.one_of(themes);
        const filter_program a = random_program(random, about, random.below(6));
        // Half of the time one that has to do with the first: else few filters imply another.
        filter_program b = random_program(random, about, random.below(round % 2 == 0 ? 6 : 3));
        if (round % 2 != 0) {
            b.insert(b.begin(), a.begin(), a.end());
            b.push_back({.what = round % 4 == 1 ? op::either : op::both});
        }
        CAPTURE(print(a));
        CAPTURE(print(b));
        const term one[] = {{a}};
        const term there[] = {{a}, {b, false}};
        const term back[] = {{b}, {a, false}};
        const term none[] = {{a, false}, {b, false}};
        check(one);
        check(there);
        check(back);
        check(none);
    }
    MESSAGE(asked << " questions, " << yes << " with an example, " << undecided << " undecided");
    CHECK(undecided * 100 < asked);
    CHECK(yes * 4 > asked);
    CHECK((asked - yes) * 6 > asked);
}
