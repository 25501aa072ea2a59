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
#include <banter/net/impl/address.ipp>
#include <banter/net/impl/errc.ipp>
#include <banter/net/impl/http_connection.ipp>
#include <banter/net/impl/http_gateway.ipp>
#include <banter/net/impl/json_scan.ipp>
#include <banter/net/impl/long_poll.ipp>
#include <banter/net/impl/multipart.ipp>
#include <banter/net/impl/poller.ipp>
#include <banter/net/impl/polling_runner.ipp>
#include <banter/telegram/generated/methods.ipp>
#include <banter/telegram/generated/values.ipp>
#include <banter/telegram/generated/views.ipp>
#include <banter/telegram/impl/answer.ipp>
#include <banter/telegram/impl/bot.ipp>
#include <banter/telegram/impl/envelope.ipp>
#include <banter/telegram/impl/error.ipp>
#include <banter/telegram/impl/gateway.ipp>
#include <banter/telegram/impl/json_writer.ipp>
#include <banter/telegram/impl/retry.ipp>
#include <banter/telegram/impl/text.ipp>
#include <banter/telegram/impl/values.ipp>
#include <banter/telegram/impl/view.ipp>
#include <banter/testkit/impl/actor.ipp>
#include <banter/testkit/impl/app_core.ipp>
#include <banter/testkit/impl/console.ipp>
#include <banter/testkit/impl/console_draw.ipp>
#include <banter/testkit/impl/content.ipp>
#include <banter/testkit/impl/entities.ipp>
#include <banter/testkit/impl/fake_bot_api.ipp>
#include <banter/testkit/impl/http_body.ipp>
#include <banter/testkit/impl/json_access.ipp>
#include <banter/testkit/impl/markup.ipp>
#include <banter/testkit/impl/memory_gateway.ipp>
#include <banter/testkit/impl/schema.ipp>
#include <banter/testkit/impl/sent.ipp>
#include <banter/testkit/impl/world.ipp>
#include <banter/testkit/impl/world_calls.ipp>
#include <banter/testkit/impl/world_messages.ipp>
#include <banter/testkit/impl/world_methods.ipp>
#include <banter/testkit/impl/world_state.ipp>
#include <banter/testkit/impl/world_users.ipp>
#include <banter/impl/log.ipp>
#include <banter/impl/run.ipp>
