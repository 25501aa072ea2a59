// The same conversation with handlers that declare replies; the calls end in a counter.
#include "drive.hpp"
#include "payment_bots.hpp"

#include <banter/flow.hpp>

#include <string>

namespace banter_side {

using namespace banter;
using bench::outcome;

namespace {

struct payment_replies {
    struct waiting_amount {};
    struct waiting_details {
        double amount;
        static constexpr auto keyboard = inline_keyboard(
            row(button<"bank_1">("First bank"), button<"bank_2">("Second bank")),
            row(button<"wallet_BTC">("BTC"), button<"wallet_ETH">("ETH")),
            row(button<"back">("Back")));
    };
    struct waiting_receipt {
        double amount;
        std::string method;
    };

    static waiting_amount start(context& ctx) {
        ++counts[outcome::pay];
        ctx.reply("How much?");
        return {};
    }
    static waiting_amount back(context& ctx) {
        ++counts[outcome::back];
        ctx.answer();
        ctx.edit("How much?");
        return {};
    }
    static waiting_details amount(context& ctx, matched<text> input) {
        ++counts[outcome::amount];
        ctx.reply("How will you pay?", waiting_details::keyboard);
        return {input.as<double>().value_or(0)};
    }
    static waiting_receipt bank(context& ctx, const waiting_details& here,
                                matched<callback<"bank_([0-9]+)">> choice) {
        ++counts[outcome::bank];
        ctx.answer();
        ctx.edit("Send the receipt.");
        return {here.amount, std::string(choice.get<1>())};
    }
    static waiting_receipt wallet(context& ctx, const waiting_details& here,
                                  matched<callback<"wallet_(BTC|ETH|USDT)">> choice) {
        ++counts[outcome::wallet];
        ctx.answer();
        ctx.edit("Send the receipt.");
        return {here.amount, std::string(choice.get<1>())};
    }
    static end receipt(context& ctx) {
        ++counts[outcome::receipt];
        ctx.reply("Thank you.");
        return {};
    }
    static end cancel(context& ctx) {
        ++counts[outcome::cancel];
        ctx.reply("Cancelled.");
        return {};
    }
    static stay unexpected(context& ctx) {
        ++counts[outcome::unexpected];
        ctx.reply("Not now.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"pay">, start)),
            state<waiting_amount>(on(text && !command<>, amount)),
            state<waiting_details>(on(callback<"bank_([0-9]+)">, bank),
                                   on(callback<"wallet_(BTC|ETH|USDT)">, wallet),
                                   on(callback<"back">, back)),
            state<waiting_receipt>(on(document || photo, receipt)),
            fallbacks(on(command<"cancel">, cancel), on(command<>, unexpected)), allow_reentry);
    }
};
static_assert(verify<payment_replies>);

}  // namespace

bench::player replying() { return player_of<payment_replies, payment_replies>(); }

}  // namespace banter_side
