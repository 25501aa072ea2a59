// Updates as Telegram sends them, for tests of the flow alone, and a bot over a counting gateway.
#pragma once

#include "counting_gateway.hpp"

#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
#include <banter/telegram/text.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using banter::concat;

inline std::int64_t next_id = 1;

inline std::string from(std::int64_t user) {
    return concat(R"("from":{"id":)", user, R"(,"is_bot":false,"first_name":"Anna"},"chat":{"id":)",
                  user, R"(,"type":"private"},"date":1)");
}
inline std::string text_update(std::int64_t user, std::string_view text) {
    std::string entities;
    if (text.starts_with('/'))
        entities = concat(R"(,"entities":[{"type":"bot_command","offset":0,"length":)",
                          std::min(text.find(' '), text.size()), "}]");
    return concat(R"({"update_id":)", next_id++, R"(,"message":{"message_id":7,)", from(user),
                  R"(,"text":")", text, '"', entities, "}}");
}
inline std::string photo_update(std::int64_t user) {
    return concat(R"({"update_id":)", next_id++, R"(,"message":{"message_id":8,)", from(user),
                  R"(,"photo":[{"file_id":"small"},{"file_id":"large"}]}})");
}
inline std::string press_update(std::int64_t user, std::string_view data) {
    return concat(R"({"update_id":)", next_id++,
                  R"(,"callback_query":{"id":"q1","from":{"id":)", user,
                  R"(,"is_bot":false,"first_name":"Anna"},"message":{"message_id":9,)", from(user),
                  R"(},"chat_instance":"1","data":")", data, R"("}})");
}
inline std::string edited_update(std::int64_t user, std::string_view text) {
    return concat(R"({"update_id":)", next_id++, R"(,"edited_message":{"message_id":7,)",
                  from(user), R"(,"text":")", text, R"("}})");
}

/// A bot over a counting gateway.
template <class Dispatcher>
struct bench_of {
    counting_gateway net;
    banter::bot api{banter::gateway(net)};
    Dispatcher bot_;
    std::vector<std::int64_t> done;

    template <class... Given>
    explicit bench_of(Given&&... given) : bot_(api, std::forward<Given>(given)...) {
        bot_.on_done({[](void* self, std::int64_t id) {
                          static_cast<bench_of*>(self)->done.push_back(id);
                      },
                      this});
    }
    banter::accepted offer(const std::string& json) {
        std::int64_t id = 0;
        return bot_.offer(json, id);
    }
    void send(const std::string& json) {
        offer(json);
        net.run();
    }
    std::string last_method() { return net.calls.empty() ? "" : net.calls.back().method; }
    std::string last_body() { return net.calls.empty() ? "" : net.calls.back().body; }
};

template <class... Bots>
struct bench : bench_of<banter::dispatcher<Bots...>> {
    bench() : bench_of<banter::dispatcher<Bots...>>(banter::services<>{}) {}
};
