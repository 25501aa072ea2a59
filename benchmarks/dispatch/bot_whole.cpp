// The same conversation with handlers that read the whole message: every field that the owning
// struct of dom_floor.hpp holds, through the views.
#include "drive.hpp"
#include "payment_bots.hpp"

#include <banter/flow.hpp>
#include <banter/telegram/types.hpp>

#include <string>
#include <string_view>

namespace banter_side {

using namespace banter;
using bench::outcome;

namespace {

std::int64_t seen = 0;

std::int64_t length(std::string_view text) { return static_cast<std::int64_t>(text.size()); }
std::int64_t length(const std::optional<std::string_view>& text) {
    return text ? length(*text) : 0;
}

std::int64_t sum(const telegram::user& u) {
    return u.id() + u.is_bot() + u.is_premium().value_or(false) + length(u.first_name()) +
           length(u.last_name()) + length(u.username()) + length(u.language_code());
}
std::int64_t sum(const telegram::photo_size& p) {
    return length(p.file_id()) + length(p.file_unique_id()) + p.width() + p.height() +
           p.file_size().value_or(0);
}
std::int64_t sum(const telegram::chat& c) {
    return c.id() + length(c.type()) + length(c.title()) + length(c.first_name()) +
           length(c.last_name()) + length(c.username());
}
std::int64_t sum(const telegram::message& m) {
    std::int64_t out = m.message_id() + m.date() + sum(m.chat()) + length(m.text());
    if (const auto from = m.from()) out += sum(from);
    for (const auto e : m.entities()) out += length(e.type()) + e.offset() + e.length();
    for (const auto p : m.photo()) out += sum(p);
    if (const auto d = m.document()) {
        out += length(d.file_id()) + length(d.file_unique_id()) + length(d.file_name()) +
               length(d.mime_type()) + d.file_size().value_or(0);
        if (const auto thumbnail = d.thumbnail()) out += sum(thumbnail);
    }
    if (const auto other = m.reply_to_message()) out += sum(other);
    if (const auto markup = m.reply_markup())
        for (const auto row : markup.inline_keyboard())
            for (const auto b : row)
                out += length(b.text()) + length(b.callback_data()) + length(b.url());
    return out;
}
void read(const telegram::message& m, outcome what) {
    ++counts[what];
    seen += sum(m);
}
void read(const telegram::callback_query& c, outcome what) {
    ++counts[what];
    seen += length(c.id()) + length(c.chat_instance()) + length(c.data()) + sum(c.from());
    if (const auto m = c.message().as<telegram::message>()) seen += sum(m);
}

struct payment_whole {
    struct waiting_amount {};
    struct waiting_details {
        double amount;
    };
    struct waiting_receipt {
        double amount;
        std::string method;
    };

    static waiting_amount start(telegram::message all) {
        read(all, outcome::pay);
        return {};
    }
    static waiting_amount back(telegram::callback_query all) {
        read(all, outcome::back);
        return {};
    }
    static waiting_details amount(telegram::message all, matched<text> input) {
        read(all, outcome::amount);
        return {input.as<double>().value_or(0)};
    }
    static waiting_receipt bank(telegram::callback_query all, const waiting_details& here,
                                matched<callback<"bank_([0-9]+)">> choice) {
        read(all, outcome::bank);
        return {here.amount, std::string(choice.get<1>())};
    }
    static waiting_receipt wallet(telegram::callback_query all, const waiting_details& here,
                                  matched<callback<"wallet_(BTC|ETH|USDT)">> choice) {
        read(all, outcome::wallet);
        return {here.amount, std::string(choice.get<1>())};
    }
    static end receipt(telegram::message all) {
        read(all, outcome::receipt);
        return {};
    }
    static end cancel(telegram::message all) {
        read(all, outcome::cancel);
        return {};
    }
    static stay unexpected(telegram::message all) {
        read(all, outcome::unexpected);
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
static_assert(verify<payment_whole>);

}  // namespace

bench::player whole() {
    seen = 0;
    bench::player out = player_of<payment_whole, payment_whole>();
    out.total = [] { return static_cast<std::uint64_t>(seen); };
    return out;
}

}  // namespace banter_side
