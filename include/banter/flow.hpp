// Conversations, handlers and their checks, without any network: enough to write a flow and to
// prove it with static_assert(verify<...>). Handlers may be declared only; <banter/banter.hpp>
// has all that it takes to define and run them.
#pragma once

// First, so that few lines stand between an error and the file that it is about.
#include <banter/flow/check_errors.hpp>
#include <banter/flow/form_errors.hpp>
#include <banter/flow/bot_errors.hpp>
#include <banter/flow/callback_data.hpp>

#include <banter/flow/album.hpp>
#include <banter/flow/ask.hpp>
#include <banter/flow/button_style.hpp>
#include <banter/flow/commands.hpp>
#include <banter/flow/context.hpp>
#include <banter/flow/conversation.hpp>
#include <banter/flow/cron.hpp>
#include <banter/flow/data.hpp>
#include <banter/flow/decide.hpp>
#include <banter/flow/deep_link.hpp>
#include <banter/flow/description.hpp>
#include <banter/flow/events.hpp>
#include <banter/flow/filter.hpp>
#include <banter/flow/filter_names.hpp>
#include <banter/flow/form.hpp>
#include <banter/flow/group.hpp>
#include <banter/flow/jobs.hpp>
#include <banter/flow/keyboard.hpp>
#include <banter/flow/match.hpp>
#include <banter/flow/menu.hpp>
#include <banter/flow/outcome.hpp>
#include <banter/flow/pages.hpp>
#include <banter/flow/posts.hpp>
#include <banter/flow/query_context.hpp>
#include <banter/flow/reply_keyboard.hpp>
#include <banter/flow/rule.hpp>
#include <banter/flow/session_store.hpp>
#include <banter/flow/stale_buttons.hpp>
#include <banter/flow/stored_buttons.hpp>
#include <banter/flow/value_filters.hpp>
#include <banter/flow/verify.hpp>
