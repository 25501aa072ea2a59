// The same mistake where a button is made.
// expect: [banter C4]
// expect: choice
#include <banter/flow.hpp>
using namespace banter;

struct choice {
    int bank;
#ifndef FIXED
    double rate;
#else
    int rate;
#endif
};

inline auto make(choice value) { return data_button(value, "Choose"); }
