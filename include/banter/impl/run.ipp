#pragma once

#include <banter/net/address.hpp>
#include <banter/net/http_gateway.hpp>
#include <banter/net/polling_runner.hpp>
#include <banter/net/terminal.hpp>
#include <banter/run.hpp>
#include <banter/telegram/answer.hpp>
#include <banter/telegram/error.hpp>

#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>

#if defined(__APPLE__)
#include <crt_externs.h>
#elif defined(_WIN32)
#include <stdlib.h>
#endif

namespace banter::detail {

/// The arguments of the process, without its name: main() need not hand them on.
BANTER_COLD_DECL std::vector<std::string> process_arguments() {
    std::vector<std::string> all;
#if defined(__APPLE__)
    all.assign(*_NSGetArgv(), *_NSGetArgv() + *_NSGetArgc());
#elif defined(_WIN32)
    all.assign(__argv, __argv + __argc);
#else
    std::ifstream line("/proc/self/cmdline", std::ios::binary);
    for (std::string argument; std::getline(line, argument, '\0');) all.push_back(argument);
#endif
    if (!all.empty()) all.erase(all.begin());
    return all;
}

BANTER_COLD_DECL std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

inline constexpr const char* program_help =
    "A Telegram bot.\n"
    "\n"
    "  BOT_TOKEN=<token>   who the bot is, as @BotFather says\n"
    "  BOT_API_URL=<url>   a Bot API server other than https://api.telegram.org\n"
    "\n"
    "  --console           play the bot in this terminal; no token, no network\n"
    "  --publish-commands  tell Telegram the commands that its clients list (setMyCommands)\n"
    "  --diagram <format>  print the bot's conversations as a diagram, mermaid or dot\n"
    "  --help              this text\n";

inline bot_command_scope scope_of(command_scope scope) {
    switch (scope) {
        case command_scope::all_private_chats: return bot_command_scope_all_private_chats{};
        case command_scope::all_group_chats: return bot_command_scope_all_group_chats{};
        case command_scope::all_chat_administrators:
            return bot_command_scope_all_chat_administrators{};
        default: return bot_command_scope_default{};
    }
}

/// Makes a call, and turns the loop until it is answered. Throws network_error and api_error.
BANTER_COLD_DECL void call_and_wait(boost::asio::io_context& io, gateway net, const request& what) {
    if (!what.fault.empty()) throw limit_error(what.method, what.fault);
    answer got;
    boost::system::error_code failure;
    io.restart();  // it stops where nothing is left to do, as after an earlier call
    net.start_call(what, got, gateway::wait_handler(net::detail::stop_loop{&io, &failure}));
    io.run();
    if (failure) throw network_error(what.method, failure);
    const owned_json ignored = read_answer(what.method, got).result();
}

/// One call for each list. The first failure ends it, in one line.
BANTER_COLD_DECL void publish_commands(boost::asio::io_context& io, const bot& api,
                                       array_view<command_entry> menu, log_sink log) {
    std::vector<bot_command> list;
    try {
        while (!menu.empty()) {
            const command_entry first = menu.front();
            list.clear();
            while (!menu.empty() && menu.front().scope == first.scope &&
                   menu.front().language == first.language) {
                list.push_back(
                    {.command = menu.front().name, .description = menu.front().description});
                menu = menu.part(1, menu.size() - 1);
            }
            set_my_commands what{.commands = list};
            if (first.scope != command_scope::everywhere) what.scope = scope_of(first.scope);
            if (!first.language.empty()) what.language_code = first.language;
            call_and_wait(io, api.network(), make_request(what));
        }
    } catch (const std::exception& error) {
        const std::string line =
            std::string("the menu's commands are not published: ") + error.what();
        log(net::redact_tokens(line));
    }
}

struct program::state {
    run_options options;
    program_facts facts;
    std::optional<int> verdict;

    // One of the two.
    net::terminal terminal;
    std::unique_ptr<boost::asio::io_context> io;
    std::unique_ptr<net::http_gateway> server;

    std::unique_ptr<bot> api;

    state() = default;
    ~state() {
        api.reset();
        if (in_terminal()) terminal.close(terminal.self);
    }
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    [[nodiscard]] BANTER_COLD_DECL bool in_terminal() const { return terminal.self != nullptr; }

    BANTER_COLD_DECL void end(int code, std::string_view line) {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
        verdict = code;
    }

    BANTER_COLD_DECL void print_diagram(std::string_view format) {
        if (format != "mermaid" && format != "dot")
            return end(2, "banter: --diagram prints mermaid or dot" +
                              (format.empty() ? std::string()
                                              : ", not '" + net::redact_tokens(format) + '\''));
        const std::string drawn =
            format == "dot" ? draw_dot(facts.flows) : draw_mermaid(facts.flows);
        std::fputs(drawn.c_str(), stdout);
        verdict = 0;
    }

    BANTER_COLD_DECL bool read_arguments(bool& wants_terminal) {
        const auto given = options.arguments ? *options.arguments : process_arguments();
        for (std::size_t i = 0; i != given.size(); ++i) {
            const std::string& argument = given[i];
            if (argument == "--console") {
                wants_terminal = true;
            } else if (argument == "--publish-commands") {
                options.publish_commands = true;
            } else if (argument == "--diagram" || argument.starts_with("--diagram=")) {
                const bool apart = argument.size() == 9;
                print_diagram(!apart                  ? std::string_view(argument).substr(10)
                              : i + 1 != given.size() ? std::string_view(given[i + 1])
                                                      : std::string_view());
                return false;
            } else if (argument == "--help" || argument == "-h") {
                std::fputs(program_help, stdout);
                verdict = 0;
                return false;
            } else {
                end(2, "banter: unknown argument '" + net::redact_tokens(argument) +
                           "'; --help lists those there are");
                return false;
            }
        }
        return true;
    }

    BANTER_COLD_DECL void connect() {
        const std::string secret = environment("BOT_TOKEN");
        if (secret.empty())
            return end(2,
                       "banter: BOT_TOKEN is not set. Put the token that @BotFather gave you into "
                       "the environment, or play the bot with --console");
        try {
            const net::token token(secret);
            const auto address = net::server_address::parse(environment("BOT_API_URL"));
            io = std::make_unique<boost::asio::io_context>(1);
            net::http_options http;
            http.connections = options.connections;
            server = std::make_unique<net::http_gateway>(io->get_executor(), address, token, http);
            api = std::make_unique<bot>(gateway(*server));
        } catch (const net::setting_error& error) {
            end(2, std::string("banter: ") + error.what());
        }
    }
};

BANTER_COLD_DECL program::program(run_options options, program_facts facts)
    : state_(std::make_unique<state>()) {
    state_->options = std::move(options);
    state_->facts = std::move(facts);
    bool wants_terminal = false;
    if (!state_->read_arguments(wants_terminal)) return;
    if (!wants_terminal) {
        state_->connect();
        return;
    }
    if (net::open_terminal == nullptr) {
        state_->end(2, "banter: this program has no console: include <banter/banter.hpp>");
        return;
    }
    const net::terminal opened = net::open_terminal(state_->facts.commands);
    state_->terminal = opened;
    state_->api = std::make_unique<bot>(opened.network(opened.self));
    state_->api->set_identity(opened.me(opened.self));
}

BANTER_COLD_DECL program::~program() = default;

BANTER_COLD_DECL std::optional<int> program::verdict() const { return state_->verdict; }

BANTER_COLD_DECL bot& program::api() { return *state_->api; }

BANTER_COLD_DECL dispatcher_options program::for_dispatcher() const {
    dispatcher_options out = state_->options.dispatcher;
    if (state_->options.defaults != message_defaults{}) out.defaults = state_->options.defaults;
    if (state_->in_terminal() && out.log.write == nullptr) out.log = state_->terminal.log;
    return out;
}

BANTER_COLD_DECL int program::play(net::update_sink sink,
                                   std::span<const std::string_view> allowed_updates) {
    if (state_->in_terminal()) return state_->terminal.play(state_->terminal.self, sink);
    if (state_->options.publish_commands)
        publish_commands(*state_->io, *state_->api, state_->facts.menu,
                         state_->options.dispatcher.log);
    net::polling_options polling;
    polling.poll.timeout = state_->options.poll_timeout;
    polling.poll.grace = state_->options.grace_period;
    polling.poll.drop_pending_updates = state_->options.drop_pending_updates;
    polling.log = state_->options.dispatcher.log;
    return net::run_polling(*state_->io, *state_->api, sink, allowed_updates, polling);
}

BANTER_COLD_DECL void program::abandon() {
    if (state_->in_terminal()) state_->terminal.abandon(state_->terminal.self);
    // Sockets and timers first, then the coroutines that wait for them.
    state_->server.reset();
    state_->io.reset();
}

}  // namespace banter::detail
