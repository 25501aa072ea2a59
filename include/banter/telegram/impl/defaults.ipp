#pragma once

#include <banter/telegram/defaults.hpp>

namespace banter::detail {

BANTER_DECL void write_if_boolean_or(json_writer& writer, const char* name,
                                     std::optional<bool> value, default_flag flag) {
    if (const message_defaults* known = writer.defaults(); known && !value) {
        switch (flag) {
        case default_flag::disable_notification: value = known->disable_notification; break;
        case default_flag::protect_content: value = known->protect_content; break;
        case default_flag::allow_sending_without_reply:
            value = known->allow_sending_without_reply;
            break;
        }
    }
    write_if_boolean(writer, name, value);
}

BANTER_DECL link_preview_defaults link_preview_of(const json_writer& writer) {
    return writer.defaults() ? writer.defaults()->link_preview : link_preview_defaults{};
}

}  // namespace banter::detail
