// A prompt is called before the state is entered, and gets its data as a parameter.
// expect: [banter C16]
// expect: order::choosing
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {
        int dishes = 0;
#ifdef FIXED
        static void prompt(context& ctx, const choosing& here);
#else
        void prompt(context& ctx);
#endif
    };

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
