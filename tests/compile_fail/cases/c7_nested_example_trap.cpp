// python-telegram-bot's nested example has one `start` for a command and a button, which fails for want of
// a pressed button, and locks the user out. With the button as a parameter it does not compile.
// expect: [banter C7]
// expect: family::start
// expect: telegram::callback_query
#include <banter/flow.hpp>
using namespace banter;

struct flags {
    bool start_over;
};

struct family {
    struct selecting {};
    struct showing {};

#ifdef FIXED
    static selecting start(context& ctx);
    static selecting start_over(context& ctx, telegram::callback_query pressed);
#else
    static selecting start(context& ctx, user_data<flags>& of, telegram::callback_query pressed);
#endif
    static showing show(context& ctx);
    static end stop(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<selecting>(on(callback<"show">, show)),
#ifdef FIXED
                            state<showing>(on(callback<"back">, start_over)),
#else
                            state<showing>(on(callback<"back">, start)),
#endif
                            fallbacks(on(command<"stop">, stop)));
    }
};

static_assert(verify<family>);
