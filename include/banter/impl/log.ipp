#pragma once

#include <banter/log.hpp>

#include <cstdio>
#include <string>

namespace banter {

BANTER_COLD_DECL void log_sink::operator()(std::string_view line) const {
    if (write != nullptr) {
        write(object, line);
        return;
    }
    // One call for the whole line: lines of two threads do not mix.
    std::string whole = "banter: ";
    whole.append(line);
    whole.push_back('\n');
    std::fwrite(whole.data(), 1, whole.size(), stderr);
}

}  // namespace banter
