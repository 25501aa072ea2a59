// One update on its way through the bot: its text, what the first decoding pass read of it, and
// the whole document, parsed when somebody asks for it. Reused for the next update: in the steady
// state it allocates nothing.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/filter_program.hpp>
#include <banter/telegram/envelope.hpp>
#include <banter/telegram/types.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace banter {

class incoming {
  public:
    incoming();
    ~incoming();
    incoming(const incoming&) = delete;
    incoming& operator=(const incoming&) = delete;

    /// Takes an update in. The text is copied.
    telegram::decode_fault read(std::string_view json);

    /// What the first decoding pass read.
    [[nodiscard]] const telegram::envelope& head() const { return head_; }
    /// The update as it was sent.
    [[nodiscard]] std::string_view json() const { return json_; }
    /// The whole update (Bot API: Update). Parsed at the first call.
    [[nodiscard]] telegram::update update() const;
    /// The message the update brings, of whichever of the seven message kinds; null for others.
    [[nodiscard]] telegram::message message() const;
    /// The user behind the update: who wrote, pressed, voted...; null if nobody is named.
    [[nodiscard]] telegram::user user() const;
    /// The chat of the update; null if there is none.
    [[nodiscard]] telegram::chat chat() const;

    /// The user name of the bot that reads, to tell /cmd@ThisBot from /cmd@OtherBot.
    void set_bot_username(std::string_view name) { bot_username_ = name; }
    /// The command's name without slash and bot name; empty where the update brings no command or
    /// one that is addressed to another bot.
    [[nodiscard]] std::string_view own_command() const;
    /// What stands behind the command, with white space trimmed on both sides.
    [[nodiscard]] std::string_view command_rest() const;

  private:
    struct document;
    std::string json_;
    telegram::envelope head_;
    telegram::envelope_reader reader_;
    std::string_view bot_username_;
    mutable std::unique_ptr<document> document_;
};

namespace detail {

/// Compares ASCII letters without case, as Telegram compares command and user names.
[[nodiscard]] constexpr bool equal_without_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// The truth of an atom for an update at hand. Run-time predicates are the caller's.
[[nodiscard]] truth ask_update(const incoming& update, const filter_node& atom);

/// Whether an update fits a filter without run-time predicates.
template <class F>
[[nodiscard]] bool fits(const incoming& update) {
    return evaluate(plain_program<F>, [&](const filter_node& atom) {
               return ask_update(update, atom);
           }) == truth::yes;
}

}  // namespace detail
}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/incoming.ipp>
#endif
