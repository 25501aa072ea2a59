// The floor of reading a whole message: Boost.JSON's document, and an owning struct of everything
// that the conversation's updates hold, filled in one pass over the keys that are present.
#pragma once

#include "sax_floor.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace floors {

/// Parses into one buffer that is used again and again.
class document_parser {
  public:
    document_parser() : buffer_(std::make_unique<unsigned char[]>(size)) {}
    /// Calls use(value); the value dies afterwards.
    template <class Use>
    void parse(std::string_view json, Use&& use) {
        boost::json::monotonic_resource memory(buffer_.get(), size);
        parser_.reset(&memory);
        parser_.write(json.data(), json.size());
        const boost::json::value document = parser_.release();
        use(document);
    }

  private:
    static constexpr std::size_t size = 64 * 1024;
    std::unique_ptr<unsigned char[]> buffer_;
    boost::json::parser parser_;
};

namespace owning {

struct user {
    std::int64_t id = 0;
    bool is_bot = false;
    bool is_premium = false;
    std::string first_name, last_name, username, language_code;
};
struct chat {
    std::int64_t id = 0;
    std::string type, title, first_name, last_name, username;
};
struct entity {
    std::string type;
    std::int64_t offset = 0;
    std::int64_t length = 0;
};
struct photo_size {
    std::string file_id, file_unique_id;
    std::int64_t width = 0, height = 0, file_size = 0;
};
struct document {
    std::string file_id, file_unique_id, file_name, mime_type;
    std::optional<photo_size> thumbnail;
    std::int64_t file_size = 0;
};
struct button {
    std::string text, callback_data, url;
};
struct message {
    std::int64_t message_id = 0;
    std::int64_t date = 0;
    std::optional<user> from;
    floors::owning::chat chat;
    std::string text;
    std::vector<entity> entities;
    std::vector<photo_size> photo;
    std::optional<floors::owning::document> document;
    std::unique_ptr<message> reply_to_message;
    std::vector<std::vector<button>> keyboard;
};
struct callback_query {
    std::string id, chat_instance, data;
    user from;
    std::optional<owning::message> message;
};
struct update {
    std::int64_t update_id = 0;
    std::optional<owning::message> message;
    std::optional<owning::callback_query> callback_query;
};

update read(const boost::json::value& json);

/// Touches every field, and returns a sum that two ways of reading must agree on.
std::int64_t sum(const update& all);

/// What the hand-written bot needs of it.
fields fields_of(const update& all);

}  // namespace owning
}  // namespace floors
