// The bodies that are no templates, for projects that compile them once: define
// BANTER_SEPARATE_COMPILATION everywhere and include this header in exactly one file, or link the
// CMake target banter::separate, which does both. The other files then compile no HTTP or TLS code.
#pragma once

#ifndef BANTER_SEPARATE_COMPILATION
#error "define BANTER_SEPARATE_COMPILATION for all files, or do not include <banter/src.hpp>"
#endif

#include <banter/flow/impl/choice.ipp>
#include <banter/flow/impl/context.ipp>
#include <banter/flow/impl/delivery.ipp>
#include <banter/flow/impl/dispatcher_base.ipp>
#include <banter/flow/impl/incoming.ipp>
#include <banter/flow/impl/keyboard.ipp>
#include <banter/flow/impl/pattern_set.ipp>
#include <banter/flow/impl/sequencer.ipp>
#include <banter/telegram/generated/methods.ipp>
#include <banter/telegram/generated/values.ipp>
#include <banter/telegram/generated/views.ipp>
#include <banter/telegram/impl/answer.ipp>
#include <banter/telegram/impl/bot.ipp>
#include <banter/telegram/impl/envelope.ipp>
#include <banter/telegram/impl/error.ipp>
#include <banter/telegram/impl/gateway.ipp>
#include <banter/telegram/impl/json_writer.ipp>
#include <banter/telegram/impl/text.ipp>
#include <banter/telegram/impl/values.ipp>
#include <banter/telegram/impl/view.ipp>
