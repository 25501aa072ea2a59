// The other of the two: see two_files_a.cpp.
#include <banter/banter.hpp>

int other_file();

int other_file() { return 0; }
