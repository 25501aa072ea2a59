// Answers to inline queries: any number of results, given to the client page by page.
//
//     static task<> search(telegram::inline_query query, bot& api) {
//         inline_results found;
//         for (const book& one : find(query.query()))
//             found.add(results::article(one.isbn, one.title, one.summary));
//         co_await answer_inline(api, query, found);
//         co_return;
//     }
//
// Results are written down when they are added. An id may be left empty, and one that is there
// already gets a number, so that Telegram refuses none of them.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/bot.hpp>
#include <banter/telegram/methods.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace banter {

/// Telegram takes no more results in one answer.
inline constexpr std::size_t most_inline_results = 50;

class inline_results {
  public:
    /// Adds one: what the functions of `results` give, or any other inline_query_result_... with an
    /// `id`. Throws std::invalid_argument if the id is longer than 64 bytes.
    template <class R>
        requires requires(R& one) { one.id = std::string_view(); }
    void add(const R& result) {
        R named = result;
        const std::string id = claim(result.id.value);
        named.id = std::string_view(id);
        json_writer writer(written_.emplace_back());
        named.write_json(writer);
    }

    std::size_t size() const noexcept { return written_.size(); }
    bool empty() const noexcept { return written_.empty(); }
    /// The I-th as JSON.
    const std::string& operator[](std::size_t i) const { return written_[i]; }

    /// Ids that are made up begin with this: "2-" for those of a page that another page does not
    /// know.
    void name_after_page(std::size_t page) { prefix_ = std::to_string(page) + "-"; }

  private:
    BANTER_DECL std::string claim(std::string_view wanted);

    std::vector<std::string> written_;
    std::set<std::string, std::less<>> ids_;
    std::string prefix_;
};

/// Beside the results. Fields as in answerInlineQuery.
struct inline_answer_options {
    /// How many go out at a time; 50 at most.
    std::size_t page_size = most_inline_results;
    std::optional<std::int64_t> cache_time = {};
    std::optional<bool> is_personal = {};
    std::optional<inline_query_results_button> button = {};
    /// Further parameters: the text of a JSON object.
    std::string_view extra = {};
};

/// Which page the client asks for, from 0: the query's offset, as answer_inline() gave it. 0 where it
/// is none of those.
[[nodiscard]] BANTER_DECL std::size_t inline_page(std::string_view offset) noexcept;

/// One page, with the offset of the next; an empty one says that there is none. For pages of one's
/// own, and offsets of any meaning (64 bytes at most). Throws std::length_error above 50 results.
[[nodiscard]] BANTER_DECL boost::asio::awaitable<void>
answer_inline_page(bot& api, telegram::inline_query query, const inline_results& page,
                   std::string_view next_offset, const inline_answer_options& options = {});

/// All results: those of the page that the client asks for go out, and it asks for the next when the
/// user scrolls there.
[[nodiscard]] BANTER_DECL boost::asio::awaitable<void>
answer_inline(bot& api, telegram::inline_query query, const inline_results& all,
              const inline_answer_options& options = {});

/// Results that are made page by page: `page(number, out)` adds those of a page, counted from 0, and
/// says whether there is another.
template <class Page>
    requires std::is_invocable_r_v<bool, Page&, std::size_t, inline_results&>
[[nodiscard]] boost::asio::awaitable<void>
answer_inline(bot& api, telegram::inline_query query, Page&& page,
              const inline_answer_options& options = {}) {
    const std::size_t number = inline_page(query.offset());
    inline_results out;
    out.name_after_page(number);
    const bool more = page(number, out);
    return answer_inline_page(api, query, out, more ? std::to_string(number + 1) : std::string(),
                              options);
}

/// Results with their required fields; the others are set by name afterwards:
/// `auto one = results::article("1", "Title", "text"); one.description = "...";`
namespace results {

/// What is sent when a result is chosen.
[[nodiscard]] inline input_text_message_content text(std::string_view words) {
    return input_text_message_content{.message_text = words};
}
[[nodiscard]] inline input_text_message_content html(std::string_view words) {
    return input_text_message_content{.message_text = words, .parse_mode = parse_mode::html};
}
[[nodiscard]] inline input_text_message_content markdown(std::string_view words) {
    return input_text_message_content{.message_text = words, .parse_mode = parse_mode::markdown_v2};
}

[[nodiscard]] inline inline_query_result_article article(std::string_view id,
                                                         std::string_view title,
                                                         const input_message_content& content) {
    return {.id = id, .title = title, .input_message_content = content};
}
/// Sends a plain text.
[[nodiscard]] inline inline_query_result_article article(std::string_view id,
                                                         std::string_view title,
                                                         std::string_view words) {
    return {.id = id, .title = title, .input_message_content = text(words)};
}

// By their addresses: Telegram fetches them.
[[nodiscard]] inline inline_query_result_photo photo(std::string_view id, std::string_view url,
                                                     std::string_view thumbnail_url) {
    return {.id = id, .photo_url = url, .thumbnail_url = thumbnail_url};
}
[[nodiscard]] inline inline_query_result_gif gif(std::string_view id, std::string_view url,
                                                 std::string_view thumbnail_url) {
    return {.id = id, .gif_url = url, .thumbnail_url = thumbnail_url};
}
[[nodiscard]] inline inline_query_result_mpeg4_gif
mpeg4_gif(std::string_view id, std::string_view url, std::string_view thumbnail_url) {
    return {.id = id, .mpeg4_url = url, .thumbnail_url = thumbnail_url};
}
/// `mime_type`: "video/mp4", or "text/html" for a page with a player.
[[nodiscard]] inline inline_query_result_video
video(std::string_view id, std::string_view title, std::string_view url,
      std::string_view thumbnail_url, std::string_view mime_type = "video/mp4") {
    return {.id = id, .video_url = url, .mime_type = mime_type, .thumbnail_url = thumbnail_url, .title = title};
}
[[nodiscard]] inline inline_query_result_audio audio(std::string_view id, std::string_view title,
                                                     std::string_view url) {
    return {.id = id, .audio_url = url, .title = title};
}
[[nodiscard]] inline inline_query_result_voice voice(std::string_view id, std::string_view title,
                                                     std::string_view url) {
    return {.id = id, .voice_url = url, .title = title};
}
/// Telegram takes PDF and ZIP here.
[[nodiscard]] inline inline_query_result_document
document(std::string_view id, std::string_view title, std::string_view url,
         std::string_view mime_type = "application/pdf") {
    return {.id = id, .title = title, .document_url = url, .mime_type = mime_type};
}

// Without files.
[[nodiscard]] inline inline_query_result_location location(std::string_view id,
                                                           std::string_view title, double latitude,
                                                           double longitude) {
    return {.id = id, .latitude = latitude, .longitude = longitude, .title = title};
}
[[nodiscard]] inline inline_query_result_venue venue(std::string_view id, std::string_view title,
                                                     std::string_view address, double latitude,
                                                     double longitude) {
    return {.id = id, .latitude = latitude, .longitude = longitude, .title = title, .address = address};
}
[[nodiscard]] inline inline_query_result_contact contact(std::string_view id,
                                                         std::string_view phone_number,
                                                         std::string_view first_name) {
    return {.id = id, .phone_number = phone_number, .first_name = first_name};
}
[[nodiscard]] inline inline_query_result_game game(std::string_view id,
                                                   std::string_view short_name) {
    return {.id = id, .game_short_name = short_name};
}

// By their file_id: Telegram has them.
[[nodiscard]] inline inline_query_result_cached_photo cached_photo(std::string_view id,
                                                                   std::string_view file_id) {
    return {.id = id, .photo_file_id = file_id};
}
[[nodiscard]] inline inline_query_result_cached_gif cached_gif(std::string_view id,
                                                               std::string_view file_id) {
    return {.id = id, .gif_file_id = file_id};
}
[[nodiscard]] inline inline_query_result_cached_mpeg4_gif
cached_mpeg4_gif(std::string_view id, std::string_view file_id) {
    return {.id = id, .mpeg4_file_id = file_id};
}
[[nodiscard]] inline inline_query_result_cached_sticker cached_sticker(std::string_view id,
                                                                       std::string_view file_id) {
    return {.id = id, .sticker_file_id = file_id};
}
[[nodiscard]] inline inline_query_result_cached_audio cached_audio(std::string_view id,
                                                                   std::string_view file_id) {
    return {.id = id, .audio_file_id = file_id};
}
[[nodiscard]] inline inline_query_result_cached_document
cached_document(std::string_view id, std::string_view title, std::string_view file_id) {
    return {.id = id, .title = title, .document_file_id = file_id};
}
[[nodiscard]] inline inline_query_result_cached_video
cached_video(std::string_view id, std::string_view title, std::string_view file_id) {
    return {.id = id, .video_file_id = file_id, .title = title};
}
[[nodiscard]] inline inline_query_result_cached_voice
cached_voice(std::string_view id, std::string_view title, std::string_view file_id) {
    return {.id = id, .voice_file_id = file_id, .title = title};
}

}  // namespace results

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/inline_results.ipp>
#endif
