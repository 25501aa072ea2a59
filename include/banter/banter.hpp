// Everything: conversations, the Bot API, the network, run<...>(), and its console.
//
// A header-only program that does without the console includes <banter/run.hpp> instead, and
// compiles in three quarters of the time.
#pragma once

#include <banter/flow/letter_case.hpp>
#include <banter/flow/plain_number.hpp>
#include <banter/run.hpp>
#include <banter/telegram/names.hpp>
#include <banter/testkit/console.hpp>
