// Everything: conversations, the Bot API, the network, run<...>(), and its console.
//
// A header-only program that does without the console includes <banter/run.hpp> instead, and
// compiles in four fifths of the time.
#pragma once

#include <banter/run.hpp>
#include <banter/testkit/console.hpp>
