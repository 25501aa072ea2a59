// run<payment, help>(): the whole program of a bot.
//
//   int main() { return run<payment>(); }
//   int main() { return run<payment, help>(services(database, clock)); }
//
// The environment says who the bot is and where Telegram is: BOT_TOKEN, and BOT_API_URL for a server
// of one's own. With --console the bot plays in the terminal, without a token or a network, if the
// program includes <banter/banter.hpp> or links banter::separate. --diagram mermaid (or dot) prints
// the bot's diagram, --publish-commands its menu's commands to Telegram (setMyCommands).
#pragma once

#include <banter/array_view.hpp>
#include <banter/config.hpp>
#include <banter/flow.hpp>
#include <banter/flow/diagram.hpp>
#include <banter/flow/dispatcher.hpp>
#include <banter/flow/letter_case.hpp>
#include <banter/flow/plain_number.hpp>
#include <banter/net/update_sink.hpp>
#include <banter/telegram/bot.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/names.hpp>
#include <banter/telegram/text.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banter {

struct run_options {
    /// How long getUpdates waits for an update.
    std::chrono::seconds poll_timeout{10};
    /// How long running handlers may go on after SIGINT or SIGTERM.
    std::chrono::seconds grace_period{10};
    /// Connections for calls other than getUpdates.
    std::size_t connections = 4;
    /// Whether updates that wait at the start are thrown away.
    bool drop_pending_updates = false;
    /// Whether setMyCommands is called at the start, once for each list in commands<...>; so does
    /// --publish-commands. A failure is one line in the log, and the bot goes on. Lists that an
    /// earlier program published and this one has not stay until deleteMyCommands is called.
    bool publish_commands = false;
    /// What holds for all messages where nothing else is said; where anything is set here, instead of
    /// dispatcher.defaults.
    message_defaults defaults = {};
    dispatcher_options dispatcher = {};
    /// The program's arguments without its name; those of the process where they are not given.
    std::optional<std::vector<std::string>> arguments = {};
};

namespace detail {

/// What a program is told of the bot's types.
struct program_facts {
    std::vector<std::string_view> commands;  // that the bot takes itself, for the console
    array_view<command_entry> menu;
    flow_descriptions flows;
};

/// The parts of a bot's program that do not depend on its types.
class program {
  public:
    program(run_options options, program_facts facts);
    ~program();
    program(const program&) = delete;
    program& operator=(const program&) = delete;

    /// The exit code, where the arguments or the environment end the program at once.
    [[nodiscard]] std::optional<int> verdict() const;
    [[nodiscard]] bot& api();
    [[nodiscard]] dispatcher_options for_dispatcher() const;
    /// Plays until the end.
    int play(net::update_sink sink, std::span<const std::string_view> allowed_updates);
    /// Before the dispatcher goes: nothing that waits may refer to it any more.
    void abandon();

  private:
    struct state;
    std::unique_ptr<state> state_;
};

/// The names of all commands that some rule names.
template <class C>
void append_commands(std::vector<std::string_view>& out) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto append = [&out](array_view<filter_node> atoms) {
            for (const filter_node& atom : atoms)
                if (atom.what == filter_node::op::command) out.push_back(atom.word);
        };
        const array_view<filter_node> programs[sizeof...(I) + 1] = {
            rule_program<filter_at<C, I>>..., array_view<filter_node>()};
        for (const auto program : programs) append(program);
    }(std::make_index_sequence<shape<C>::rule_count>{});
}

template <class Services, class... Bots>
int play(Services given, run_options options) {
    program_facts facts{
        .commands = {}, .menu = commands<Bots...>, .flows = descriptions_of<Bots...>};
    [&facts]<class... Structs>(type_list<Structs...>) {
        (append_commands<Structs>(facts.commands), ...);
    }(structs_in<Bots...>{});
    program whole(std::move(options), std::move(facts));
    if (const std::optional<int> code = whole.verdict()) return *code;
    const dispatcher_options chosen = whole.for_dispatcher();
    basic_dispatcher<Services, Bots...> work(whole.api(), given, chosen);
    const int code = whole.play(net::sink_of(work), work.allowed_updates());
    whole.abandon();
    return code;
}

}  // namespace detail

/// Runs the bot that these structs make, tried in order, until SIGINT or SIGTERM. Returns the
/// program's exit code: 0 after a stop in order, 1 if handlers were still running when the grace
/// period ended, 2 if the token is missing, malformed or refused.
template <class... Bots, class... Services>
[[nodiscard]] int run(services<Services...> given, run_options options = {}) {
    using provided = services<Services...>;
    // What the checks refused is not compiled any further: one mistake, one error.
    if constexpr (detail::passes<provided, Bots...>)
        return detail::play<provided, Bots...>(given, std::move(options));
    else
        return 2;
}

template <class... Bots>
[[nodiscard]] int run(run_options options = {}) {
    return run<Bots...>(services<>{}, std::move(options));
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/impl/run.ipp>
#endif
