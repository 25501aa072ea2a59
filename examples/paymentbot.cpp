// Payments: invoices with and without shipping, and the questions that Telegram asks before it takes
// the money. (For what one does with a token of @BotFather's, see core.telegram.org/bots/payments.)
//
//   /shipping --> shipping query --> pre-checkout query --> successful payment
//   /noshipping --------------------> pre-checkout query --> successful payment
#include <banter/banter.hpp>

using namespace banter;

struct shop {
    static constexpr std::string_view payload = "Custom-Payload";  // says which invoice was paid
    static constexpr std::string_view provider = "PAYMENT_PROVIDER_TOKEN";
    static constexpr std::int64_t price = 100;  // in the currency's smallest unit: one dollar

    static void start(context& ctx) {
        ctx.reply("Send /shipping for an invoice of goods, or /noshipping for one without.");
    }

    static void goods(context& ctx) {
        send_invoice bill = invoice_for(ctx);
        bill.need_name = bill.need_phone_number = bill.need_email = true;
        bill.need_shipping_address = true;
        bill.is_flexible = true;  // the price depends on the address: a shipping query comes
        send_bill(ctx, bill);
    }
    static void download(context& ctx) { send_bill(ctx, invoice_for(ctx)); }

    static task<> shipping(bot& api, telegram::shipping_query query) {
        if (query.invoice_payload() != payload) {
            co_await api(answer_shipping_query{.shipping_query_id = query.id(),
                                               .ok = false,
                                               .error_message = "This is none of our invoices."});
            co_return;
        }
        const auto slow = list(labeled_price{.label = "By land", .amount = 100});
        const auto fast = list(labeled_price{.label = "By air", .amount = 150},
                               labeled_price{.label = "At once", .amount = 200});
        co_await api(answer_shipping_query{
            .shipping_query_id = query.id(),
            .ok = true,
            .shipping_options =
                list(shipping_option{.id = "1", .title = "Ordinary", .prices = slow},
                     shipping_option{.id = "2", .title = "Express", .prices = fast})});
    }

    /// The last chance to say no; to be answered within ten seconds.
    static task<> checkout(bot& api, telegram::pre_checkout_query query) {
        answer_pre_checkout_query verdict{.pre_checkout_query_id = query.id(), .ok = true};
        if (query.invoice_payload() != payload) {
            verdict.ok = false;
            verdict.error_message = "This is none of our invoices.";
        }
        co_await api(verdict);
    }

    static void paid(context& ctx) { ctx.reply("Thank you for your payment!"); }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start),
                        on(command<"shipping">, goods, in_menu("Buy something to be sent")),
                        on(command<"noshipping">, download, in_menu("Buy something to download")),
                        on(shipping_query, shipping), on(pre_checkout_query, checkout),
                        on(successful_payment, paid));
    }

  private:
    static constexpr labeled_price prices[] = {{.label = "Test", .amount = price}};

    static send_invoice invoice_for(const context& ctx) {
        return {.chat_id = ctx.chat_id(),
                .title = "An example",
                .description = "Something that shows how payments work",
                .payload = payload,
                .currency = "USD",
                .prices = prices,
                .provider_token = provider};
    }
    static void send_bill(context& ctx, const send_invoice& bill) { ctx.send(bill); }
};

int main() { return run<shop>(); }
