// What a user of the fake Telegram sends: texts, files, places, ...
#pragma once

#include <banter/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit {

/// The content of one message. Media are given by a path (the file is read if it exists; its last
/// part becomes the file's name) or by bytes; without either they get plausible bytes.
class content {
  public:
    content() {}

    static content text(std::string_view text);
    static content photo(std::string_view path = {}) { return media("photo", path); }
    static content document(std::string_view path = {}) { return media("document", path); }
    static content sticker(std::string_view path = {}) { return media("sticker", path); }
    static content voice(std::string_view path = {}) { return media("voice", path); }
    static content video(std::string_view path = {}) { return media("video", path); }
    static content video_note(std::string_view path = {}) { return media("video_note", path); }
    static content audio(std::string_view path = {}) { return media("audio", path); }
    static content animation(std::string_view path = {}) { return media("animation", path); }
    /// `field` is the message's field: "photo", "document", ...
    static content media(std::string_view field, std::string_view path = {});
    static content location(double latitude, double longitude);
    static content venue(double latitude, double longitude, std::string_view title,
                         std::string_view address);
    static content contact(std::string_view phone_number, std::string_view first_name);
    static content dice(std::string_view emoji, int value);
    static content poll(std::string_view question, const std::vector<std::string>& options);
    static content web_app_data(std::string_view data, std::string_view button_text);
    static content successful_payment(std::string_view payload, std::string_view currency,
                                      std::int64_t total_amount);
    /// Any fields of Message, as a JSON object.
    static content fields(std::string_view json);

    content caption(std::string_view text) &&;
    /// Bytes and name of the media file.
    content file(std::string_view name, std::string_view bytes) &&;
    content replying_to(std::int64_t message_id) &&;
    /// One media group (album) for all messages with the same id.
    content in_album(std::string_view media_group_id) &&;
    /// Forwarded from this user.
    content forwarded_from(std::int64_t user_id) &&;
    content via_business(std::string_view business_connection_id) &&;

    std::string kind;       // "text", the media's field, or "fields"
    std::string words;      // text or caption
    std::string json;       // fields of the message
    std::string file_name;  // of media
    std::string bytes;
    std::int64_t reply_to = 0;
    std::int64_t forward_from = 0;
    std::string album;
    std::string business;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/content.ipp>
#endif
