// Linked with examples/echobot.cpp, header-only: two files of one program that include everything,
// bodies too, must link.
#include <banter/banter.hpp>
