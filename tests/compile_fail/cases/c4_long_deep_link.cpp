// A deep link's parameter has at most 64 characters.
// expect: [banter C4]
// expect: the-first-and-the-last
#include <banter/flow/deep_link.hpp>

#ifndef FIXED
const std::string invitation = banter::deep_link<
    "the-first-and-the-last-and-everything-that-stands-between-them-all">("shop_bot");
#else
const std::string invitation = banter::deep_link<
    "the-first-and-the-last-and-everything-that-stands-between-them">("shop_bot");
#endif
