// Where the library's own lines go: one plain function pointer, so that a bot can send them to its
// own log. Lines are complete, have no line end and never hold the bot's token.
#pragma once

#include <banter/config.hpp>

#include <string_view>

namespace banter {

/// Takes one line of text at a time. The default writes to the standard error stream, each line
/// behind "banter: ".
struct log_sink {
    /// Called with `object` and a line without a line end; null means the standard error stream.
    void (*write)(void* object, std::string_view line) = nullptr;
    void* object = nullptr;

    void operator()(std::string_view line) const;
};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/impl/log.ipp>
#endif
