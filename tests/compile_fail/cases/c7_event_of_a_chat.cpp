// The data of a user need an event that names one.
// expect: [banter C7]
// expect: shop::count
// expect: user_data
#include <banter/flow.hpp>
using namespace banter;

struct paid {
    std::int64_t chat_id = 0;
};
struct visits {
    int count = 0;
};

struct shop {
#ifdef FIXED
    static void count(chat_data<visits>& seen, const paid& what);
#else
    static void count(user_data<visits>& seen, const paid& what);
#endif
    static constexpr auto flow() { return handlers(on_event<paid>(count)); }
};

static_assert(verify<shop>);
