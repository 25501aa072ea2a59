// What a handler of an inline, shipping or pre-checkout query answers with, declared like all that a
// context says: sent when the handler has returned. Such updates come from no chat, so there is no
// context& for them, and each kind of query has one of its own:
//
//   static void find(inline_context& ctx) { ctx.answer(list(article)); }
//   static void check(checkout_context& ctx) { ctx.approve(); }
//
// Declarations only; <banter/flow/handlers.hpp> has the bodies.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/incoming.hpp>
#include <banter/flow/outbox.hpp>
#include <banter/flow/parameters.hpp>
#include <banter/telegram/values.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>

namespace banter {

class inline_query_result;
struct inline_options;
struct shipping_option;

/// What all of them have.
class query_context {
  public:
    query_context(const incoming& update, outbox& effects) : update_(&update), effects_(&effects) {}

    /// The user who asks.
    [[nodiscard]] std::int64_t user_id() const { return head().user_id; }
    [[nodiscard]] std::string_view query_id() const { return head().query_id; }
    /// Everything the first decoding pass knows: names, language, ids.
    [[nodiscard]] const telegram::envelope& head() const { return update_->head(); }
    /// The whole update, and its user (Bot API: Update, User).
    [[nodiscard]] telegram::update update() const { return update_->update(); }
    [[nodiscard]] telegram::user user() const { return update_->user(); }

    /// Queues any call, in order with the others: ctx.send(send_message{...}).
    template <class M>
    void send(const M& method) {
        effects_->add(method);
    }
    /// Queues a call of a method that this library does not know; `parameters` is a JSON object.
    void send_raw(std::string_view method, std::string_view parameters) {
        effects_->add_raw(method, parameters);
    }

  protected:
    const incoming* update_;
    outbox* effects_;
};

/// Of an inline query.
class inline_context : public query_context {
  public:
    using query_context::query_context;

    /// What the user has typed behind the bot's name.
    [[nodiscard]] std::string_view query() const { return head().query; }
    /// Which results are wanted: the next_offset of the answer before; empty at first.
    [[nodiscard]] BANTER_DECL std::string_view offset() const;

    /// At most 50 results (answerInlineQuery).
    BANTER_DECL void answer(const list_of<inline_query_result>& results);
    BANTER_DECL void answer(const list_of<inline_query_result>& results,
                            const inline_options& options);
};

/// Of a shipping query, which comes where an invoice is flexible.
class shipping_context : public query_context {
  public:
    using query_context::query_context;

    /// The invoice's payload.
    [[nodiscard]] std::string_view payload() const { return head().query; }

    /// Delivery is possible, in one of these ways (answerShippingQuery).
    BANTER_DECL void accept(const list_of<shipping_option>& ways);
    /// It is not; the user reads why.
    BANTER_DECL void refuse(std::string_view why);
};

/// Of a pre-checkout query. It must be answered within 10 seconds.
class checkout_context : public query_context {
  public:
    using query_context::query_context;

    /// The invoice's payload.
    [[nodiscard]] std::string_view payload() const { return head().query; }

    /// The order goes through (answerPreCheckoutQuery).
    BANTER_DECL void approve();
    /// It does not; the user reads why.
    BANTER_DECL void refuse(std::string_view why);
};

namespace detail {

/// Named one by one: a parameter's type may be one that is only declared.
template <class T>
concept one_query_context = std::same_as<T, inline_context> || std::same_as<T, shipping_context> ||
                            std::same_as<T, checkout_context>;

template <class T>
inline constexpr update_kind query_of = update_kind::inline_query;
template <>
inline constexpr update_kind query_of<shipping_context> = update_kind::shipping_query;
template <>
inline constexpr update_kind query_of<checkout_context> = update_kind::pre_checkout_query;

/// They are the update's own, as its objects are.
template <one_query_context T>
struct reference_parameter<T> : comes<source::view, mask_of(query_of<T>)> {};

/// One of each, over the same update.
struct query_contexts : inline_context, shipping_context, checkout_context {
    query_contexts(const incoming& update, outbox& effects)
        : inline_context(update, effects), shipping_context(update, effects),
          checkout_context(update, effects) {}
};

}  // namespace detail
}  // namespace banter
