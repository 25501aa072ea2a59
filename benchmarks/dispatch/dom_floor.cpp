#include "dom_floor.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace floors::owning {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// Calls on_member(key, value) for the keys that are there.
template <class OnMember>
void each(const value& from, OnMember on_member) {
    for (const auto& member : from.as_object())
        on_member(std::string_view(member.key().data(), member.key().size()), member.value());
}
std::string text_of(const value& from) {
    const auto& text = from.as_string();
    return {text.data(), text.size()};
}

user read_user(const value& from) {
    user out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "id") out.id = v.as_int64();
        else if (key == "is_bot") out.is_bot = v.as_bool();
        else if (key == "first_name") out.first_name = text_of(v);
        else if (key == "last_name") out.last_name = text_of(v);
        else if (key == "username") out.username = text_of(v);
        else if (key == "language_code") out.language_code = text_of(v);
        else if (key == "is_premium") out.is_premium = v.as_bool();
    });
    return out;
}

chat read_chat(const value& from) {
    chat out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "id") out.id = v.as_int64();
        else if (key == "type") out.type = text_of(v);
        else if (key == "title") out.title = text_of(v);
        else if (key == "first_name") out.first_name = text_of(v);
        else if (key == "last_name") out.last_name = text_of(v);
        else if (key == "username") out.username = text_of(v);
    });
    return out;
}

entity read_entity(const value& from) {
    entity out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "type") out.type = text_of(v);
        else if (key == "offset") out.offset = v.as_int64();
        else if (key == "length") out.length = v.as_int64();
    });
    return out;
}

photo_size read_photo(const value& from) {
    photo_size out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "file_id") out.file_id = text_of(v);
        else if (key == "file_unique_id") out.file_unique_id = text_of(v);
        else if (key == "width") out.width = v.as_int64();
        else if (key == "height") out.height = v.as_int64();
        else if (key == "file_size") out.file_size = v.as_int64();
    });
    return out;
}

document read_document(const value& from) {
    document out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "file_id") out.file_id = text_of(v);
        else if (key == "file_unique_id") out.file_unique_id = text_of(v);
        else if (key == "file_name") out.file_name = text_of(v);
        else if (key == "mime_type") out.mime_type = text_of(v);
        else if (key == "thumbnail") out.thumbnail = read_photo(v);
        else if (key == "file_size") out.file_size = v.as_int64();
    });
    return out;
}

button read_button(const value& from) {
    button out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "text") out.text = text_of(v);
        else if (key == "callback_data") out.callback_data = text_of(v);
        else if (key == "url") out.url = text_of(v);
    });
    return out;
}

template <class T, class Read>
void read_list(const value& from, std::vector<T>& into, Read read_one) {
    const array& list = from.as_array();
    into.reserve(list.size());
    for (const value& element : list) into.push_back(read_one(element));
}

message read_message(const value& from) {
    message out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "message_id") out.message_id = v.as_int64();
        else if (key == "date") out.date = v.as_int64();
        else if (key == "from") out.from = read_user(v);
        else if (key == "chat") out.chat = read_chat(v);
        else if (key == "text") out.text = text_of(v);
        else if (key == "entities") read_list(v, out.entities, read_entity);
        else if (key == "photo") read_list(v, out.photo, read_photo);
        else if (key == "document") out.document = read_document(v);
        else if (key == "reply_to_message")
            out.reply_to_message = std::make_unique<message>(read_message(v));
        else if (key == "reply_markup")
            read_list(v.as_object().at("inline_keyboard"), out.keyboard, [](const value& row) {
                std::vector<button> buttons;
                read_list(row, buttons, read_button);
                return buttons;
            });
    });
    return out;
}

callback_query read_callback(const value& from) {
    callback_query out;
    each(from, [&](std::string_view key, const value& v) {
        if (key == "id") out.id = text_of(v);
        else if (key == "from") out.from = read_user(v);
        else if (key == "message") out.message = read_message(v);
        else if (key == "chat_instance") out.chat_instance = text_of(v);
        else if (key == "data") out.data = text_of(v);
    });
    return out;
}

std::int64_t length(const std::string& text) { return static_cast<std::int64_t>(text.size()); }

std::int64_t sum(const user& u) {
    return u.id + u.is_bot + u.is_premium + length(u.first_name) + length(u.last_name) +
           length(u.username) + length(u.language_code);
}
std::int64_t sum(const photo_size& p) {
    return length(p.file_id) + length(p.file_unique_id) + p.width + p.height + p.file_size;
}
std::int64_t sum(const message& m) {
    std::int64_t out = m.message_id + m.date + m.chat.id + length(m.chat.type) +
                       length(m.chat.title) + length(m.chat.first_name) +
                       length(m.chat.last_name) + length(m.chat.username) + length(m.text);
    if (m.from) out += sum(*m.from);
    for (const entity& e : m.entities) out += length(e.type) + e.offset + e.length;
    for (const photo_size& p : m.photo) out += sum(p);
    if (m.document) {
        const document& d = *m.document;
        out += length(d.file_id) + length(d.file_unique_id) + length(d.file_name) +
               length(d.mime_type) + d.file_size;
        if (d.thumbnail) out += sum(*d.thumbnail);
    }
    if (m.reply_to_message) out += sum(*m.reply_to_message);
    for (const auto& row : m.keyboard)
        for (const button& b : row) out += length(b.text) + length(b.callback_data) + length(b.url);
    return out;
}

}  // namespace

update read(const value& json) {
    update out;
    each(json, [&](std::string_view key, const value& v) {
        if (key == "update_id") out.update_id = v.as_int64();
        else if (key == "message") out.message = read_message(v);
        else if (key == "callback_query") out.callback_query = read_callback(v);
    });
    return out;
}

std::int64_t sum(const update& all) {
    std::int64_t out = 0;
    if (all.message) out += sum(*all.message);
    if (all.callback_query) {
        const callback_query& c = *all.callback_query;
        out += length(c.id) + length(c.chat_instance) + length(c.data) + sum(c.from);
        if (c.message) out += sum(*c.message);
    }
    return out;
}

fields fields_of(const update& all) {
    fields out{};
    out.update_id = all.update_id;
    if (all.callback_query) {
        const callback_query& c = *all.callback_query;
        out.user_id = c.from.id;
        out.callback_id = c.id;
        out.data = c.data;
        if (c.message) {
            out.chat_id = c.message->chat.id;
            out.message_id = c.message->message_id;
        }
    } else if (all.message) {
        const message& m = *all.message;
        out.user_id = m.from ? m.from->id : 0;
        out.chat_id = m.chat.id;
        out.message_id = m.message_id;
        if (!m.text.empty()) out.text = m.text;
        for (const entity& e : m.entities)
            if (e.offset == 0 && e.type == "bot_command") out.is_command = true;
        out.has_file = m.document.has_value() || !m.photo.empty();
    }
    return out;
}

}  // namespace floors::owning
