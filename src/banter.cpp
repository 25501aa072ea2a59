// The one file of banter::separate: every body that is no template, compiled here and nowhere else.
#include <banter/src.hpp>
