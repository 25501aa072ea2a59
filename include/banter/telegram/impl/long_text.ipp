#pragma once

#include <banter/telegram/impl/styled_text.ipp>
#include <banter/telegram/long_text.hpp>

#include <algorithm>
#include <utility>

namespace banter {

namespace detail {

inline constexpr std::string_view blanks = " \t\n\r\f\v";

/// The bytes of the most whole characters that have at most so many UTF-16 units; one at least.
BANTER_DECL std::size_t fitting(std::string_view text, std::int64_t units) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t size = character_size(text[at]);
        units -= size == 4 ? 2 : 1;
        if (units < 0 && at != 0) break;
        at += size;
    }
    return std::min(at, text.size());
}

/// Behind the last sentence of a text, or npos.
BANTER_DECL std::size_t behind_sentence(std::string_view text) {
    for (std::size_t at = text.size(); at-- > 1;)
        if (blanks.find(text[at]) != std::string_view::npos &&
            std::string_view(".!?").find(text[at - 1]) != std::string_view::npos)
            return at;
    return std::string_view::npos;
}

/// Where to split a text that goes on behind `most` bytes.
BANTER_DECL std::size_t split_place(std::string_view text, std::size_t most) {
    // A paragraph that ends early is no reason for a short message.
    const auto good = [most](std::size_t at) {
        return at != std::string_view::npos && at >= most / 4;
    };
    for (const std::size_t at :
         {text.rfind("\n\n", most), text.rfind('\n', most),
          behind_sentence(text.substr(0, most + 1)), text.find_last_of(blanks, most)})
        if (good(at)) return at;
    return most;
}

BANTER_DECL std::string_view without_blanks_behind(std::string_view text) {
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace detail

BANTER_DECL std::vector<std::string_view> split_text(std::string_view whole, std::int64_t limit) {
    std::vector<std::string_view> out;
    for (;;) {
        whole.remove_prefix(std::min(whole.find_first_not_of(detail::blanks), whole.size()));
        whole = detail::without_blanks_behind(whole);
        if (whole.empty()) return out;
        const std::size_t most = detail::fitting(whole, limit);
        const std::size_t place = most == whole.size() ? most : detail::split_place(whole, most);
        out.push_back(detail::without_blanks_behind(whole.substr(0, place)));
        whole.remove_prefix(place);
    }
}

BANTER_DECL std::vector<styled_text> split_text(const styled_text& whole, std::int64_t limit) {
    std::vector<styled_text> out;
    for (const std::string_view piece : split_text(std::string_view(whole.text()), limit)) {
        const auto skipped = static_cast<std::size_t>(piece.data() - whole.text().data());
        const std::int64_t begin =
            detail::utf16_length(std::string_view(whole.text()).substr(0, skipped));
        const std::int64_t end = begin + detail::utf16_length(piece);
        std::vector<text_entity> entities;
        for (text_entity one : whole.entities()) {
            const std::int64_t last = std::min(one.end(), end);
            one.offset = std::max(one.offset, begin);
            one.length = last - one.offset;
            one.offset -= begin;
            if (one.length > 0) entities.push_back(std::move(one));
        }
        out.emplace_back(std::string(piece), std::move(entities));
    }
    return out;
}

}  // namespace banter
