// A fresh bot in a fresh Telegram for each path of an exploration, and what its users do there.
// Private to impl/explorer.ipp.
#pragma once

#include <banter/testkit/explorer.hpp>
#include <banter/testkit/json_access.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace banter::testkit::detail {

/// One thing that a user does, so that it can be done again on another stage.
struct explore_step {
    enum class deed : std::uint8_t { text, message, press, update, wait, event };

    deed what = deed::text;
    update_kind kind = update_kind::message;
    std::string payload{};  // the text, the message's fields, the data, the update's payload
    std::string words{};
    std::string origin{};  // of an update: fields that the user and the chat have to have
    std::chrono::milliseconds delay{};
    std::size_t actor = 0;
    bool service = false;   // a service message
    void (*send)(void* dispatcher, const telegram::envelope& head) = nullptr;  // an event

    bool same_as(const explore_step& other) const {
        return what == other.what && kind == other.kind && payload == other.payload &&
               origin == other.origin &&
               delay == other.delay && send == other.send;
    }
};
using explore_path = std::vector<explore_step>;

/// The states of all flows as one user sees them: from 1, or 0.
using joint_place = std::vector<std::size_t>;

struct step_result {
    std::vector<banter::detail::rule_watch::event> events;
    std::vector<std::string> failures;
    bool pressed = false;
};

class explore_stage {
  public:
    explore_stage(const explored_bot& bot, const explore_options& options, chat_type chat)
        : bot_(bot), options_(options), chat_(chat) {
        options.reset();
        options.prepare(core_.telegram());
        dispatcher_ = bot.make(bot.services, core_, watch_);
        add_actors();
        core_.telegram().forget_calls();
    }
    ~explore_stage() {
        // Handlers that still wait refer to the dispatcher: they go first.
        core_.network().abandon();
        bot_.destroy(dispatcher_);
    }
    explore_stage(const explore_stage&) = delete;
    explore_stage& operator=(const explore_stage&) = delete;

    std::size_t actor_count() const { return actors_.size(); }
    chat_type chat_of(std::size_t actor) const { return actors_[actor].type; }
    std::string name_of_actor(std::size_t actor) const { return actors_[actor].name; }

    joint_place place(std::size_t number) {
        const telegram::envelope head = head_of(actors_[number].user);
        joint_place out = actors_[number].nested;
        for (std::size_t f = 0; f != out.size(); ++f)
            if (const auto state_in = bot_.flows[f].state_in; state_in != nullptr)
                out[f] = state_in(dispatcher_, head);
        return out;
    }

    /// Buttons that an actor sees: those of the last messages that have some, newest first, and of
    /// the reply keyboard.
    std::vector<explore_step> buttons(std::size_t number, bool newest_only) {
        constexpr std::size_t most_messages = 3;
        const acting& one = actors_[number];
        std::vector<explore_step> out;
        const auto add = [&](explore_step step) {
            step.actor = number;
            if (std::ranges::none_of(out, [&](const auto& known) { return known.same_as(step); }))
                out.push_back(std::move(step));
        };
        const auto add_inline = [&](const sent_message& message) {
            for (const auto& row : message.buttons())
                for (const button_view& button : row)
                    if (button.kind == "callback_data") add(press_of(button.value));
        };
        if (newest_only) {
            if (const auto last = one.user.telegram().last_with_buttons(one.user.where()))
                add_inline(*last);
        } else {
            const auto all = one.user.replies();
            std::size_t seen = 0;
            for (std::size_t i = all.size(); i != 0 && seen != most_messages; --i) {
                if (all[i - 1].buttons().empty()) continue;
                add_inline(all[i - 1]);
                ++seen;
            }
        }
        for (const auto& row : one.user.reply_keyboard())
            for (const button_view& button : row)
                if (button.kind == "text") add(text_step(button.label));
        return out;
    }

    static explore_step press_of(std::string data) {
        explore_step out;
        out.what = explore_step::deed::press;
        out.kind = update_kind::callback_query;
        out.words = "press \"" + data + '"';
        out.payload = std::move(data);
        return out;
    }
    static explore_step text_step(std::string text) {
        explore_step out;
        out.words = quoted(text);
        out.payload = std::move(text);
        return out;
    }
    /// A text as a reader can take it in.
    static std::string quoted(std::string_view text) {
        constexpr std::size_t most = 60;
        std::string out = "\"";
        std::size_t at = 0;
        for (; at != text.size() && (at < most || (text[at] & 0xC0) == 0x80); ++at)
            if (text[at] == '\n') out += "\\n";
            else out += text[at];
        out += '"';
        if (at != text.size()) out += "... (" + std::to_string(text.size()) + " bytes)";
        return out;
    }

    step_result perform(const explore_step& step) {
        acting& one = actors_[step.actor];
        watch_.forget();
        const std::size_t errors = core_.errors().size();
        const std::uint64_t failures = bot_.failures(dispatcher_);
        step_result out;
        try {
            act(one, step);
            core_.settle();
            wait_for_handlers();
        } catch (const std::exception& e) {
            out.failures.push_back(e.what());
        }
        out.events = watch_.seen();
        for (const auto& event : out.events) follow(one, event);
        for (std::size_t i = errors; i != core_.errors().size(); ++i)
            out.failures.push_back(without_number(core_.errors()[i]));
        if (out.failures.empty() && bot_.failures(dispatcher_) != failures)
            out.failures.push_back(ran_last() + " failed, and an error handler took it");
        if (handlers_wait())
            out.failures.push_back("a handler still waits after " +
                                   std::to_string(options_.patience.count()) + " ms");
        out.pressed = step.what == explore_step::deed::press;
        core_.telegram().forget_calls();
        return out;
    }

  private:
    struct acting {
        actor user;
        std::string name;
        chat_type type;
        boost::json::value from, chat;
        joint_place nested;  // of nested flows, as far as this user's updates led to
        std::int64_t own_message = 0;
        std::int64_t bot_message = 0;
    };

    /// A nested conversation moves, or is gone with what it is nested in.
    void follow(acting& one, const banter::detail::rule_watch::event& event) const {
        for (std::size_t f = 0; f != bot_.flows.size(); ++f) {
            const explored_flow& flow = bot_.flows[f];
            if (flow.mark != event.flow || event.to == banter::detail::rule_watch::to_nowhere ||
                event.to == banter::detail::rule_watch::to_stay)
                continue;
            forget_nested(one, *flow.about);
            if (flow.nested) one.nested[f] = event.to < 0 ? 0 : static_cast<std::size_t>(event.to) + 1;
        }
    }
    void forget_nested(acting& one, const banter::detail::flow_description& in) const {
        for (const auto& rule : in.rules) {
            if (!rule.mount) continue;
            for (std::size_t f = 0; f != bot_.flows.size(); ++f)
                if (bot_.flows[f].about == rule.child && bot_.flows[f].nested) one.nested[f] = 0;
            forget_nested(one, *rule.child);
        }
    }

    void add_actors() {
        static constexpr std::array<std::string_view, 6> names{"Anna", "Bob",  "Carol",
                                                               "Dave", "Erin", "Frank"};
        const bool private_chat = chat_ == chat_type::private_chat;
        std::int64_t group = 0;
        if (!private_chat) group = core_.telegram().add_group("Group", {.type = name_of(chat_)});
        const std::size_t count = private_chat ? 1 : std::max<std::size_t>(options_.group_users, 1);
        for (std::size_t i = 0; i != count; ++i) {
            const std::string_view name = names[i % names.size()];
            add_actor(core_.telegram().add_user(name), group, std::string(name), chat_);
        }
        for (const std::int64_t id : options_.others) {
            const std::string name = "user " + std::to_string(id);
            core_.telegram().add_user(name, {.id = id});
            add_actor(id, 0, name, chat_type::private_chat);
        }
    }

    /// A chat in which both have said something before. Nobody hears of it any more.
    void add_actor(std::int64_t id, std::int64_t group, std::string name, chat_type type) {
        acting one{actor(core_.telegram(), id, {group, 0}, {}), std::move(name), type, {}, {},
                   joint_place(bot_.flows.size())};
        one.own_message =
            core_.telegram().send(id, one.user.where(), content::text("an old message"));
        const auto before = core_.telegram().take_updates();
        const auto said = boost::json::parse(before.back().json).at("message").as_object();
        one.from = said.at("from");
        one.chat = said.at("chat");
        const auto sent = core_.telegram().call(
            "sendMessage", boost::json::serialize(boost::json::object{
                               {"chat_id", one.user.chat_id()}, {"text", "an old answer"}}));
        if (sent.status == 200)
            one.bot_message = boost::json::parse(sent.body).at("result").at("message_id").as_int64();
        actors_.push_back(std::move(one));
    }

    void act(acting& one, const explore_step& step) {
        world& telegram = core_.telegram();
        switch (step.what) {
            case explore_step::deed::text:
                one.own_message = telegram.send(one.user.id(), one.user.where(),
                                                content::text(step.payload));
                break;
            case explore_step::deed::message:
                one.own_message = telegram.send(one.user.id(), one.user.where(),
                                                content::fields(step.payload));
                break;
            case explore_step::deed::press:
                telegram.press_data(one.user.id(), one.user.where(), step.payload,
                                    message_with(one, step.payload));
                break;
            case explore_step::deed::update: push(one, step); break;
            case explore_step::deed::wait: core_.advance(step.delay); break;
            case explore_step::deed::event: step.send(dispatcher_, head_of(one.user)); break;
        }
    }

    /// The newest message with such a button, else the newest of the bot.
    std::int64_t message_with(const acting& one, std::string_view data) {
        const world& telegram = one.user.telegram();
        const auto has = [&](const sent_message& message) {
            for (const auto& row : message.buttons())
                for (const button_view& button : row)
                    if (button.kind == "callback_data" && button.value == data) return true;
            return false;
        };
        const auto newest = telegram.last_with_buttons(one.user.where());
        if (newest && has(*newest)) return newest->message_id();
        if (newest) {
            const auto all = one.user.replies();
            for (std::size_t i = all.size(); i != 0; --i)
                if (has(all[i - 1])) return all[i - 1].message_id();
        }
        const auto last = telegram.last_bot_message(one.user.where());
        return last ? last->message_id() : one.bot_message;
    }

    /// Sends an update of another kind, with ids that are of this stage.
    void push(const acting& one, const explore_step& step) {
        world& telegram = core_.telegram();
        boost::json::value payload = boost::json::parse(step.payload);
        boost::json::object& fields = payload.as_object();
        switch (step.kind) {
            case update_kind::inline_query:
                telegram.inline_query(one.user.id(), text_in(fields, "query"));
                return;
            case update_kind::pre_checkout_query:
                telegram.pre_checkout(one.user.id(), text_in(fields, "invoice_payload"), "XTR", 1);
                return;
            case update_kind::shipping_query:
                telegram.shipping_query(one.user.id(), text_in(fields, "invoice_payload"));
                return;
            default: break;
        }
        if (step.kind == update_kind::callback_query) {
            // A query that can be answered, in another shape.
            telegram.press_data(one.user.id(), one.user.where(), "data", message_with(one, {}));
            const auto made = telegram.take_updates();
            boost::json::object real =
                boost::json::parse(made.back().json).at("callback_query").as_object();
            real.erase("data");
            if (!fields.contains("message")) real.erase("message");
            for (const char* name : {"data", "game_short_name", "inline_message_id"})
                if (fields.contains(name)) real[name] = fields[name];
            fields = std::move(real);
        }
        for (const char* name : {"from", "user"})
            if (fields.contains(name)) fields[name] = one.from;
        if (fields.contains("chat") && step.kind != update_kind::channel_post &&
            step.kind != update_kind::edited_channel_post)
            fields["chat"] = one.chat;
        if (fields.contains("message_id")) fields["message_id"] = one.own_message;
        if (!step.origin.empty()) impersonate(fields, boost::json::parse(step.origin).as_object());
        telegram.push(boost::json::serialize(boost::json::object{{name_of(step.kind), payload}}));
    }

    static void impersonate(boost::json::object& fields, const boost::json::object& origin) {
        for (const auto& part : origin)
            for (const char* name : {"from", "user", "chat"})
                if (fields.contains(name) && (part.key() == "chat") == (std::string_view(name) == "chat"))
                    for (const auto& field : part.value().as_object())
                        fields[name].as_object()[field.key()] = field.value();
    }

    std::string ran_last() const {
        if (watch_.seen().empty()) return "something";
        const auto& last = watch_.seen().back();
        for (const explored_flow& flow : bot_.flows)
            if (flow.mark == last.flow)
                return "handler " + std::string(flow.about->name) +
                       "::" + std::string(flow.about->rules[last.rule].handler);
        return "something";
    }

    /// Those of updates, timeouts and events.
    bool handlers_wait() const {
        return core_.in_flight() != 0 || bot_.in_flight(dispatcher_) != 0;
    }
    /// Lets time pass until the handlers that wait have ended.
    void wait_for_handlers() {
        std::chrono::nanoseconds left = options_.patience;
        while (handlers_wait() && left.count() > 0) {
            const auto next = core_.network().until_next();
            const auto step = std::clamp(next, std::chrono::nanoseconds(1), left);
            core_.advance(step);
            left -= step;
        }
    }

    /// "update 700000012: handler x failed" without the number: the same in every run.
    static std::string without_number(std::string_view line) {
        constexpr std::string_view begin = "update ";
        if (!line.starts_with(begin)) return std::string(line);
        std::size_t at = begin.size();
        while (at != line.size() && line[at] >= '0' && line[at] <= '9') ++at;
        if (line.substr(at).starts_with(": ")) return std::string(line.substr(at + 2));
        return "the update" + std::string(line.substr(at));
    }

    const explored_bot& bot_;
    const explore_options& options_;
    chat_type chat_;
    banter::detail::rule_watch watch_;
    app_core core_;
    void* dispatcher_ = nullptr;
    std::vector<acting> actors_;
};

}  // namespace banter::testkit::detail
