// Files on their way: who is told how far one has come.
#pragma once

#include <banter/telegram/watcher.hpp>

#include <cstdint>

namespace banter {

/// How far a transfer has come.
struct transfer {
    std::uint64_t bytes = 0; ///< so far
    std::uint64_t of = 0;    ///< in all; 0 where the server has not said it
};

/// Whom to tell about a transfer: a function, or a lambda that captures something and has a name.
///
///   auto bar = [&](transfer now) { draw(now.bytes, now.of); };
///   co_await api.download(file, "report.pdf", bar);
///
/// It is called between two pieces, so it should be quick. When it throws, the transfer ends: a
/// download with that exception, a call that sends files with a network_error. After a lost
/// connection the bytes may start again from less.
using transfer_watch = watcher<transfer>;

}  // namespace banter
