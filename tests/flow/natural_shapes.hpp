// What the tests of natural shapes share: a bot on a gateway that answers later, never inside the
// call, so that every co_await really suspends; and what it sent, as one text.
//
// Texts are long everywhere: longer than what std::string keeps inside itself, so that a string
// destroyed twice or read too late is an error under AddressSanitizer.
#pragma once

#include "counting_gateway.hpp"

#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
#include <banter/telegram/text.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace natural {

using namespace banter;

inline constexpr std::string_view argument = "an argument that is long enough for the heap";

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

}  // namespace natural
