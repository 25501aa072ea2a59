// Bodies of testkit/explorer.hpp: the search.
#pragma once

#include <banter/flow/filter_text.hpp>
#include <banter/testkit/explorer.hpp>

#include <banter/testkit/impl/explore_stage.ipp>
#include <banter/testkit/impl/explore_updates.ipp>

#include <deque>
#include <optional>
#include <set>

namespace banter::testkit::detail {

class explorer {
  public:
    explorer(const explored_bot& bot, const explore_options& options)
        : bot_(bot), options_(options), updates_(bot, options), random_(options.seed) {
        list_rules();
    }

    explore_report run() {
        const std::vector<chat_type> chats = chats_to_explore();
        for (const chat_type chat : chats) {
            chat_ = chat;
            nodes_.clear();
            explore_stage begin(bot_, options_, chat);
            add_node(begin.place(0), {});
            search();
            walk(options_.steps / chats.size());
        }
        return std::move(report_);
    }

  private:
    using rule_watch = banter::detail::rule_watch;
    using section = banter::detail::section;

    /// Joint states of the first user, and the shortest path that is known to lead there.
    struct node {
        joint_place place;
        explore_path path;
    };

    // ---- the report's lists ----

    void list_rules() {
        for (const explored_flow& flow : bot_.flows) {
            const auto& about = *flow.about;
            std::vector<std::size_t> handlers, edges;
            for (const auto& rule : about.rules) {
                const bool runs = rule.where != section::error && !rule.mount;
                handlers.push_back(runs ? report_.handlers.size() : nothing);
                edges.push_back(report_.edges.size());
                if (runs)
                    report_.handlers.push_back({about.name, rule.handler, rule_words(about, rule)});
                if (rule.where == section::error) continue;
                const auto add = [&](std::string_view to) {
                    report_.edges.push_back(
                        {about.name,
                         {rule.in_state ? about.states[rule.state] : std::string_view{}, to,
                          rule.handler, banter::detail::edge_kind_of(rule)}});
                };
                if (rule.mount) {
                    add(rule.child->name);
                    continue;
                }
                for (const std::uint16_t target : rule.targets) add(about.states[target]);
                if (rule.ends || !rule.results.empty()) add("end");
                if (rule.backs) add("back");
                if (rule.stays) add("stay");
            }
            handlers_.push_back(std::move(handlers));
            edges_.push_back(std::move(edges));
            states_.push_back(report_.states.size());
            for (const std::string_view state : about.states)
                report_.states.push_back({about.name, state, 0, {}});
        }
    }
    static std::string rule_words(const banter::detail::flow_description& about,
                                  const banter::detail::rule_description& rule) {
        std::string what = rule.where == section::timeout
                               ? "after " + std::to_string(rule.delay.count()) + " ms"
                           : rule.where == section::result ? "for " + std::string(rule.result)
                           : !rule.event.empty()           ? "event " + std::string(rule.event)
                                                           : banter::detail::filter_text(rule.filter);
        if (rule.in_state) return what + ", in " + std::string(about.states[rule.state]);
        switch (rule.where) {
            case section::entry: return what + (about.is_conversation ? ", as an entry point" : "");
            case section::fallback: return what + ", as a fallback";
            case section::global: return what + ", in any state";
            default: return what;
        }
    }

    std::vector<chat_type> chats_to_explore() const {
        if (!options_.chats.empty()) return options_.chats;
        std::vector<chat_type> out{chat_type::private_chat};
        const auto add = [&](chat_type chat) {
            if (std::ranges::find(out, chat) == out.end()) out.push_back(chat);
        };
        for (const explored_flow& flow : bot_.flows) {
            if (flow.shared) add(chat_type::supergroup);
            for (const auto program : flow.rules->programs)
                for (const auto& atom : program) {
                    if (atom.what != update_source::op::chat) continue;
                    const auto chat = static_cast<chat_type>(atom.value);
                    if (chat == chat_type::group || chat == chat_type::supergroup) add(chat);
                    if (chat == chat_type::private_chat) add(chat_type::supergroup);
                }
        }
        return out;
    }

    // ---- breadth first ----

    bool over() const { return report_.failures.size() >= options_.most_failures; }

    bool add_node(joint_place place, explore_path path) {
        for (const node& known : nodes_)
            if (known.place == place) return false;
        nodes_.push_back({std::move(place), std::move(path)});
        waiting_.push_back(nodes_.size() - 1);
        return true;
    }

    /// Tries everything in each state that waits for it.
    void search() {
        while (!waiting_.empty() && !over()) {
            const std::size_t next = waiting_.front();
            waiting_.pop_front();
            try_all(next);
        }
        waiting_.clear();
    }

    void try_all(std::size_t number) {
        const explore_path path = nodes_[number].path;
        std::vector<explore_step> steps;
        std::vector<node> doubtful;
        std::optional<explore_stage> stage;
        if (!go_to(number, stage)) return;
        for (std::size_t actor = 0; actor != stage->actor_count(); ++actor) {
            const auto shown = stage->buttons(actor, false);
            steps.insert(steps.end(), shown.begin(), shown.end());
            for (const auto& one : updates_.of(stage->place(actor), stage->chat_of(actor))) {
                steps.push_back(one.step);
                steps.back().actor = actor;
            }
        }
        for (const explore_step& step : steps) {
            if (over()) return;
            if (!stage && !go_to(number, stage)) return;
            explore_path whole = path;
            whole.push_back(step);
            const std::string where = words_of_place(stage->place(step.actor));
            const bool shown = is_shown(*stage, step);
            const step_result result = perform(*stage, step);
            note(*stage, result, whole, where, shown, true);
            // A way on which nothing failed is the better one to begin from.
            if (result.failures.empty())
                add_node(stage->place(0), std::move(whole));
            else
                doubtful.push_back({stage->place(0), std::move(whole)});
            stage.reset();
        }
        for (node& one : doubtful) add_node(std::move(one.place), std::move(one.path));
    }

    bool go_to(std::size_t number, std::optional<explore_stage>& stage) {
        const node& wanted = nodes_[number];
        replay(wanted.path, stage);
        if (stage->place(0) == wanted.place) return true;
        report_.unrepeatable = words_of(wanted.path, *stage);
        return false;
    }
    /// What the last step has led to.
    step_result replay(const explore_path& path, std::optional<explore_stage>& stage) {
        stage.emplace(bot_, options_, chat_);
        ++report_.paths;
        step_result last;
        for (const explore_step& step : path) last = perform(*stage, step);
        return last;
    }
    step_result perform(explore_stage& stage, const explore_step& step) {
        ++report_.updates;
        return stage.perform(step);
    }
    static bool is_shown(explore_stage& stage, const explore_step& step) {
        if (step.what != explore_step::deed::press) return false;
        for (const explore_step& button : stage.buttons(step.actor, false))
            if (button.same_as(step)) return true;
        return false;
    }

    // ---- at random ----

    void walk(std::size_t steps) {
        while (steps != 0 && !over()) {
            std::optional<explore_stage> stage(std::in_place, bot_, options_, chat_);
            ++report_.paths;
            explore_path path;
            for (std::size_t i = 0; i != options_.steps_at_once && steps != 0; ++i, --steps) {
                const explore_step step = some_step(*stage);
                path.push_back(step);
                const std::string where = words_of_place(stage->place(step.actor));
                const bool shown = is_shown(*stage, step);
                const step_result result = perform(*stage, step);
                const joint_place place = stage->place(0);
                // What follows begins anew: services have been set back meanwhile.
                if (note(*stage, result, path, where, shown, false)) break;
                if (is_known(place)) continue;
                path = shortened(path, [&](explore_stage& there, const step_result&) {
                    return there.place(0) == place;
                });
                add_node(place, path);
                note_states(place, words_of(path, *stage));
                stage.reset();
                search();
                break;
            }
        }
    }
    bool is_known(const joint_place& place) const {
        return std::ranges::any_of(nodes_, [&](const node& one) { return one.place == place; });
    }

    /// Mostly what some rule is for, each rule as often as another, and buttons that are shown.
    explore_step some_step(explore_stage& stage) {
        using reason = explore_candidate::reason;
        const std::size_t others = stage.actor_count() - 1;
        const std::size_t actor =
            others != 0 && random_.below(3) == 0 ? 1 + random_.below(others) : 0;
        std::size_t draw = random_.below(100);
        if (draw < 30) {
            const auto shown = stage.buttons(actor, true);
            if (!shown.empty()) return shown[random_.below(shown.size())];
            draw = 30 + random_.below(70);
        }
        const auto& all = updates_.of(stage.place(actor), stage.chat_of(actor));
        const reason why = draw < 75   ? reason::rule
                           : draw < 90 ? reason::text
                           : draw < 95 ? reason::content
                                       : reason::other;
        std::vector<std::size_t> rules;
        for (const explore_candidate& one : all)
            if (one.why == why && std::ranges::find(rules, one.rule) == rules.end())
                rules.push_back(one.rule);
        const std::size_t rule = rules.empty() ? 0 : rules[random_.below(rules.size())];
        std::vector<const explore_candidate*> fitting;
        for (const explore_candidate& one : all)
            if (rules.empty() || (one.why == why && one.rule == rule)) fitting.push_back(&one);
        explore_step step = fitting[random_.below(fitting.size())]->step;
        step.actor = actor;
        return step;
    }

    /// The path without the steps that `holds` does not need. The last one always stays.
    template <class Holds>
    explore_path shortened(explore_path path, Holds&& holds) {
        std::size_t tries = 300;
        std::optional<explore_stage> stage;
        for (std::size_t size = path.size() / 2; size != 0; size /= 2)
            for (std::size_t at = 0; at + size < path.size() && tries != 0;) {
                explore_path less = path;
                const auto first = less.begin() + static_cast<std::ptrdiff_t>(at);
                less.erase(first, first + static_cast<std::ptrdiff_t>(size));
                --tries;
                const step_result last = replay(less, stage);
                if (holds(*stage, last)) path = std::move(less);
                else at += size;
            }
        return path;
    }

    // ---- what was seen ----

    /// True if a failure was looked into: services have been set back.
    bool note(explore_stage& stage, const step_result& result, const explore_path& path,
              const std::string& where, bool shown, bool is_shortest) {
        const explore_step& step = path.back();
        for (const auto& event : result.events) note_event(event, stage, path);
        note_states(stage.place(0), words_of(path, stage));
        const bool update = step.what != explore_step::deed::wait &&
                            step.what != explore_step::deed::event &&
                            (step.kind == update_kind::message ||
                             step.kind == update_kind::callback_query);
        if (result.events.empty() && update && result.failures.empty())
            note_silence(stage, step, where);
        if (result.pressed && shown && result.events.empty() && result.failures.empty()) {
            const bool known = std::ranges::any_of(report_.dead_buttons, [&](const auto& one) {
                return one.where == where && one.button == step.words;
            });
            if (!known) report_.dead_buttons.push_back({where, step.words});
        }
        bool looked_into = false;
        for (const std::string& what : result.failures)
            looked_into |= note_failure(stage, what, path, is_shortest);
        return looked_into;
    }

    void note_event(const rule_watch::event& event, explore_stage& stage,
                    const explore_path& path) {
        for (std::size_t f = 0; f != bot_.flows.size(); ++f) {
            const explored_flow& flow = bot_.flows[f];
            if (flow.mark != event.flow) continue;
            const auto& rule = flow.about->rules[event.rule];
            if (rule.where == section::error) {
                if (event.to >= 0) reach_state(f, event.to, path, stage);
                return;
            }
            if (handlers_[f][event.rule] != nothing)
                ++report_.handlers[handlers_[f][event.rule]].runs;
            if (flow.nested && rule.where == section::entry) note_mounts(flow);
            if (event.to == rule_watch::to_nowhere || rule.mount) return;
            const std::string_view to = event.back                       ? "back"
                                        : event.to == rule_watch::to_stay ? "stay"
                                        : event.to == rule_watch::to_end ? "end"
                                                                         : flow.about->states[
                                                  static_cast<std::size_t>(event.to)];
            if (event.to >= 0) reach_state(f, event.to, path, stage);
            for (std::size_t e = edges_[f][event.rule]; e != edges_[f][event.rule] +
                                                                rule.targets_in_all(); ++e)
                if (report_.edges[e].edge.to == to) ++report_.edges[e].taken;
            return;
        }
    }
    void reach_state(std::size_t flow, std::int32_t state, const explore_path& path,
                     explore_stage& stage) {
        reach(states_[flow] + static_cast<std::size_t>(state), words_of(path, stage));
    }
    /// A nested conversation has begun, wherever it is mounted.
    void note_mounts(const explored_flow& child) {
        for (std::size_t f = 0; f != bot_.flows.size(); ++f)
            for (std::size_t r = 0; r != bot_.flows[f].about->rules.size(); ++r)
                if (const auto& rule = bot_.flows[f].about->rules[r];
                    rule.mount && rule.child == child.about)
                    ++report_.edges[edges_[f][r]].taken;
    }
    void reach(std::size_t state, const explored_path& path) {
        explored_state& here = report_.states[state];
        if (here.reached++ == 0 || path.size() < here.path.size()) here.path = path;
    }
    /// States that no rule led to, as far as could be seen.
    void note_states(const joint_place& place, const explored_path& path) {
        for (std::size_t f = 0; f != bot_.flows.size(); ++f) {
            const std::size_t state = place[f];
            if (state == 0) continue;
            explored_state& here = report_.states[states_[f] + state - 1];
            if (here.reached == 0 || path.size() < here.path.size())
                reach(states_[f] + state - 1, path);
        }
    }

    void note_silence(explore_stage& stage, const explore_step& step, const std::string& where) {
        const bool wrong = options_.everything_answered || is_total(stage.place(step.actor));
        // What people send comes first as an example.
        const int rank = (wrong ? 0 : 10) + (step.what == explore_step::deed::text      ? 0
                                             : step.service                             ? 3
                                             : step.what == explore_step::deed::message ? 1
                                                                                        : 2);
        const auto known = std::ranges::find(report_.swallowed, where, &explored_silence::where);
        if (known == report_.swallowed.end()) {
            report_.swallowed.push_back({where, step.words, wrong});
            silence_ranks_.push_back(rank);
            return;
        }
        int& best = silence_ranks_[static_cast<std::size_t>(known - report_.swallowed.begin())];
        if (rank >= best) return;
        best = rank;
        *known = {where, step.words, wrong};
    }
    bool is_total(const joint_place& place) const {
        for (std::size_t f = 0; f != bot_.flows.size(); ++f)
            if (place[f] != 0 && bot_.flows[f].total[place[f] - 1]) return true;
        return false;
    }

    bool note_failure(explore_stage& stage, const std::string& what, const explore_path& path,
                      bool is_shortest) {
        if (!failures_.insert(without_digits(what)).second || over()) return false;
        const std::string wanted = without_digits(what);
        const explore_path found =
            is_shortest ? path
                        : shortened(path, [&](explore_stage&, const step_result& last) {
                              return std::ranges::any_of(last.failures, [&](const auto& one) {
                                  return without_digits(one) == wanted;
                              });
                          });
        report_.failures.push_back({what, words_of(found, stage)});
        return true;
    }
    /// The same failure with other numbers is the same failure.
    static std::string without_digits(std::string_view text) {
        std::string out;
        for (const char c : text)
            if (c < '0' || c > '9') out += c;
        return out;
    }

    explored_path words_of(const explore_path& path, const explore_stage& stage) const {
        explored_path out;
        for (const explore_step& step : path)
            out.push_back(step.actor == 0 ? step.words
                                          : stage.name_of_actor(step.actor) + ": " + step.words);
        return out;
    }
    std::string words_of_place(const joint_place& place) const {
        std::string out;
        for (std::size_t f = 0; f != bot_.flows.size(); ++f) {
            if (place[f] == 0) continue;
            const auto& about = *bot_.flows[f].about;
            out.append(out.empty() ? "in " : " and ").append(about.name).append("::");
            out.append(about.states[place[f] - 1]);
        }
        return out.empty() ? "outside" : out;
    }

    static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

    const explored_bot& bot_;
    const explore_options& options_;
    update_source updates_;
    explore_random random_;
    chat_type chat_ = chat_type::private_chat;
    std::vector<node> nodes_;
    std::deque<std::size_t> waiting_;
    explore_report report_;
    // Of each flow: the places of its rules' handlers and first edges, and of its first state.
    std::vector<std::vector<std::size_t>> handlers_, edges_;
    std::vector<std::size_t> states_;
    std::set<std::string> failures_;
    std::vector<int> silence_ranks_;
};

BANTER_DECL explore_report explore(const explored_bot& bot, const explore_options& options) {
    return explorer(bot, options).run();
}

}  // namespace banter::testkit::detail
