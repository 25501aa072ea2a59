// Telegram takes A-Z, a-z, 0-9, _ and - in a deep link's parameter.
// expect: [banter C4]
// expect: invited by anna
#include <banter/flow/deep_link.hpp>

#ifndef FIXED
const std::string invitation = banter::deep_link<"invited by anna">("shop_bot");
#else
const std::string invitation = banter::deep_link<"invited_by_anna">("shop_bot");
#endif
