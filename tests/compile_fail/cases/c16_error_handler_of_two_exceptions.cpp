// One exception comes at a time.
// expect: [banter C16]
// expect: payment::report
// expect: late
#include <banter/flow.hpp>

#include <stdexcept>
using namespace banter;

struct refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct late : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct payment {
    struct paying {};
    static paying start(context& ctx);
    static end pay(context& ctx);
#ifndef FIXED
    static end report(context& ctx, const refused& why, const late& too);
#else
    static end report(context& ctx, const refused& why);
#endif
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"pay">, start)), state<paying>(on(text, pay)),
                            on_error(report));
    }
};

static_assert(verify<payment>);
