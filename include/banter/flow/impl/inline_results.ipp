#pragma once

#include <banter/flow/inline_results.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace banter {

namespace detail {

/// Results [first, last) of all, as one call.
BANTER_DECL request inline_answer(telegram::inline_query query, const inline_results& all,
                                  std::size_t first, std::size_t last, std::string_view next_offset,
                                  const inline_answer_options& options) {
    if (last - first > most_inline_results)
        throw std::length_error("banter: an answer to an inline query has " +
                                std::to_string(last - first) + " results, and Telegram takes 50");
    // What the generated method writes, but for the results, which are text already.
    const std::vector<inline_query_result_article> nothing;
    request out = make_request(answer_inline_query{.inline_query_id = query.id(),
                                                   .results = nothing,
                                                   .cache_time = options.cache_time,
                                                   .is_personal = options.is_personal,
                                                   .next_offset = next_offset,
                                                   .button = options.button,
                                                   .extra = options.extra});
    const std::string_view no_results = "\"results\":[]";
    const std::size_t at = out.body.find(no_results);
    std::string written;
    for (std::size_t i = first; i != last; ++i)
        written.append(i == first ? "" : ",").append(all[i]);
    out.body.insert(at + no_results.size() - 1, written);
    return out;
}

}  // namespace detail

BANTER_DECL std::string inline_results::claim(std::string_view wanted) {
    constexpr std::size_t longest = 64;
    if (wanted.size() > longest)
        throw std::invalid_argument("banter: an inline result's id has at most 64 bytes: " +
                                    std::string(wanted));
    std::string id = wanted.empty() ? prefix_ + std::to_string(written_.size()) : std::string(wanted);
    for (std::size_t n = 2; !ids_.insert(id).second; ++n) {
        const std::string number = "-" + std::to_string(n);
        id.assign(wanted.substr(0, longest - number.size())).append(number);
    }
    return id;
}

BANTER_DECL std::size_t inline_page(std::string_view offset) noexcept {
    std::size_t page = 0;
    const char* const end = offset.data() + offset.size();
    const auto read = std::from_chars(offset.data(), end, page);
    const bool fine = read.ec == std::errc() && read.ptr == end && offset.size() < 8;
    return fine ? page : 0;
}

BANTER_DECL boost::asio::awaitable<void>
answer_inline_page(bot& api, telegram::inline_query query, const inline_results& page,
                   std::string_view next_offset, const inline_answer_options& options) {
    return detail::call_without_result(
        api.network(), detail::inline_answer(query, page, 0, page.size(), next_offset, options));
}

BANTER_DECL boost::asio::awaitable<void> answer_inline(bot& api, telegram::inline_query query,
                                                       const inline_results& all,
                                                       const inline_answer_options& options) {
    const std::size_t size = std::clamp<std::size_t>(options.page_size, 1, most_inline_results);
    const std::size_t page = inline_page(query.offset());
    const std::size_t first = std::min(page * size, all.size());
    const std::size_t last = std::min(first + size, all.size());
    const std::string next = last < all.size() ? std::to_string(page + 1) : std::string();
    return detail::call_without_result(
        api.network(), detail::inline_answer(query, all, first, last, next, options));
}

}  // namespace banter
