// For files that define handlers: what a context says, and the Bot API's methods and objects. Files
// that define handler coroutines include <banter/flow/task.hpp> or <banter/banter.hpp>, which bring
// this along.
#pragma once

#include <banter/flow/context.hpp>
#include <banter/flow/form_steps.hpp>
#include <banter/flow/generated/reply_options.hpp>
#include <banter/flow/query_context.hpp>
#include <banter/flow/reply_keyboard.hpp>
#include <banter/flow/stored_buttons.hpp>
#include <banter/telegram/long_text.hpp>
#include <banter/telegram/message_text.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/styled_text.hpp>
#include <banter/telegram/types.hpp>

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/generated/replies.ipp>
#include <banter/flow/impl/context.ipp>
#include <banter/flow/impl/incoming.ipp>
#include <banter/flow/impl/properties.ipp>
#include <banter/flow/impl/query_context.ipp>
#include <banter/flow/impl/request_buttons.ipp>
#include <banter/flow/impl/stored_buttons.ipp>
#include <banter/flow/impl/time_zone.ipp>
#endif
