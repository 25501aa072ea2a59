// What a test sees of the bot's doing: the messages it sent as they stand now, the calls it made,
// the answers that its users' button presses got.
#pragma once

#include <banter/config.hpp>
#include <banter/testkit/buttons.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit {

/// Thrown where a test asks for what is not there; the sentence says what there is instead.
class impossible : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A message in the fake Telegram, as it was when it was asked for: after the bot's last edit.
class sent_message {
  public:
    // In sent.ipp, so that they are compiled once and small.
    sent_message();
    sent_message(const sent_message&);
    sent_message(sent_message&&) noexcept;
    sent_message& operator=(const sent_message&);
    sent_message& operator=(sent_message&&) noexcept;
    ~sent_message();

    /// Reads a Message object of the Bot API.
    static sent_message from_json(std::string json);

    std::int64_t message_id() const { return message_id_; }
    std::int64_t chat_id() const { return chat_id_; }
    std::int64_t thread_id() const { return thread_id_; }
    /// The text, or the caption if it is no text message; without mark-up, as a user reads it.
    const std::string& text() const { return text_; }
    /// "text", "photo", "document", ...: the field that holds the content.
    const std::string& kind() const { return kind_; }
    /// Of its media (the largest photo), or empty.
    const std::string& file_id() const { return file_id_; }
    /// The message that it replies to, or 0.
    std::int64_t replies_to() const { return replies_to_; }
    bool edited() const { return edited_; }
    /// Rows of its inline keyboard.
    const button_rows& buttons() const { return buttons_; }
    bool has_button(std::string_view label_or_data) const;
    /// The Message object.
    const std::string& json() const { return json_; }

  private:
    std::string json_, text_, kind_ = "nothing", file_id_;
    std::int64_t message_id_ = 0, chat_id_ = 0, thread_id_ = 0, replies_to_ = 0;
    bool edited_ = false;
    button_rows buttons_;
};

/// A file that came with a call.
struct sent_file {
    std::string field;  // name of the multipart part, or of the upload
    std::string name;
    std::string bytes;
};

/// One call of a Bot API method by the bot.
class call_record {
  public:
    // In sent.ipp, so that they are compiled once and small.
    call_record();
    call_record(const call_record&);
    call_record(call_record&&) noexcept;
    call_record& operator=(const call_record&);
    call_record& operator=(call_record&&) noexcept;
    ~call_record();

    std::string method;
    std::string params = "{}";  ///< JSON object, as understood
    std::string result;         ///< JSON, if the call succeeded
    int status = 200;           ///< error_code if it did not
    std::string description;    ///< Telegram's sentence if it did not
    std::string fault;          ///< what was injected, or empty
    std::vector<sent_file> files;

    bool ok() const { return status == 200; }
    /// Whether there is such a parameter; `path` may go deeper: "reply_markup.inline_keyboard.0.0".
    bool has(std::string_view path) const;
    /// A parameter: a string's text, anything else as JSON, empty if it is not there.
    std::string text(std::string_view path) const;
    /// An integer parameter, 0 if it is not there.
    std::int64_t integer(std::string_view path) const;
};

/// What answerCallbackQuery told the user who pressed.
struct query_answer {
    bool answered = false;
    std::string text;
    bool alert = false;
    std::string url;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/sent.ipp>
#endif
