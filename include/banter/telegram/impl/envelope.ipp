// The body of envelope.hpp: the first decoding pass, on boost::json::basic_parser.
#pragma once

#include <banter/telegram/envelope.hpp>
