// The same conversation with every handler a coroutine that never suspends.
#include "drive.hpp"
#include "payment_bots.hpp"

#include <banter/flow.hpp>

#include <string>

namespace banter_side {

using namespace banter;
using bench::outcome;

namespace {

struct payment_tasks {
    struct waiting_amount {};
    struct waiting_details {
        double amount;
    };
    struct waiting_receipt {
        double amount;
        std::string method;
    };

    static task<waiting_amount> start() {
        ++counts[outcome::pay];
        co_return waiting_amount{};
    }
    static task<waiting_amount> back() {
        ++counts[outcome::back];
        co_return waiting_amount{};
    }
    static task<waiting_details> amount(matched<text> input) {
        ++counts[outcome::amount];
        co_return waiting_details{input.as<double>().value_or(0)};
    }
    static task<waiting_receipt> bank(const waiting_details& here,
                                      matched<callback<"bank_([0-9]+)">> choice) {
        ++counts[outcome::bank];
        waiting_receipt next{here.amount, std::string(choice.get<1>())};
        co_return next;
    }
    static task<waiting_receipt> wallet(const waiting_details& here,
                                        matched<callback<"wallet_(BTC|ETH|USDT)">> choice) {
        ++counts[outcome::wallet];
        waiting_receipt next{here.amount, std::string(choice.get<1>())};
        co_return next;
    }
    static task<end> receipt(const waiting_receipt& here, matched<document || photo> file) {
        ++counts[outcome::receipt];
        bench::keep(here.method);
        bench::keep(file.file_id());
        co_return end{};
    }
    static task<end> cancel() {
        ++counts[outcome::cancel];
        co_return end{};
    }
    static task<stay> unexpected() {
        ++counts[outcome::unexpected];
        co_return stay{};
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
static_assert(verify<payment_tasks>);

}  // namespace

bench::player tasks() { return player_of<payment_tasks, payment_tasks>(); }

}  // namespace banter_side
