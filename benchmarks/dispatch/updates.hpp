// A seeded maker of the updates of the payment conversation, as a Bot API server sends them: one
// compact JSON object each, characters over U+007F as \uXXXX. It plays the conversation itself, so
// it knows how often every handler must run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// What the bot must do with an update. `dropped`: no handler takes it.
enum class outcome : std::uint8_t {
    pay, amount, bank, wallet, back, receipt, cancel, unexpected, dropped,
};
inline constexpr std::size_t outcome_count = 9;
inline constexpr std::array<std::string_view, outcome_count> outcome_names{
    "pay", "amount", "bank", "wallet", "back", "receipt", "cancel", "unexpected", "dropped"};

/// How often each handler ran, and how many conversations are open at the end.
struct tally {
    std::array<std::uint64_t, outcome_count> times{};
    std::uint64_t active = 0;

    std::uint64_t& operator[](outcome what) { return times[static_cast<std::size_t>(what)]; }
    std::uint64_t operator[](outcome what) const { return times[static_cast<std::size_t>(what)]; }
    bool operator==(const tally&) const = default;
};

struct update_set {
    std::string text;                      // all lines
    std::vector<std::string_view> lines;   // views into it
    tally expected;
};

/// Makes `count` updates of `users` users. The conversation they play:
///   idle: /pay -> amount; amount: a text that is no command -> details;
///   details: bank_<digits> | wallet_(BTC|ETH|USDT) -> receipt, back -> amount;
///   receipt: a document or photo -> idle;
///   in any state: /pay -> amount, /cancel -> idle, any other command is answered and changes
///   nothing.
class update_maker {
  public:
    update_maker(std::uint64_t seed, std::size_t users);

    /// One more update, played by a random user.
    std::string next();
    /// Everybody sends /pay, then everybody an amount: `users` conversations in the state details.
    std::vector<std::string> everybody_waits();

    [[nodiscard]] tally expected() const;

  private:
    enum class stage : std::uint8_t { idle, amount, details, receipt };
    struct person {
        std::int64_t id;
        std::string from;   // the JSON object
        std::string chat;
        stage at = stage::idle;
        std::int64_t message_id = 1;
    };

    std::uint64_t random(std::uint64_t below);
    bool chance(unsigned percent) { return random(100) < percent; }
    std::string random_text(std::size_t length);
    std::string number(std::uint64_t value) { return std::to_string(value); }
    person make_person(std::size_t i);

    std::string message(person& by, std::string_view fields);
    std::string command(person& by, std::string_view text);
    std::string text(person& by, std::string_view said, bool to_prompt);
    std::string press(person& by, std::string_view data);
    std::string photo(person& by);
    std::string document(person& by);
    std::string bot_message(const person& in, std::string_view text);
    std::string amount();
    std::string act(person& by);
    std::string done(person& by, outcome what, stage next, std::string json);

    std::uint64_t state_;
    std::vector<person> people_;
    std::int64_t update_id_ = 700'000'000;
    std::int64_t date_ = 1'790'000'000;
    tally expected_;
};

update_set make_updates(std::uint64_t seed, std::size_t count, std::size_t users);

/// Reads one JSON update a line, and the counts from FILE.expected.json. Throws std::runtime_error.
update_set read_updates(const std::string& file);
void write_updates(const update_set& updates, const std::string& file);

}  // namespace bench
