// Some of all the updates come from no chat.
// expect: [banter C7]
// expect: logger::note
// expect: banter::context&
#include <banter/flow.hpp>
using namespace banter;

struct logger {
#ifndef FIXED
    static void note(context& ctx);
#else
    static void note(telegram::update what);
#endif
    static constexpr auto flow() { return handlers(on(any_update, note)); }
};

static_assert(verify<logger>);
