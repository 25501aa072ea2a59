// The floor of decoding: one pass of boost::json::basic_parser to the nine fields that the payment
// conversation uses, as one would write it by hand for this bot alone.
#pragma once

#include <boost/json/basic_parser_impl.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace floors {

/// The nine fields: update_id, user, chat, message id, text, whether it is a command, the id and
/// the data of a callback query, and whether there is a document or a photo.
struct fields {
    std::int64_t update_id;
    std::int64_t user_id;
    std::int64_t chat_id;
    std::int64_t message_id;
    std::string_view text;
    std::string_view callback_id;
    std::string_view data;
    bool is_command;
    bool has_file;
};

/// Takes the events of basic_parser. Only keys at the depths that matter are looked at; strings
/// without escapes stay views into the input, the few others are put together in a reused buffer.
class sax_handler {
  public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    using error = boost::system::error_code;
    using view = boost::json::string_view;

    fields out{};

    void reset() {
        out = {};
        depth_ = 0;
        wanted_ = want::none;
        place_ = place::update;
        text_buffer_.clear();
        data_buffer_.clear();
        parts_ = nullptr;
    }

    bool on_document_begin(error&) { return true; }
    bool on_document_end(error&) { return true; }

    bool on_object_begin(error&) {
        ++depth_;
        if (depth_ == 3) {
            if (wanted_ == want::from) place_ = place::from;
            else if (wanted_ == want::chat) place_ = place::chat;
            else if (wanted_ == want::message) place_ = place::callback_message;
        } else if (depth_ == 4) {
            if (wanted_ == want::chat && place_ == place::callback_message) {
                place_ = place::callback_chat;
            } else if (in_entities_) {
                offset_ = -1;
                command_type_ = false;
            }
        }
        wanted_ = want::none;
        return true;
    }
    bool on_object_end(std::size_t, error&) {
        if (depth_ == 4) {
            if (place_ == place::callback_chat) place_ = place::callback_message;
            else if (in_entities_ && command_type_ && offset_ == 0) out.is_command = true;
        } else if (depth_ == 3) {
            place_ = callback_ ? place::callback : place::message;
        }
        --depth_;
        return true;
    }
    bool on_array_begin(error&) {
        if (++depth_ == 3 && wanted_ == want::entities) in_entities_ = true;
        wanted_ = want::none;
        return true;
    }
    bool on_array_end(std::size_t, error&) {
        if (depth_-- == 3) in_entities_ = false;
        return true;
    }

    bool on_key_part(view, std::size_t, error&) { return true; }
    bool on_key(view key, std::size_t, error&) {
        wanted_ = want::none;
        switch (depth_) {
            case 1:
                if (key == "update_id") wanted_ = want::update_id;
                else if (key == "message") begin_payload(place::message);
                else if (key == "callback_query") begin_payload(place::callback);
                break;
            case 2:
                if (callback_) {
                    if (key == "id") wanted_ = want::callback_id;
                    else if (key == "from") wanted_ = want::from;
                    else if (key == "message") wanted_ = want::message;
                    else if (key == "data") wanted_ = want::data;
                } else {
                    if (key == "message_id") wanted_ = want::message_id;
                    else if (key == "from") wanted_ = want::from;
                    else if (key == "chat") wanted_ = want::chat;
                    else if (key == "text") wanted_ = want::text;
                    else if (key == "entities") wanted_ = want::entities;
                    else if (key == "photo" || key == "document") out.has_file = true;
                }
                break;
            case 3:
                if (place_ == place::from) {
                    if (key == "id") wanted_ = want::user_id;
                } else if (place_ == place::chat) {
                    if (key == "id") wanted_ = want::chat_id;
                } else if (place_ == place::callback_message) {
                    if (key == "message_id") wanted_ = want::message_id;
                    else if (key == "chat") wanted_ = want::chat;
                }
                break;
            case 4:
                if (place_ == place::callback_chat) {
                    if (key == "id") wanted_ = want::chat_id;
                } else if (in_entities_) {
                    if (key == "offset") wanted_ = want::offset;
                    else if (key == "type") wanted_ = want::type;
                }
                break;
            default: break;
        }
        return true;
    }

    bool on_string_part(view part, std::size_t, error&) {
        if (wanted_ == want::text) (parts_ = &text_buffer_)->append(part.data(), part.size());
        else if (wanted_ == want::data) (parts_ = &data_buffer_)->append(part.data(), part.size());
        return true;
    }
    bool on_string(view last, std::size_t, error&) {
        switch (wanted_) {
            case want::text: out.text = whole(last); break;
            case want::data: out.data = whole(last); break;
            case want::callback_id: out.callback_id = {last.data(), last.size()}; break;
            case want::type: command_type_ = last == "bot_command"; break;
            default: break;
        }
        wanted_ = want::none;
        return true;
    }
    bool on_number_part(view, error&) { return true; }
    bool on_int64(std::int64_t value, view, error&) {
        switch (wanted_) {
            case want::update_id: out.update_id = value; break;
            case want::message_id: out.message_id = value; break;
            case want::user_id: out.user_id = value; break;
            case want::chat_id: out.chat_id = value; break;
            case want::offset: offset_ = value; break;
            default: break;
        }
        return true;
    }
    bool on_uint64(std::uint64_t, view, error&) { return true; }
    bool on_double(double, view, error&) { return true; }
    bool on_bool(bool, error&) { return true; }
    bool on_null(error&) { return true; }
    bool on_comment_part(view, error&) { return true; }
    bool on_comment(view, error&) { return true; }

  private:
    enum class want : unsigned char {
        none, update_id, message_id, from, chat, message, text, entities, data, callback_id,
        user_id, chat_id, offset, type,
    };
    enum class place : unsigned char {
        update, message, callback, from, chat, callback_message, callback_chat,
    };

    void begin_payload(place where) {
        place_ = where;
        callback_ = where == place::callback;
    }

    std::string_view whole(view last) {
        if (parts_ == nullptr) return {last.data(), last.size()};
        parts_->append(last.data(), last.size());
        const std::string_view all = *parts_;
        parts_ = nullptr;
        return all;
    }

    int depth_ = 0;
    want wanted_ = want::none;
    place place_ = place::update;
    bool callback_ = false;
    bool in_entities_ = false;
    bool command_type_ = false;
    std::int64_t offset_ = -1;
    std::string text_buffer_, data_buffer_;
    std::string* parts_ = nullptr;
};

class sax_reader {
  public:
    sax_reader() : parser_(boost::json::parse_options{}) {}
    /// False if the text is no JSON.
    bool read(std::string_view json) {
        parser_.reset();
        parser_.handler().reset();
        boost::system::error_code ec;
        parser_.write_some(false, json.data(), json.size(), ec);
        return !ec;
    }
    [[nodiscard]] const fields& get() { return parser_.handler().out; }

  private:
    boost::json::basic_parser<sax_handler> parser_;
};

}  // namespace floors
