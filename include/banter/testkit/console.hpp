// A bot in the terminal: no token, no network. A line is a message; the bot's replies and keyboards
// are drawn in plain characters. What run<...>() does with --console.
//
//     testkit::console terminal;
//     bot api{terminal.network()};
//     api.set_identity(terminal.me());
//     dispatcher<payment> work(api);
//     return terminal.play(net::sink_of(work));
//
// Time is real while a person types; with input from a file or a pipe it is simulated, and passes only
// by /wait and where a handler waits.
#pragma once

#include <banter/config.hpp>
#include <banter/net/update_sink.hpp>
#include <banter/telegram/bot.hpp>
#include <banter/telegram/gateway.hpp>
#include <banter/testkit/memory_gateway.hpp>
#include <banter/testkit/world.hpp>

#include <iosfwd>
#include <memory>
#include <span>
#include <string_view>

namespace banter::testkit {

struct console_options {
    std::string_view user_name = "You";
    /// Commands that the bot knows, without "/". They win over the console's own (/photo, ...).
    std::span<const std::string_view> bot_commands = {};
};

class console {
  public:
    /// On standard input and output.
    explicit console(console_options options = {});
    console(std::istream& in, std::ostream& out, console_options options = {});
    ~console();
    console(const console&) = delete;
    console& operator=(const console&) = delete;

    /// For the bot.
    gateway network();
    identity me() const;
    world& telegram();
    memory_gateway& clock();

    /// A line about what went wrong, drawn between the messages. `write_log` is the same as a plain
    /// function, for a log sink whose object is this console.
    void log(std::string_view line);
    static void write_log(void* self, std::string_view line);

    /// Plays until the input ends. Returns the process's exit code: 0.
    int play(net::update_sink sink);

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/console.ipp>
#endif
