// What a bot plays on instead of the network: a terminal (testkit/console.hpp), if the program has
// one. run() knows it by this border only, so that a header-only program which includes
// <banter/run.hpp> alone compiles no console; <banter/banter.hpp> brings it along.
#pragma once

#include <banter/log.hpp>
#include <banter/net/update_sink.hpp>
#include <banter/telegram/bot.hpp>

#include <span>
#include <string_view>

namespace banter::net {

/// A terminal, opened. Its functions take `self`.
struct terminal {
    void* self = nullptr;
    gateway (*network)(void* self) = nullptr;
    identity (*me)(void* self) = nullptr;
    /// Plays until the input ends; returns the program's exit code.
    int (*play)(void* self, update_sink sink) = nullptr;
    /// Ends everything that waits.
    void (*abandon)(void* self) = nullptr;
    void (*close)(void* self) = nullptr;
    log_sink log = {};
};

/// Opens a terminal on standard input and output; `bot_commands` are the bot's own.
using terminal_opener = terminal (*)(std::span<const std::string_view> bot_commands);

/// Null where the program has no terminal.
inline terminal_opener open_terminal = nullptr;

}  // namespace banter::net
