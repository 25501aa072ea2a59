// The payment conversation, declared and verified: what a file pays that checks a flow and defines
// no handler. No network headers are needed for it.
#include <banter/flow.hpp>

#include <chrono>
#include <cstdint>
#include <string>

using namespace banter;
using namespace std::chrono_literals;

struct payment {
    struct waiting_amount {};
    struct waiting_details {
        std::int64_t amount;
        static constexpr auto keyboard =
            inline_keyboard(row(button<"bank_1">("First bank"), button<"wallet_BTC">("Bitcoin")),
                            row(button<"back">("Back")));
    };
    struct waiting_receipt {
        std::int64_t amount;
        std::string method;
    };

    static waiting_amount start(context& ctx);
    static next<waiting_details, stay> amount(context& ctx, matched<text> input);
    static waiting_receipt bank(context& ctx, waiting_details& here,
                                matched<callback<"bank_([0-9]+)">> choice);
    static waiting_receipt wallet(context& ctx, waiting_details& here,
                                  matched<callback<"wallet_(BTC|ETH|USDT)">> choice);
    static task<end> receipt(context& ctx, bot& api, waiting_receipt& here,
                             matched<document || photo> file);
    static end cancel(context& ctx);
    static stay unexpected(context& ctx);
    static end expired(context& ctx, waiting_receipt& here);

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"pay">, start)),
            state<waiting_amount>(on(text && !command<>, amount)),
            state<waiting_details>(on(callback<"bank_([0-9]+)">, bank),
                                   on(callback<"wallet_(BTC|ETH|USDT)">, wallet),
                                   on(callback<"back">, start)),
            state<waiting_receipt>(on(document || photo, receipt)),
            fallbacks(on(command<"cancel">, cancel), on(command<>, unexpected)), allow_reentry);
    }
};

static_assert(verify<payment>);
