// Takes an amount, a way to pay and a receipt; an administrator decides.
//
//   (outside) --/pay--> waiting_amount --text--> waiting_details --button--> waiting_receipt
//   --photo or file--> (outside).  /pay starts again from anywhere, /cancel ends.
//
// The conversation's data is in its states. What outlives it is typed user and bot data: a user's
// history, and the receipts on the administrator's desk.
#include <banter/banter.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace banter;

namespace {

constexpr std::int64_t administrator = 1001004;

struct profile {
    std::vector<std::string> history;
};

struct desk {
    struct receipt {
        std::int64_t chat;
        std::string amount;
    };
    int last = 0;
    std::map<int, receipt> open;
};

/// An amount as it was typed, trimmed and with a decimal point; empty if it is none between 0 and
/// 100000.
std::string amount_in(std::string_view typed) {
    std::string amount = parse<std::string>(typed).value_or("");
    std::replace(amount.begin(), amount.end(), ',', '.');
    const auto value = parse<double>(plain_number(amount));
    if (!value || *value <= 0 || *value > 100000) return {};
    return amount;
}

/// What somebody typed, to be repeated in an answer, which must not be longer than a message can be.
std::string_view repeatable(std::string_view typed) {
    return typed.size() <= 4000 ? typed : "(a long text)";
}

// Kinds of messages that the catch-all answers besides new ones.
constexpr auto other_message =
    edited_message || business_message || edited_business_message || guest_message;

}  // namespace

struct payment {
    struct waiting_amount {};
    struct waiting_details {
        std::string amount;
        static constexpr auto keyboard = inline_keyboard(
            row(button<"bank_1">("North Bank"), button<"bank_2">("South Bank")),
            row(button<"wallet_BTC">("BTC"), button<"wallet_ETH">("ETH"),
                button<"wallet_USDT">("USDT")),
            row(button<"back">("Back")));
    };
    struct waiting_receipt {
        std::string amount;
        std::string way;
    };

    static waiting_amount start(context& ctx) {
        ctx.reply("How much do you pay?");
        return {};
    }

    static next<waiting_details, stay> amount(context& ctx, matched<text> input) {
        std::string amount = amount_in(input);
        if (amount.empty()) {
            ctx.reply(concat("That is no amount: ", repeatable(input.text())));
            return stay{};
        }
        ctx.reply(concat("Paying ", amount, ". Choose a way."), waiting_details::keyboard);
        return waiting_details{std::move(amount)};
    }

    static next<waiting_receipt, stay> bank(context& ctx, waiting_details& here,
                                            matched<callback<"bank_([0-9]+)">> choice) {
        if (choice.get<1>() == "1") return chosen(ctx, here, "North Bank");
        if (choice.get<1>() == "2") return chosen(ctx, here, "South Bank");
        ctx.answer("There is no such bank.", {.show_alert = true});
        return stay{};
    }

    static waiting_receipt wallet(context& ctx, waiting_details& here,
                                  matched<callback<"wallet_(BTC|ETH|USDT)">> choice) {
        return chosen(ctx, here, choice.get<1>());
    }

    static waiting_amount back(context& ctx) {
        ctx.answer();
        ctx.edit("How much do you pay?");
        return {};
    }

    static end receipt(context& ctx, waiting_receipt& here, user_data<profile>& user,
                       bot_data<desk>& office) {
        const int number = ++office->last;
        office->open[number] = {ctx.chat_id(), here.amount};
        user->history.push_back(concat(here.amount, '/', here.way));
        ctx.reply(concat("Receipt ", number, " for ", here.amount, " is under review."));
        const std::string report = concat("Receipt ", number, ": ", here.amount, " by ", here.way);
        ctx.send(send_message{.chat_id = administrator,
                              .text = report,
                              .reply_markup = inline_keyboard(row(
                                  dynamic_button("Approve", concat("approve_", number)),
                                  dynamic_button("Reject", concat("reject_", number))))});
        return {};
    }

    static end cancel(context& ctx) {
        ctx.reply("Cancelled.");
        return {};
    }
    static void unexpected_command(context& ctx) {
        ctx.reply(concat("Not now: ", repeatable(ctx.text())));
    }
    static void unexpected(context& ctx) { ctx.reply("Use the buttons or /cancel."); }
    /// What was said is said: corrections of it change nothing.
    static void ignore() {}

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"pay">, start, in_menu("Pay an amount"))),
            state<waiting_amount>(on(text && !command<>, amount),
                                  on(other_message && text && !command<>, ignore)),
            state<waiting_details>(on(callback<"bank_([0-9]+)">, bank),
                                   on(callback<"wallet_(BTC|ETH|USDT)">, wallet),
                                   on(callback<"back">, back)),
            state<waiting_receipt>(on(document || photo, receipt),
                                   on(other_message && (document || photo), ignore)),
            fallbacks(on(command<"cancel">, cancel, in_menu("Give up the payment")),
                      on(command<>, unexpected_command),
                      on((message || other_message) && !command<>, unexpected)),
            allow_reentry);
    }

  private:
    static waiting_receipt chosen(context& ctx, const waiting_details& here, std::string_view way) {
        ctx.answer();
        ctx.edit(concat("Send ", here.amount, " by <b>", escape_html(way),
                        "</b>, then a photo or file of the receipt."),
                 {.parse_mode = parse_mode::html});
        return {here.amount, std::string(way)};
    }
};

/// What there is outside of the conversation: the administrator's buttons, and two texts.
struct office {
    static void review(context& ctx, bot_data<desk>& office,
                       matched<callback<"(approve|reject)_([0-9]+)">> decision) {
        if (ctx.user_id() != administrator) {
            ctx.answer("This is not for you.", {.show_alert = true});
            return;
        }
        const auto number = parse<int>(decision.get<2>());
        const auto found = number ? office->open.find(*number) : office->open.end();
        if (found == office->open.end()) {
            ctx.answer("That is decided already.");
            return;
        }
        const desk::receipt receipt = found->second;
        office->open.erase(found);
        ctx.answer();
        ctx.edit(concat("Receipt ", *number, ": ", decision.get<1>()));
        ctx.send(send_message{.chat_id = receipt.chat,
                              .text = concat("Receipt ", *number, " for ", receipt.amount, ": ",
                                             decision.get<1>())});
    }

    static void stale(context& ctx) {
        ctx.answer("This button is out of date.", {.show_alert = true});
    }

    static void history(context& ctx, user_data<profile>& user) {
        std::string lines;
        for (const std::string& entry : user->history) lines += entry + '\n';
        ctx.reply(lines.empty() ? std::string_view("Nothing yet.") : std::string_view(lines));
    }

    static void hint(context& ctx) { ctx.reply("Type /pay to begin."); }

    static constexpr auto flow() {
        return handlers(on(callback<"(approve|reject)_([0-9]+)">, review),
                        on(callback<>, stale),
                        on(command<"history">, history, in_menu("What was paid so far")),
                        on(text, hint));
    }
};

int main() { return run<payment, office>(); }
