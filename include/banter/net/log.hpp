// Where the network room writes its lines: one plain function pointer, so that a bot can send them
// to its own log. Lines are complete, have no line end and never hold the bot's token.
#pragma once

#include <banter/config.hpp>

#include <string_view>

namespace banter::net {

/// Takes one line of text at a time. The default writes to the standard error stream.
struct log_sink {
    /// Called with `context` and a line without a line end; null means the standard error stream.
    void (*write)(void* context, std::string_view line) = nullptr;
    void* context = nullptr;

    void operator()(std::string_view line) const;
};

}  // namespace banter::net

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/log.ipp>
#endif
