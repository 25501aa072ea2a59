// The updates that an exploration tries in a state. Private to impl/explorer.ipp.
#pragma once

#include <banter/testkit/entities.hpp>
#include <banter/testkit/example_update.hpp>
#include <banter/testkit/impl/explore_stage.ipp>

#include <map>
#include <random>

namespace banter::testkit::detail {

/// What a mersenne twister gives is the same everywhere; what distributions make of it is not.
class explore_random {
  public:
    explicit explore_random(std::uint64_t seed) : numbers_(seed) {}
    std::size_t below(std::size_t limit) {
        return static_cast<std::size_t>(numbers_() % (limit == 0 ? 1 : limit));
    }

  private:
    std::mt19937_64 numbers_;
};

/// Draws texts from an automaton's language.
class automaton_sampler {
  public:
    explicit automaton_sampler(const automaton_view& from)
        : from_(from), bytes_(from.class_count), far_(from.state_count, unreachable) {
        for (int byte = 0x20; byte != 0x7F; ++byte) add_byte(byte);
        for (int byte = 0; byte != 256; ++byte)
            if (bytes_[from_.classes[byte]].empty()) add_byte(byte);
        find_distances();
    }

    /// A text of at least `length` bytes, if the language has one on the way taken; else shorter.
    std::string draw(std::size_t length, explore_random& random) const {
        std::string out;
        std::size_t state = from_.start;
        if (far_[state] == unreachable) return out;
        while (out.size() < most_length) {
            const bool homewards = out.size() >= length;
            if (homewards && from_.accepts(state)) return out;
            std::vector<std::size_t> ways;
            for (std::size_t c = 0; c != from_.class_count; ++c) {
                const std::size_t next = from_.next(state, c);
                if (far_[next] == unreachable || bytes_[c].empty()) continue;
                if (!homewards || far_[next] < far_[state]) ways.push_back(c);
            }
            if (ways.empty()) return from_.accepts(state) ? out : std::string();
            const std::size_t way = ways[random.below(ways.size())];
            out += bytes_[way][random.below(bytes_[way].size())];
            state = from_.next(state, way);
        }
        return {};
    }

  private:
    static constexpr std::size_t unreachable = static_cast<std::size_t>(-1);
    static constexpr std::size_t most_length = 200;

    void add_byte(int byte) { bytes_[from_.classes[byte]] += static_cast<char>(byte); }

    /// From each state to the next one that accepts.
    void find_distances() {
        for (std::size_t s = 0; s != from_.state_count; ++s)
            if (from_.accepts(s)) far_[s] = 0;
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t s = 0; s != from_.state_count; ++s)
                for (std::size_t c = 0; c != from_.class_count; ++c) {
                    const std::size_t next = far_[from_.next(s, c)];
                    if (next == unreachable || next + 1 >= far_[s]) continue;
                    far_[s] = next + 1;
                    changed = true;
                }
        }
    }

    const automaton_view& from_;
    std::vector<std::string> bytes_;  // of each class, those that can be typed if there are any
    std::vector<std::size_t> far_;
};

/// An update to try.
struct explore_candidate {
    enum class reason : std::uint8_t { rule, text, content, other };
    explore_step step;
    reason why = reason::other;
    std::size_t rule = 0;  // whose filter it was made for: the same number, the same rule
};

class update_source {
  public:
    using op = banter::detail::filter_node::op;
    using program = std::span<const banter::detail::filter_node>;

    update_source(const explored_bot& bot, const explore_options& options)
        : bot_(bot), options_(options) {
        for (const explored_flow& flow : bot.flows)
            for (const program one : flow.rules->programs)
                for (const auto& node : one) speaks_of_chats_ |= node.what == op::chat;
    }

    bool speaks_of_chats() const { return speaks_of_chats_; }

    /// The updates for someone who sees these states, in this sort of chat.
    const std::vector<explore_candidate>& of(const joint_place& place, chat_type chat) {
        auto& known = known_[{place, chat}];
        if (!known.empty()) return known;
        out_ = &known;
        chat_ = chat;
        add_rules(place);
        add_texts();
        add_contents();
        add_unanswered(place);
        add_stale_data();
        add_waits(place);
        add_events();
        return known;
    }

  private:
    using reason = explore_candidate::reason;
    using deed = explore_step::deed;
    using rule_list = banter::detail::rule_list;
    using term = banter::detail::term;
    static constexpr std::size_t outside = banter::detail::outside;
    static constexpr std::size_t work = 5'000'000;  // no compiler bounds it here

    void add(explore_step step, reason why, std::size_t rule = 0) {
        for (const explore_candidate& known : *out_)
            if (known.step.same_as(step)) return;
        out_->push_back({std::move(step), why, rule});
    }
    void add_text(std::string text, reason why, std::size_t rule = 0) {
        if (!text.empty()) add(explore_stage::text_step(std::move(text)), why, rule);
    }

    // ---- for rules ----

    static std::size_t state_of(std::size_t place) { return place == 0 ? outside : place - 1; }

    void add_rules(const joint_place& place) {
        banter::detail::growing<term> left;  // what no rule has taken so far
        for (std::size_t f = 0; f != bot_.flows.size(); ++f) {
            banter::detail::growing<term> inside;
            add_rules_in(f, state_of(place[f]), bot_.flows[f].nested ? inside : left);
        }
    }

    void add_rules_in(std::size_t f, std::size_t state, banter::detail::growing<term>& left) {
        const rule_list& rules = *bot_.flows[f].rules;
        banter::detail::for_each_tried(rules, state, [&](std::size_t rule) {
            const std::size_t number = f * 65536 + rule;
            const program filter = rules.programs[rule];
            const std::size_t before = left.size();
            left.push({filter});
            for (std::size_t k = 0; k != update_kind_count; ++k) {
                const auto kind = static_cast<update_kind>(k);
                if ((rules.facts[rule].kinds & mask_of(kind)) != 0) add_example(left, kind, number);
            }
            add_samples(filter, number);
            left.shrink(before);
            if (!rules.facts[rule].mount) left.push({filter, false});
            return true;
        });
    }

    static constexpr banter::detail::kind_mask mask_of(update_kind kind) {
        return banter::detail::mask_of(kind);
    }

    void add_example(banter::detail::growing<term>& terms, update_kind kind, std::size_t rule,
                     reason why = reason::rule) {
        const banter::detail::filter_node here{.what = op::chat,
                                               .value = static_cast<std::uint8_t>(chat_)};
        const bool in_chat =
            speaks_of_chats_ && (banter::detail::chat_kinds & mask_of(kind)) != 0 &&
            kind != update_kind::channel_post && kind != update_kind::edited_channel_post;
        const std::size_t before = terms.size();
        if (in_chat) terms.push({program(&here, 1)});
        const auto found =
            banter::detail::solve({terms.data(), terms.size()}, mask_of(kind), work);
        terms.shrink(before);
        if (found.found == decided::yes) add(step_of(found.example, kind), why, rule);
    }

    static explore_step step_of(const banter::detail::example_update& example, update_kind kind) {
        const bool data = kind == update_kind::callback_query && !example.at.without_data;
        if (data && (example.chat != chat_type::none || example.size != 0))
            return explore_stage::press_of(
                std::string(example.size != 0 ? example.text() : "some data"));
        explore_step out;
        out.kind = kind;
        std::string text = text_of(example);
        if (kind == update_kind::message && !text.empty() && sends_itself(example, text))
            return explore_stage::text_step(std::move(text));
        const boost::json::object origin = origin_of(example);
        if (!origin.empty()) out.origin = boost::json::serialize(origin);
        if (kind == update_kind::message && origin.empty()) {
            out.what = deed::message;
            out.payload = boost::json::serialize(content_of(example));
            out.service = example.at.content.intersects(service_contents);
        } else {
            auto whole = example;
            whole.at.kind = kind;
            out.what = deed::update;
            out.payload = boost::json::serialize(payload_of(whole));
        }
        out.words = words_of(example, text);
        if (kind != update_kind::message)
            out.words = std::string(name_of(kind)) + (out.words.empty() ? "" : ": " + out.words);
        return out;
    }
    /// Whether a client's plain text gets the entities that the example has.
    static bool sends_itself(const banter::detail::example_update& example, std::string_view text) {
        constexpr entity_mask command = banter::mask_of(entity_kind::bot_command);
        if (example.flags != 0 || example.property_count != 0) return false;
        const bool is_command =
            example.at.command != banter::detail::world::command_class::none;
        if ((example.entities & ~(is_command ? command : 0)) != 0) return false;
        const auto found = find_entities(text);
        const bool sent_as_command =
            !found.empty() && found[0].type == "bot_command" && found[0].offset == 0;
        return sent_as_command == is_command;
    }
    static std::string words_of(const banter::detail::example_update& example,
                                const std::string& text) {
        std::string out;
        if (!is_message_kind(example.at.kind)) {
            if (example.size != 0) out = explore_stage::quoted(example.text());
        } else if (!text.empty()) {
            out = explore_stage::quoted(text);
        } else if (example.at.content.empty()) {
            out = "a message without any known content";
        } else {
            out = spaced(name_of(example.at.first));
        }
        if (example.at.caption)
            out += " with the caption " + explore_stage::quoted(
                                              example.size != 0 ? example.text() : "a caption");
        for (std::size_t i = 0; i != entity_kind_count; ++i)
            if (const auto kind = static_cast<entity_kind>(i);
                (example.entities & banter::mask_of(kind)) != 0)
                out += " with " + spaced(name_of(kind));
        return out;
    }
    static std::string spaced(std::string_view name) {
        std::string out(name);
        std::ranges::replace(out, '_', ' ');
        return out;
    }

    /// Texts and data drawn from the patterns of a rule, and its commands with something behind.
    void add_samples(program filter, std::size_t rule) {
        for (const auto& node : filter) {
            if (node.what == op::command) {
                const std::string command = "/" + std::string(node.word);
                add_text(command + " 7", reason::rule, rule);
                add_text(command + " some words", reason::rule, rule);
            }
            if (node.automaton == nullptr) continue;
            for (const std::string& text : drawn(*node.automaton)) {
                if (node.what == op::text) add_text(text, reason::rule, rule);
                if (node.what == op::callback && text.size() <= callback_data_limit)
                    add(explore_stage::press_of(text), reason::rule, rule);
                if (node.what == op::caption_text)
                    add(step_of(photo_with(text), update_kind::message), reason::rule, rule);
            }
        }
    }
    static banter::detail::example_update photo_with(std::string_view caption) {
        banter::detail::example_update out;
        out.at = {.kind = update_kind::message, .first = content_kind::photo, .caption = true};
        out.at.content = content_set{content_kind::photo};
        out.size = static_cast<std::uint8_t>(
            std::min(caption.size(), banter::detail::example_update::most_text));
        std::copy_n(caption.begin(), out.size, out.characters);
        return out;
    }
    /// The same of one automaton every time.
    const std::vector<std::string>& drawn(const automaton_view& from) {
        auto& texts = drawn_[&from];
        if (!texts.empty()) return texts;
        explore_random random(options_.seed);
        const automaton_sampler sampler(from);
        for (const std::size_t length : {1U, 3U, 8U, 14U, 30U})
            if (std::string text = sampler.draw(length, random); is_text(text)) texts.push_back(text);
        return texts;
    }
    static bool is_text(std::string_view text) {
        return pattern<"(?s).+", match_kind::whole>::matches(text);
    }

    // ---- for all states ----

    void add_texts() {
        static constexpr std::string_view texts[] = {
            "1", "100", "0", "-5", "99999999999999999999999999", "3.14", "1,5", "yes", "no",
            "hello world", "anna@example.com", "https://example.com/?a=b&c=d",
            "2026-02-30", ".", "\xE2\xA0\x80",
            "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xF0\x9F\x91\x8D",
            "one\ntwo\nthree", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "<b>&\"'</i>", "*_[`]({%s}\\",
            "/unknown_command", "/start"};
        for (const std::string& text : options_.texts) add_text(text, reason::text);
        for (const std::string_view text : texts) add_text(std::string(text), reason::text);
        add_text(std::string(4096, 'x'), reason::text);
        add_text("/unknown_command " + std::string(4079, 'x'), reason::text);
    }

    void add_contents() {
        for (const bool services : {false, true})
            for (std::size_t i = 0; i != content_kind_count; ++i) {
                const auto content = static_cast<content_kind>(i);
                if (content == content_kind::text ||
                    is_service(content) != services)
                    continue;
                banter::detail::example_update example;
                example.at = {.kind = update_kind::message, .first = content};
                example.at.content = content_set{content};
                if (content == content_kind::animation)
                    example.at.content.insert(content_kind::document);
                if (content == content_kind::venue)
                    example.at.content.insert(content_kind::location);
                add(step_of(example, update_kind::message), reason::content);
                if (!may_have_caption(content)) continue;
                example.at.caption = true;
                add(step_of(example, update_kind::message), reason::content);
            }
    }

    /// A message and a pressed button that no rule takes.
    void add_unanswered(const joint_place& place) {
        banter::detail::growing<term> left;
        for (std::size_t f = 0; f != bot_.flows.size(); ++f) {
            const rule_list& rules = *bot_.flows[f].rules;
            if (!bot_.flows[f].nested || place[f] != 0)
                banter::detail::for_each_tried(rules, state_of(place[f]), [&](std::size_t rule) {
                    left.push({rules.programs[rule], false});
                    return true;
                });
        }
        for (const update_kind kind : {update_kind::message, update_kind::callback_query})
            add_example(left, kind, 0, reason::other);
    }

    /// What buttons of other states say, and what almost looks like it.
    void add_stale_data() {
        add(explore_stage::press_of("some data"), reason::other);
        for (const explored_flow& flow : bot_.flows)
            for (const program one : flow.rules->programs)
                for (const auto& node : one) {
                    if (node.what != op::callback) continue;
                    for (const std::string& text : drawn(*node.automaton)) {
                        if (text.size() >= callback_data_limit) continue;
                        add(explore_stage::press_of(text), reason::other);
                        add(explore_stage::press_of(text + "0"), reason::other);
                        break;
                    }
                }
    }

    /// Time past the timeouts of a state.
    void add_waits(const joint_place& place) {
        for (std::size_t f = 0; f != bot_.flows.size(); ++f) {
            const std::size_t state = state_of(place[f]);
            const auto& rules = bot_.flows[f].about->rules;
            for (std::size_t r = 0; r != rules.size(); ++r) {
                const auto& rule = rules[r];
                const bool here = rule.in_state ? rule.state == state : state != outside;
                if (rule.where != banter::detail::section::timeout || !here) continue;
                explore_step step;
                step.what = deed::wait;
                step.delay = rule.delay + std::chrono::milliseconds(1);
                step.words = std::to_string(step.delay.count()) + " ms pass";
                add(std::move(step), reason::rule, f * 65536 + r);
            }
        }
    }

    /// What conversations can be told of, in every state: where it is for nobody too.
    void add_events() {
        for (std::size_t f = 0; f != bot_.flows.size(); ++f)
            for (std::size_t e = 0; e != bot_.flows[f].events.size(); ++e) {
                const explored_event& event = bot_.flows[f].events[e];
                explore_step step;
                step.what = deed::event;
                step.send = event.send;
                step.words = "event " + std::string(event.name);
                add(std::move(step), reason::rule, f * 65536 + 32768 + e);
            }
    }

    const explored_bot& bot_;
    const explore_options& options_;
    bool speaks_of_chats_ = false;
    std::map<std::pair<joint_place, chat_type>, std::vector<explore_candidate>> known_;
    std::map<const automaton_view*, std::vector<std::string>> drawn_;
    std::vector<explore_candidate>* out_ = nullptr;
    chat_type chat_ = chat_type::private_chat;
};

}  // namespace banter::testkit::detail
