// A keyboard type of one's own that is an aggregate with strings: g++ 12 destroys it twice inside a
// co_await expression.
// expect: [banter]
// expect: give this keyboard type a constructor
#include <banter/flow/keyboard.hpp>
#include <banter/telegram/methods.hpp>

#include <string>

struct menu {
#ifdef FIXED
    explicit menu(std::string given) : label(std::move(given)) {}
#endif
    std::string label;
    void write_json(banter::json_writer& to) const { to.string(label); }
};

banter::reply_markup shown(const menu& keyboard) { return keyboard; }
