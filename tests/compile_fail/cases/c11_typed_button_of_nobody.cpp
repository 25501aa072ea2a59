// A typed button whose type nothing takes.
// expect: [banter C11]
// expect: painting::choosing
#include <banter/flow.hpp>
using namespace banter;

struct painting {
    enum class color { red, green };
    enum class size { small, large };
    struct choosing {
        static constexpr auto keyboard = inline_keyboard(row(button<color::red>("Red")));
    };
    static choosing start(context& ctx);
    static end paint(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"paint">, start)),
#ifndef FIXED
                            state<choosing>(on(data<size>, paint)));
#else
                            state<choosing>(on(data<color>, paint)));
#endif
    }
};

static_assert(verify<painting>);
