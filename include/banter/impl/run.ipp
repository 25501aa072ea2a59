#pragma once

#include <banter/net/address.hpp>
#include <banter/net/http_gateway.hpp>
#include <banter/net/polling_runner.hpp>
#include <banter/net/terminal.hpp>
#include <banter/run.hpp>

#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#if defined(__APPLE__)
#include <crt_externs.h>
#elif defined(_WIN32)
#include <stdlib.h>
#endif

namespace banter::detail {

/// The arguments of the process, without its name: main() need not hand them on.
BANTER_DECL std::vector<std::string> process_arguments() {
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

BANTER_DECL std::string environment(const char* name) {
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
    "  --help              this text\n";

struct program::state {
    run_options options;
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

    [[nodiscard]] bool in_terminal() const { return terminal.self != nullptr; }

    void end(int code, std::string_view line) {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
        verdict = code;
    }

    bool read_arguments(bool& wants_terminal) {
        const auto given = options.arguments ? *options.arguments : process_arguments();
        for (const std::string& argument : given) {
            if (argument == "--console") {
                wants_terminal = true;
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

    void connect() {
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

BANTER_DECL program::program(run_options options, std::vector<std::string_view> commands)
    : state_(std::make_unique<state>()) {
    state_->options = std::move(options);
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
    const net::terminal opened = net::open_terminal(commands);
    state_->terminal = opened;
    state_->api = std::make_unique<bot>(opened.network(opened.self));
    state_->api->set_identity(opened.me(opened.self));
}

BANTER_DECL program::~program() = default;

BANTER_DECL std::optional<int> program::verdict() const { return state_->verdict; }

BANTER_DECL bot& program::api() { return *state_->api; }

BANTER_DECL dispatcher_options program::for_dispatcher() const {
    dispatcher_options out = state_->options.dispatcher;
    if (state_->in_terminal() && out.log.write == nullptr) out.log = state_->terminal.log;
    return out;
}

BANTER_DECL int program::play(net::update_sink sink,
                              std::span<const std::string_view> allowed_updates) {
    if (state_->in_terminal()) return state_->terminal.play(state_->terminal.self, sink);
    net::polling_options polling;
    polling.poll.timeout = state_->options.poll_timeout;
    polling.poll.grace = state_->options.grace_period;
    polling.poll.drop_pending_updates = state_->options.drop_pending_updates;
    polling.log = state_->options.dispatcher.log;
    return net::run_polling(*state_->io, *state_->api, sink, allowed_updates, polling);
}

BANTER_DECL void program::abandon() {
    if (state_->in_terminal()) state_->terminal.abandon(state_->terminal.self);
    // Sockets and timers first, then the coroutines that wait for them.
    state_->server.reset();
    state_->io.reset();
}

}  // namespace banter::detail
