// Bodies of testkit/console.hpp.
#pragma once

#include <banter/net/terminal.hpp>
#include <banter/testkit/console.hpp>

#include <banter/testkit/impl/console_draw.ipp>

#include <poll.h>
#include <unistd.h>

#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

namespace banter::testkit {

namespace detail {

inline constexpr std::string_view console_help =
    "hello         any line is a message to the bot\n"
    "#2 or Back    presses button 2, or the button with this label\n"
    "/photo FILE   attaches a file; so do /document /video /audio /voice /sticker\n"
    "/location     sends a place; /contact and /dice send the like\n"
    "/edit TEXT    edits your last message\n"
    "/wait 30min   lets time pass\n"
    "\\TEXT         sends TEXT as it is, whatever it begins with\n"
    "?             shows this again; Ctrl-D ends";

/// "31min", "90", "2h", "500ms"; nothing if it is none.
BANTER_COLD_DECL std::optional<std::chrono::milliseconds> read_duration(std::string_view text) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || n < 0 || n > 100'000'000) return std::nullopt;
    auto unit = text.substr(static_cast<std::size_t>(end - text.data()));
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    if (unit.empty() || unit == "s" || unit == "sec") return std::chrono::seconds(n);
    if (unit == "ms") return std::chrono::milliseconds(n);
    if (unit == "m" || unit == "min") return std::chrono::minutes(n);
    if (unit == "h") return std::chrono::hours(n);
    if (unit == "d") return std::chrono::hours(24 * n);
    return std::nullopt;
}

inline std::string_view first_word(std::string_view& rest) {
    const auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    return word;
}

}  // namespace detail

struct console::impl {
    BANTER_COLD_DECL impl(std::istream& i, std::ostream& o, const console_options& options, bool person)
        : in(i), out(o), interactive(person),
          telegram({.bot_username = "my_bot", .bot_first_name = "Your bot", .any_chat = true}),
          network(telegram), user(telegram.add_user(options.user_name)), where{user, 0},
          draw(o) {
        for (const auto name : options.bot_commands) add_command(name);
    }

    BANTER_COLD_DECL void add_command(std::string_view name) {
        if (is_bots(name)) return;
        auto at = commands.begin();
        while (at != commands.end() && *at < name) ++at;
        commands.emplace(at, name);
    }

    std::istream& in;
    std::ostream& out;
    const bool interactive;
    world telegram;
    memory_gateway network;
    std::int64_t user;
    place where;
    detail::page draw;
    std::vector<std::string> commands;  // sorted
    net::update_sink sink;
    std::vector<std::int64_t> in_work;  // updates
    std::vector<queued_update> waiting;  // refused as busy, offered again
    std::size_t drawn = 0;               // calls
    bool file_missing = false;

    // The bot's side.

    BANTER_COLD_DECL static void finished(void* self, std::int64_t update_id) {
        std::erase(static_cast<impl*>(self)->in_work, update_id);
    }

    BANTER_COLD_DECL void offer_updates() {
        for (auto& u : telegram.take_updates()) waiting.push_back(std::move(u));
        std::vector<queued_update> refused;
        for (auto& u : waiting) {
            std::int64_t id = u.update_id;
            in_work.push_back(u.update_id);
            const auto result = sink.offer(sink.object, u.json, id);
            if (result != net::offer_result::pending) std::erase(in_work, u.update_id);
            if (result == net::offer_result::busy) refused.push_back(std::move(u));
        }
        waiting = std::move(refused);
    }

    /// Lets the bot work until it has nothing left to do now.
    BANTER_COLD_DECL void settle() {
        for (;;) {
            offer_updates();
            network.settle();
            draw_calls();
            if (telegram.unconfirmed_updates() != 0) continue;
            if (in_work.empty() && waiting.empty()) return;
            if (!wait_for_handlers()) return;
        }
    }

    /// A handler waits: for the bot's clock, or for something of its own. Timeouts of conversations
    /// wait on the same clock, but longer. False: nothing more happens now.
    BANTER_COLD_DECL bool wait_for_handlers() {
        using namespace std::chrono_literals;
        const auto next = network.until_next();
        if (next > 10s) {
            if (runs_within(2s)) return true;
            if (interactive) return false;
        }
        if (next == std::chrono::nanoseconds::max()) {
            const bool ran = runs_within(30s);
            if (!ran) draw.note("a handler is still waiting");
            return ran;
        }
        out.flush();
        if (interactive) std::this_thread::sleep_for(next);
        network.advance(next);
        return true;
    }

    /// Whether something runs in so much real time.
    BANTER_COLD_DECL bool runs_within(std::chrono::milliseconds most) {
        for (; most.count() > 0; --most) {
            if (network.settle() > 0) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return false;
    }

    // Drawing.

    BANTER_COLD_DECL void draw_calls() {
        while (drawn < telegram.call_count()) draw_call(telegram.call_at(drawn++));
        out.flush();
    }

    BANTER_COLD_DECL void draw_call(const call_record& c) {
        if (!c.ok()) {
            draw.note(c.method + " failed: " + std::to_string(c.status) + " " + c.description);
            return;
        }
        if (c.method == "setMyCommands") return note_commands(boost::json::parse(c.params).as_object());
        if (c.method == "sendInvoice") invoice_payload = c.text("payload");
        const auto result = boost::json::parse(c.result);
        if (c.method == "answerCallbackQuery") return draw_answer(c);
        if (c.method == "answerPreCheckoutQuery") return draw_checkout(c);
        if (c.method == "sendChatAction") return draw.note("the bot is " + action_of(c));
        if (c.method == "deleteMessage" || c.method == "deleteMessages")
            return draw.note("the bot deletes a message");
        if (const auto* list = result.if_array()) {
            for (const auto& m : *list)
                if (m.is_object() && m.get_object().contains("chat")) draw_result(m.get_object(), c);
        } else if (const auto* m = result.if_object(); m != nullptr && m->contains("chat")) {
            draw_result(*m, c);
        } else if (m != nullptr && m->contains("message_id")) {
            draw_copy(detail::number_in(*m, "message_id"), c);
        }
    }

    BANTER_COLD_DECL void note_commands(const boost::json::object& call) {
        for (const auto& known : call.at("commands").as_array())
            add_command(detail::text_in(known.as_object(), "command"));
    }

    BANTER_COLD_DECL static std::string action_of(const call_record& c) {
        auto action = c.text("action");
        if (action == "typing") return "typing";
        for (char& ch : action)
            if (ch == '_') ch = ' ';
        return "about to " + action;
    }

    BANTER_COLD_DECL void draw_answer(const call_record& c) {
        const auto text = c.text("text");
        if (!text.empty())
            draw.note((c.text("show_alert") == "true" ? "alert: " : "notice: ") + text);
        if (c.has("url")) draw.note("opens " + c.text("url"));
    }

    BANTER_COLD_DECL void draw_checkout(const call_record& c) {
        if (c.text("ok") != "true") return draw.note("payment refused: " + c.text("error_message"));
        draw.note("you pay");
        telegram.send(user, where,
                      content::successful_payment(pending_payload, pending_currency, pending_total));
    }

    BANTER_COLD_DECL void draw_copy(std::int64_t message_id, const call_record& c) {
        const auto to = c.integer("chat_id");
        if (const auto m = telegram.message(to == 0 ? user : to, message_id))
            draw_result(boost::json::parse(m->json()).as_object(), c);
    }

    BANTER_COLD_DECL void draw_result(const boost::json::object& m, const call_record& c) {
        const bool edit = c.method.starts_with("edit") || c.method.starts_with("stop");
        const auto* chat = detail::object_in(m, "chat");
        const auto to = chat == nullptr ? user : detail::number_in(*chat, "id");
        std::string speaker = "bot";
        if (to != user) speaker += " (to chat " + std::to_string(to) + ")";
        detail::draw_message(draw, speaker, m, edit ? "(edits)" : "");
        if (to == user && !edit) draw_keyboard(c);
    }

    BANTER_COLD_DECL void draw_keyboard(const call_record& c) {
        if (c.has("reply_markup.remove_keyboard")) draw.note("the keyboard is gone");
        if (!c.has("reply_markup.keyboard")) return;
        int number = inline_count() + 1;
        detail::draw_rows(draw, telegram.reply_keyboard(where), number, '<', '>');
    }

    // Buttons: numbers count those of the newest message that has some, then the reply keyboard's.

    BANTER_COLD_DECL int inline_count() const {
        int n = 0;
        if (const auto m = telegram.last_with_buttons(where))
            for (const auto& row : m->buttons()) n += static_cast<int>(row.size());
        return n;
    }

    struct shown_buttons {
        std::vector<button_view> all;
        std::size_t in_message = 0;  // the first of them
    };
    BANTER_COLD_DECL static void add_buttons(std::vector<button_view>& all, const button_rows& rows) {
        for (const auto& row : rows)
            for (const auto& b : row) all.push_back(button_view(b));
    }
    BANTER_COLD_DECL shown_buttons shown() const {
        shown_buttons found;
        if (const auto m = telegram.last_with_buttons(where)) add_buttons(found.all, m->buttons());
        found.in_message = found.all.size();
        add_buttons(found.all, telegram.reply_keyboard(where));
        return found;
    }

    std::string invoice_payload, pending_payload, pending_currency;
    std::int64_t pending_total = 0;

    BANTER_COLD_DECL void press(const button_view& b, bool in_message) {
        if (b.kind == "url" || b.kind == "web_app") return draw.note("opens " + b.value);
        // By its data where it has some: two buttons may have one label.
        const bool by_data = in_message && b.kind == "callback_data";
        const auto query = telegram.press(user, where, by_data ? b.value : b.label);
        if (in_message && query.empty())
            return draw.note("this button (" + b.kind + ") does nothing here");
        if (b.kind == "pay") remember_payment();
        if (in_message) draw.note("you press " + detail::in_quotes(b.label));
    }

    BANTER_COLD_DECL void remember_payment() {
        const auto m = telegram.last_with_buttons(where);
        if (!m) return;
        const auto document = boost::json::parse(m->json());
        const auto* invoice = detail::object_in(document.as_object(), "invoice");
        if (invoice == nullptr) return;
        pending_currency = detail::text_in(*invoice, "currency");
        pending_total = detail::number_in(*invoice, "total_amount");
        pending_payload = invoice_payload;
    }

    /// "#2", or exactly a label. False: the line is something else.
    BANTER_COLD_DECL bool try_button(std::string_view line) {
        const auto [all, in_message] = shown();
        if (line.size() > 1 && line[0] == '#') {
            std::size_t n = 0;
            const auto [end, error] = std::from_chars(line.data() + 1, line.data() + line.size(), n);
            if (error != std::errc() || end != line.data() + line.size()) return false;
            if (n == 0 || n > all.size())
                draw.note(all.empty() ? std::string("no buttons are shown")
                                      : "there is no button " + std::to_string(n) + "; shown are 1 to " +
                                            std::to_string(all.size()));
            else
                press(all[n - 1], n <= in_message);
            return true;
        }
        for (std::size_t i = 0; i != all.size(); ++i)
            if (all[i].label == line && (i < in_message || all[i].kind != "text")) {
                press(all[i], i < in_message);
                return true;
            }
        return false;
    }

    // The user's side.

    BANTER_COLD_DECL bool is_bots(std::string_view command) const {
        for (const std::string& one : commands)
            if (one == command) return true;
        return false;
    }

    BANTER_COLD_DECL void send_media(std::string_view kind, std::string_view rest) {
        const std::string file(detail::first_word(rest));
        if (!file.empty() && !std::ifstream(file, std::ios::binary))
            return draw.note("cannot read " + file + "; nothing was sent");
        telegram.send(user, where, content::media(kind, file).caption(rest));
    }

    /// The console's own commands. False: it is none of them.
    BANTER_COLD_DECL bool try_command(std::string_view line) {
        if (line.size() < 2 || line[0] != '/') return false;
        auto rest = line.substr(1);
        const auto name = detail::first_word(rest);
        if (is_bots(name)) return false;
        static constexpr std::string_view media[] = {"photo", "document", "video", "audio", "voice",
                                                     "sticker", "animation", "video_note"};
        for (const auto kind : media)
            if (name == kind) return send_media(kind, rest), true;
        if (name == "location") return send_location(rest), true;
        if (name == "contact") {
            telegram.send(user, where,
                          content::contact(rest.empty() ? "+4915112345678" : rest, "You"));
            return true;
        }
        if (name == "dice") {
            dice_value = dice_value % 6 + 1;
            telegram.send(user, where, content::dice("\xF0\x9F\x8E\xB2", dice_value));
            return true;
        }
        if (name == "edit") return edit(rest), true;
        if (name == "wait") return wait(rest), true;
        return false;
    }

    int dice_value = 3;

    BANTER_COLD_DECL void send_location(std::string_view rest) {
        const std::string latitude(detail::first_word(rest)), longitude(rest);
        const bool given = !latitude.empty() && !longitude.empty();
        telegram.send(user, where,
                      content::location(given ? std::strtod(latitude.c_str(), nullptr) : 52.520008,
                                        given ? std::strtod(longitude.c_str(), nullptr) : 13.404954));
    }

    BANTER_COLD_DECL void edit(std::string_view text) {
        try {
            telegram.edit(user, where, text);
        } catch (const impossible&) {
            draw.note("you have sent nothing that could be edited");
        }
    }

    BANTER_COLD_DECL void wait(std::string_view text) {
        const auto duration = detail::read_duration(text);
        if (!duration) return draw.note("how long? For example: /wait 30min");
        draw.note(std::string(text) + " later");
        network.advance(*duration);
    }

    BANTER_COLD_DECL void take_line(std::string_view line) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        if (line.empty()) return;
        if (line == "?") return draw.line(detail::console_help);
        if (line[0] == '\\') {
            telegram.send(user, where, content::text(line.substr(1)));
        } else if (!try_button(line) && !try_command(line)) {
            telegram.send(user, where, content::text(line));
        }
        settle();
    }

    /// Time goes on while a person thinks: what falls due meanwhile happens then.
    BANTER_COLD_DECL void wait_for_line() {
        using clock = std::chrono::steady_clock;
        auto last = clock::now();
        for (;;) {
            const auto next = network.until_next();
            const bool timer = next != std::chrono::nanoseconds::max();
            const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(next).count() + 1;
            pollfd input{STDIN_FILENO, POLLIN, 0};
            const int ready = ::poll(&input, 1, timer ? static_cast<int>(std::min<std::int64_t>(
                                                            ms, 60'000)) : -1);
            const auto now = clock::now();
            const auto before = telegram.call_count();
            network.advance(now - last);
            last = now;
            if (telegram.call_count() != before) {
                out << '\n';
                settle();
                out << "you> " << std::flush;
            }
            if (ready != 0) return;
        }
    }

    BANTER_COLD_DECL int play() {
        sink.listen(sink.object, &finished, this);
        out << "Your bot, here in the terminal: nothing leaves this machine.\n\n";
        draw.line(detail::console_help);
        std::string known;
        for (const auto& command : commands) known += " /" + command;
        if (!known.empty()) out << "\nIt knows" << known << ".\n";
        out << '\n';
        std::string line;
        for (;;) {
            out << "you> " << std::flush;
            if (interactive) wait_for_line();
            if (!std::getline(in, line)) break;
            // A terminal shows what is typed; a file's lines are shown here.
            if (!interactive) out << line << '\n';
            take_line(line);
        }
        out << '\n' << std::flush;
        return 0;
    }
};

BANTER_COLD_DECL console::console(console_options options)
    : impl_(std::make_unique<impl>(std::cin, std::cout, options, ::isatty(STDIN_FILENO) != 0)) {}
BANTER_COLD_DECL console::console(std::istream& in, std::ostream& out, console_options options)
    : impl_(std::make_unique<impl>(in, out, options, false)) {}
BANTER_COLD_DECL console::~console() = default;

BANTER_COLD_DECL gateway console::network() { return gateway(impl_->network); }
BANTER_COLD_DECL identity console::me() const {
    return {impl_->telegram.bot_id(), impl_->telegram.bot_username(), "Your bot"};
}
BANTER_COLD_DECL world& console::telegram() { return impl_->telegram; }
BANTER_COLD_DECL memory_gateway& console::clock() { return impl_->network; }

BANTER_COLD_DECL void console::log(std::string_view line) {
    impl_->draw_calls();
    impl_->draw.block("!", line);
    impl_->out.flush();
}
BANTER_COLD_DECL void console::write_log(void* self, std::string_view line) {
    static_cast<console*>(self)->log(line);
}

BANTER_COLD_DECL int console::play(net::update_sink sink) {
    impl_->sink = sink;
    const int code = impl_->play();
    // Handlers that still wait refer to the bot, which goes before this console does.
    impl_->network.abandon();
    return code;
}

namespace detail {

BANTER_COLD_DECL net::terminal open_console(std::span<const std::string_view> bot_commands) {
    console_options options;
    options.bot_commands = bot_commands;
    auto* const opened = new console(options);
    net::terminal out;
    out.self = opened;
    out.network = [](void* self) { return static_cast<console*>(self)->network(); };
    out.me = [](void* self) { return static_cast<console*>(self)->me(); };
    out.play = [](void* self, net::update_sink sink) {
        return static_cast<console*>(self)->play(sink);
    };
    out.abandon = [](void* self) { static_cast<console*>(self)->clock().abandon(); };
    out.close = [](void* self) { delete static_cast<console*>(self); };
    out.log = {&console::write_log, opened};
    return out;
}

// run() finds the console where this file is part of the program.
inline const bool console_is_there = [] {
    net::open_terminal = &open_console;
    return true;
}();

}  // namespace detail

}  // namespace banter::testkit
