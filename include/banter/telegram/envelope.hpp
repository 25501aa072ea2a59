// The first decoding pass: of one update's JSON text, only what filters, conversation keys and
// most matched<> need. The whole document is parsed later, and only when a handler touches it.
//
// The pass is a reader of its own and no handler of boost::json::basic_parser. Measured on 40,000
// updates of the payment conversation (mean 728 bytes, g++ 12.2 -O2, one run, November 2026): a
// hand-written basic_parser handler for nine fields 505 ns an update, Boost.JSON's DOM into a
// monotonic buffer about 1000 ns, this reader with the whole envelope 400 ns (0.79 of the first;
// 0.70 with clang 16); and a file that includes it compiles in 1.1 s instead of 2.1 s. It gains by
// knowing where in the schema it stands: no key is compared where nothing below is read.
// It takes what Boost.JSON takes, and nothing else: a test holds the two side by side.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/kinds.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace banter::telegram {

/// Why a text could not be taken as an update.
enum class decode_fault : std::uint8_t {
    none,          ///< the envelope is complete
    not_json,      ///< the text is no JSON object, or breaks off
    too_deep,      ///< nested deeper than envelope_reader::max_depth
    too_large,     ///< longer than envelope_reader::max_size
    wrong_type,    ///< a field that the envelope reads has another type than the Bot API gives it
    no_update_id,  ///< an object without update_id: no update
    unknown_kind,  ///< no field of Update that this version knows; kind_name holds the name as sent
};

/// A fault in words, for logs and errors.
[[nodiscard]] constexpr std::string_view sentence_of(decode_fault fault) noexcept {
    switch (fault) {
        case decode_fault::none: return "the update is sound";
        case decode_fault::not_json: return "the update is no JSON object, or breaks off";
        case decode_fault::too_deep: return "the update is nested too deeply";
        case decode_fault::too_large: return "the update is too large";
        case decode_fault::wrong_type: return "a field of the update has a wrong type";
        case decode_fault::no_update_id: return "the update has no update_id";
        case decode_fault::unknown_kind: return "the update is of an unknown kind";
    }
    return "";
}

/// What filters, keys and most matched<> need, of one update.
///
/// Text is UTF-8, with JSON's escapes resolved. The views are valid until the reader that filled
/// the envelope reads again, and as long as the JSON text lives: a string without escapes is a view
/// into that text. A field that the update does not have is 0, false or empty.
struct envelope {
    /// Update.update_id.
    std::int64_t update_id = 0;
    update_kind kind = update_kind::unknown;
    /// The type of the update's chat; none if it has no chat.
    chat_type chat = chat_type::none;
    /// A user stands behind the update: its message's `from`, the one who pressed, asked, voted...
    bool has_user = false;
    /// User.is_bot of that user.
    bool from_bot = false;
    /// Message.is_topic_message.
    bool is_topic_message = false;
    /// The callback query's message can no longer be read (its date is 0).
    bool inaccessible = false;
    /// The contents of the message; of message kinds only.
    content_set content;
    /// The kinds of entities in Message.entities and Message.caption_entities.
    entity_mask entities = 0, caption_entities = 0;
    /// The name of the update's kind as sent, also of an unknown one.
    std::string_view kind_name;

    /// The update's chat: of the message, of the message under a callback query, of membership,
    /// reaction, boost and join request updates.
    std::int64_t chat_id = 0;
    std::int64_t user_id = 0;
    /// Message.sender_chat.id, of message kinds only: a group whose administrator writes anonymously,
    /// a channel that writes in a group, or the channel itself. The user is then a stand-in that many
    /// senders share.
    std::int64_t sender_chat_id = 0;
    /// Message.migrate_to_chat_id or migrate_from_chat_id; `content` says which.
    std::int64_t migrated_chat_id = 0;
    /// The message's id: of the message itself, or of the one under a callback query or reaction.
    std::int64_t message_id = 0;
    /// Message.message_thread_id.
    std::int64_t thread_id = 0;
    /// Message.direct_messages_topic.topic_id.
    std::int64_t topic_id = 0;

    /// Message.text and Message.caption, of message kinds only: never those of a message replied to
    /// or of the message under a callback query.
    std::string_view text, caption;
    /// The command at the very start of the text (a bot_command entity at offset 0), without its
    /// slash; it may hold "@name". Empty if there is none.
    std::string_view command;
    /// CallbackQuery.data.
    std::string_view data;
    /// The id of a callback, inline, shipping or pre-checkout query.
    std::string_view query_id;
    /// inline_message_id of a callback query or a chosen inline result.
    std::string_view inline_message_id;
    /// business_connection_id; of a business_connection update, the connection's own id.
    std::string_view business_connection_id;
    /// InlineQuery.query, ChosenInlineResult.result_id, or the payload of a shipping query, a
    /// pre-checkout query, a subscription or purchased paid media.
    std::string_view query;
    /// file_id of the message's media; of a photo, its largest size.
    std::string_view file_id;
    /// Of the user.
    std::string_view first_name, last_name, username, language_code;

    /// Who is behind the update, one id for each sender: the chat on whose behalf it was sent, else
    /// the user.
    [[nodiscard]] std::int64_t sender_id() const noexcept {
        return sender_chat_id != 0 ? sender_chat_id : user_id;
    }
};

/// Reads envelopes. Keeps its scratch memory, so in the steady state it allocates nothing.
/// One reader serves one thread at a time.
class envelope_reader {
  public:
    /// The deepest nesting that is read; the update itself is level 1.
    std::size_t max_depth = 64;
    /// The longest text that is read, in bytes.
    std::size_t max_size = std::size_t{1} << 20;

    /// Fills `out` from the JSON text of one Update. On a fault, update_id is set wherever it can
    /// be found, even in a text that is no JSON; the other fields are then of no use, except
    /// kind_name of an unknown kind.
    decode_fault read(std::string_view json, envelope& out);

  private:
    std::unique_ptr<char[]> scratch_;
    std::size_t capacity_ = 0;
};

/// Splits the body of getUpdates, {"ok":true,"result":[...]}, into the texts of its elements,
/// without building a document. The texts are views into the body. An element that is no sound
/// JSON is still one element as long as its brackets and quotes close; what follows a bracket or a
/// quote that never closes is one last, broken element.
///
/// False if the body has no array `result`; `out` then is empty. `out` is cleared first.
bool split_updates(std::string_view body, std::vector<std::string_view>& out);

}  // namespace banter::telegram

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/envelope.ipp>
#endif
