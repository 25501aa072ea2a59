// Conversations, handlers and their checks, without any network: enough to write a flow and to
// prove it with static_assert(verify<...>). Handlers may be declared only; <banter/banter.hpp>
// has all that it takes to define and run them.
#pragma once

#include <banter/flow/context.hpp>
#include <banter/flow/conversation.hpp>
#include <banter/flow/data.hpp>
#include <banter/flow/deep_link.hpp>
#include <banter/flow/filter.hpp>
#include <banter/flow/filter_names.hpp>
#include <banter/flow/keyboard.hpp>
#include <banter/flow/match.hpp>
#include <banter/flow/outcome.hpp>
#include <banter/flow/rule.hpp>
#include <banter/flow/verify.hpp>
