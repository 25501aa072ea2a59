// One of two files of one program that include everything, bodies too: it must link.
#include <banter/banter.hpp>

int other_file();

int main() { return other_file(); }
