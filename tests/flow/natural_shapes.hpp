// What the tests of natural shapes share: a bot on a gateway that answers later, never inside the
// call, so that every co_await really suspends; and what it sent, as one text.
//
// Texts are long everywhere: longer than what std::string keeps inside itself, so that a string
// destroyed twice or read too late is an error under AddressSanitizer.
#pragma once

// With -fsanitize=address, g++ 12 takes Asio's recycled frames for a mismatch of new and delete.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include "counting_gateway.hpp"

#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
#include <banter/telegram/text.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace natural {

using namespace banter;

inline constexpr std::string_view argument = "words that live on the heap";

/// What the error handlers heard; emptied by each bench.
inline std::vector<std::string> errors;

inline void note_error(const failure& what) { errors.push_back(what.what); }

inline std::int64_t next_update_id = 1;

inline std::string origin(std::int64_t user) {
    return concat(R"("from":{"id":)", user, R"(,"is_bot":false,"first_name":"Anna"},"chat":{"id":)",
                  user, R"(,"type":"private"},"date":1)");
}
inline std::string text_update(std::int64_t user, std::string_view text) {
    std::string entities;
    if (text.starts_with('/'))
        entities = concat(R"(,"entities":[{"type":"bot_command","offset":0,"length":)",
                          std::min(text.find(' '), text.size()), "}]");
    return concat(R"({"update_id":)", next_update_id++, R"(,"message":{"message_id":7,)",
                  origin(user), R"(,"text":")", text, '"', entities, "}}");
}
inline std::string document_update(std::int64_t user, std::string_view file_id) {
    return concat(R"({"update_id":)", next_update_id++, R"(,"message":{"message_id":8,)",
                  origin(user), R"(,"document":{"file_id":")", file_id,
                  R"(","file_unique_id":"u"}}})");
}
inline std::string press_update(std::int64_t user, std::string_view data) {
    return concat(R"({"update_id":)", next_update_id++,
                  R"(,"callback_query":{"id":"q1","from":{"id":)", user,
                  R"(,"is_bot":false,"first_name":"Anna"},"message":{"message_id":9,)",
                  origin(user), R"(},"chat_instance":"1","data":")", data, R"("}})");
}

inline const std::string message_result =
    R"({"ok":true,"result":{"message_id":55,"date":1,"chat":{"id":1,"type":"private"},)"
    R"("text":"a text that came back and that is long"}})";

/// A bot over a counting gateway.
template <class... Bots>
struct bench {
    counting_gateway net;
    bot api{gateway(net)};
    dispatcher<Bots...> bot_{api, services<>{}};

    bench() { errors.clear(); }

    /// The next call is answered with this body.
    void answer(std::string body) { net.answers.push_back({{}, answer_of(std::move(body))}); }
    void refuse(int code, std::string_view why) {
        net.answers.push_back({{}, answer_of(concat(R"({"ok":false,"error_code":)", code,
                                                    R"(,"description":")", why, R"("})"), code)});
    }
    void cut() {
        net.answers.push_back({boost::asio::error::connection_reset, banter::answer{}});
    }

    /// What the bot sent because of this update: a line for each call.
    std::string after(const std::string& update) {
        net.calls.clear();
        std::int64_t id = 0;
        CHECK(bot_.offer(update, id) != accepted::busy);
        net.run();
        CHECK(bot_.in_flight() == 0);
        std::string said;
        for (const request& call : net.calls) {
            said += concat(call.method, ' ', call.body, '\n');
            for (const upload& file : call.uploads)
                said += concat("  ", file.name, ' ', file.file_name, ' ', file.path, file.bytes,
                               '\n');
        }
        return said;
    }
    /// After a command with the long argument.
    std::string after_command(std::string_view name) {
        return after(text_update(1, concat('/', name, ' ', argument)));
    }

  private:
    static banter::answer answer_of(std::string body, int status = 200) {
        return {status, std::move(body)};
    }
};

/// Counts itself: each one made is destroyed once.
struct counted {
    static inline int alive = 0;
    explicit counted(std::string held) : text(std::move(held)) { ++alive; }
    counted(const counted& other) : text(other.text) { ++alive; }
    counted(counted&& other) noexcept : text(std::move(other.text)) { ++alive; }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) = default;
    ~counted() { --alive; }
    std::string text;
};

inline boost::asio::awaitable<std::string> later(bot& api, std::string text) {
    co_await api(get_chat_member_count{.chat_id = 5});
    co_return concat(text, " [later]");
}
/// The replies of what the bot sent, without the helper's calls.
inline std::string replies(const std::string& said) {
    std::string out;
    for (std::size_t at = 0; at < said.size();) {
        const std::size_t stop = said.find('\n', at);
        const std::string_view line = std::string_view(said).substr(at, stop - at);
        if (!line.starts_with("getChatMemberCount")) out += concat(line, '\n');
        at = stop + 1;
    }
    return out;
}

/// A bench whose helpers' calls are all answered with a number.
template <class Bot>
struct numbered_bench : bench<Bot> {
    std::string after(const std::string& update) {
        this->net.answers.clear();
        for (int i = 0; i != 12; ++i) this->answer(R"({"ok":true,"result":17})");
        return replies(bench<Bot>::after(update));
    }
    std::string after_command(std::string_view name) {
        return after(natural::text_update(1, concat('/', name, ' ', natural::argument)));
    }
    std::string error_after(std::string_view name) {
        natural::errors.clear();
        CHECK(after_command(name) == "");
        REQUIRE(natural::errors.size() == 1);
        return natural::errors.front();
    }
};

}  // namespace natural
