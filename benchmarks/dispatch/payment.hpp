// The payment conversation with plain handlers that count.
#pragma once

#include "drive.hpp"

#include <banter/flow.hpp>

#include <string>

namespace banter_side {

using namespace banter;
using bench::outcome;

struct payment {
    struct waiting_amount {};
    struct waiting_details {
        double amount;
    };
    struct waiting_receipt {
        double amount;
        std::string method;
    };

    static waiting_amount start() {
        ++counts[outcome::pay];
        return {};
    }
    static waiting_amount back() {
        ++counts[outcome::back];
        return {};
    }
    static waiting_details amount(matched<text> input) {
        ++counts[outcome::amount];
        return {input.as<double>().value_or(0)};
    }
    static waiting_receipt bank(const waiting_details& here,
                                matched<callback<"bank_([0-9]+)">> choice) {
        ++counts[outcome::bank];
        return {here.amount, std::string(choice.get<1>())};
    }
    static waiting_receipt wallet(const waiting_details& here,
                                  matched<callback<"wallet_(BTC|ETH|USDT)">> choice) {
        ++counts[outcome::wallet];
        return {here.amount, std::string(choice.get<1>())};
    }
    static end receipt(const waiting_receipt& here, matched<document || photo> file) {
        ++counts[outcome::receipt];
        bench::keep(here.method);
        bench::keep(file.file_id());
        return {};
    }
    static end cancel() {
        ++counts[outcome::cancel];
        return {};
    }
    static stay unexpected() {
        ++counts[outcome::unexpected];
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

}  // namespace banter_side
