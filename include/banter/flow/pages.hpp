// A long list as an inline keyboard with pages: some of its elements as buttons, and a row that leads to
// the pages before and behind.
//
//   struct catalogue { int page; };                       // typed callback data
//   ctx.edit("Choose:", page_of(products, catalogue{2}, [](const product& one) {
//       return data_button(buy{one.id}, one.name);
//   }));
//   on(data<catalogue>, turn_page)                        // pressed: shows that page
//
// The buttons are made at run time, so check C11 does not see them; that of a page cannot be confused
// with any other, because its data is of a type of its own.
#pragma once

#include <banter/flow/keyboard.hpp>
#include <banter/telegram/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter {

/// How pages look.
struct page_options {
    /// Elements on a page, and in each of its rows. At least 1.
    std::size_t per_page = 8;
    std::size_t columns = 1;
    std::string_view previous = "\xE2\x80\xB9";  // single angle quotation marks
    std::string_view next = "\xE2\x80\xBA";
    /// Between the two, "2/5" on a button that does nothing.
    bool show_position = true;
};

/// How many pages so many elements make; at least 1.
[[nodiscard]] constexpr std::size_t page_count(std::size_t elements, std::size_t per_page) {
    if (per_page == 0) per_page = 1;
    return elements == 0 ? 1 : (elements + per_page - 1) / per_page;
}

/// A button that only shows its label (InlineKeyboardButton.disabled). The label is copied.
class disabled_label {
  public:
    static constexpr bool needs_no_handler = true;
    explicit disabled_label(std::string_view label) : label_(label) {}
    void write_json(json_writer& to) const;

  private:
    std::string label_;
};

namespace detail {

template <class Iterator>
struct stretch {
    Iterator first, last;
    [[nodiscard]] constexpr Iterator begin() const { return first; }
    [[nodiscard]] constexpr Iterator end() const { return last; }
};

/// The number in callback data that says no more than which page.
template <class Page>
[[nodiscard]] constexpr std::size_t page_number(const Page& page) {
    const auto& [number] = page;
    return std::in_range<std::size_t>(number) ? static_cast<std::size_t>(number) : 0;
}
template <class Page>
[[nodiscard]] constexpr Page page_at(std::size_t number) {
    Page out{};
    auto& [place] = out;
    place = static_cast<std::remove_cvref_t<decltype(place)>>(number);
    return out;
}

}  // namespace detail

/// The page of a list: `make` makes a button of each element of that page. Page is typed callback
/// data with one member, the page's number, counted from 0; a page behind the last is the last, as
/// where the list has become shorter since. A list of one page gets no row to turn pages.
template <class Page, class Range, class Make>
[[nodiscard]] inline_keyboard_builder page_of(const Range& elements, const Page& page,
                                              const Make& make, const page_options& looks = {}) {
    const std::size_t per_page = std::max<std::size_t>(looks.per_page, 1);
    const auto size = static_cast<std::size_t>(std::size(elements));
    const std::size_t count = page_count(size, per_page);
    const std::size_t at = std::min(detail::page_number(page), count - 1);
    inline_keyboard_builder out;
    const auto first = std::next(std::begin(elements), static_cast<std::ptrdiff_t>(at * per_page));
    const auto last =
        std::next(first, static_cast<std::ptrdiff_t>(std::min(per_page, size - at * per_page)));
    out.grid(looks.columns, detail::stretch<std::remove_const_t<decltype(first)>>{first, last}, make);
    if (count == 1) return out;
    const data_button before(detail::page_at<Page>(at == 0 ? 0 : at - 1), looks.previous);
    const data_button behind(detail::page_at<Page>(at + 1), looks.next);
    const disabled_label here(concat(at + 1, '/', count));
    out.row_by([&](const auto& add) {
        if (at != 0) add(before);
        if (looks.show_position) add(here);
        if (at + 1 != count) add(behind);
    });
    return out;
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/pages.ipp>
#endif
