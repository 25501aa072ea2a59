// Everything: conversations, the Bot API, the network, run<...>() and its console.
#pragma once

#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
#include <banter/flow/task.hpp>
#include <banter/run.hpp>
#include <banter/telegram/bot.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/text.hpp>
#include <banter/telegram/types.hpp>
#include <banter/testkit/console.hpp>
