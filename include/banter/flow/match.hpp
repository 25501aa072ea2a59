// matched<F>: what a filter guarantees, as a handler's parameter.
//
//   matched<text>                          the text; input.as<std::int64_t>()
//   matched<command<"pay">>                the command's arguments
//   matched<callback<"bank_([0-9]+)">>     the data and its groups; choice.get<1, int>()
//   matched<regex<"...">>                  the match in the text and its groups
//   matched<caption>                       the caption; caption_regex<"..."> as regex
//   matched<data<choice>>                  the typed value behind the button
//   matched<document>                      the content, as a view of the Bot API's type
//   matched<document || photo>             one of the two; file.get_if<photo>()
//   matched<pdf_document>                  the document, sticker, dice or payment that it is about
//   matched<inline_query_text<"(\\w+) .*">>  the query and its groups; chosen_result, invoice_payload alike
//
// It can be asked for only behind a filter that guarantees it (check C7). Its views live as long
// as the handler runs.
#pragma once

#include <banter/flow/incoming.hpp>
#include <banter/telegram/content.hpp>
#include <banter/telegram/white_space.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace banter {

/// Thrown when a part of a match is asked for as a type it cannot be read as: `get<1, int>()` of
/// twenty digits, callback data out of its type's range.
class bad_match : public std::runtime_error {
  public:
    explicit bad_match(const std::string& what) : std::runtime_error(what) {}
};

/// The value that the whole of a text spells, white space around it aside; nothing if it does not.
/// Numbers are read in decimal notation, without regard to the locale.
template <class T>
[[nodiscard]] std::optional<T> parse(std::string_view subject) {
    subject = detail::trimmed(subject);
    if (subject.empty()) return std::nullopt;
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
        return T{subject};
    } else {
        static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>,
                      "a text can be read as a number, a std::string or a std::string_view");
        T value{};
        if (subject.size() > 1 && subject.front() == '+' && subject[1] != '-') subject.remove_prefix(1);
        const auto [after, error] = std::from_chars(subject.data(), subject.data() + subject.size(), value);
        if (error != std::errc{} || after != subject.data() + subject.size()) return std::nullopt;
        return value;
    }
}

/// What the filter type F guarantees; named matched<filter> by users.
template <class F>
class match;

/// What a filter guarantees. `matched<text>` exists only behind a filter that implies `text`.
template <auto Filter>
using matched = match<std::remove_cvref_t<decltype(Filter)>>;

namespace detail {

/// A match that is, above all, a text.
class text_match {
  public:
    [[nodiscard]] std::string_view text() const { return text_; }
    operator std::string_view() const { return text_; }
    /// The text as a number; nothing if it is none.
    template <class T>
    [[nodiscard]] std::optional<T> as() const {
        return parse<T>(text_);
    }

  protected:
    explicit text_match(std::string_view text) : text_(text) {}

  private:
    std::string_view text_;
};

/// Groups of a pattern with so many; group 0 is the whole match.
template <std::size_t Count>
class group_match {
  public:
    static constexpr std::size_t group_count = Count;

    /// Group I; a null view if the group took no part.
    template <std::size_t I>
    [[nodiscard]] std::string_view get() const {
        static_assert(I <= group_count, "the pattern has no such group");
        return groups_[I];
    }
    /// Group I as a number. Throws bad_match if it cannot be read as one.
    template <std::size_t I, class T>
    [[nodiscard]] T get() const {
        const std::optional<T> value = parse<T>(get<I>());
        if (!value) throw bad_match("'" + std::string(get<I>()) + "' is not such a number");
        return *value;
    }

  protected:
    group_match(const capture_plan& plan, std::string_view subject) { capture(plan, subject, groups_); }

  private:
    std::array<std::string_view, group_count + 1> groups_{};
};

/// A text and the groups of a pattern in it.
template <fixed_string P, match_kind K>
class pattern_match : public text_match, public group_match<pattern<P, K>::capture_count> {
  protected:
    explicit pattern_match(std::string_view subject)
        : text_match(subject),
          group_match<pattern<P, K>::capture_count>(capture_plan_of<compiled<P, K>>, subject) {}
};

}  // namespace detail

template <>
class match<content_filter<content_kind::text>> : public detail::text_match {
  public:
    explicit match(const incoming& update) : text_match(update.head().text) {}
};

namespace detail {
/// What `m->` goes through: it keeps the view that it points to.
template <class View>
struct arrow {
    View view;
    const View* operator->() const { return &view; }
};
}  // namespace detail

/// A content: `*m` and `m->` give the Bot API's object.
template <content_kind K>
class match<content_filter<K>> {
  public:
    explicit match(const incoming& update) : update_(&update) {}

    [[nodiscard]] auto operator*() const { return telegram::content_of<K>(update_->message()); }
    [[nodiscard]] auto operator->() const { return detail::arrow<decltype(**this)>{**this}; }
    [[nodiscard]] auto value() const { return **this; }
    /// file_id of the content, of a photo's largest size; empty for contents without a file.
    [[nodiscard]] std::string_view file_id() const { return update_->head().file_id; }

  private:
    const incoming* update_;
};

/// A command: its arguments.
template <fixed_string Name>
class match<command_filter<Name>> : public detail::text_match {
  public:
    explicit match(const incoming& update) : text_match(update.command_rest()), update_(&update) {}
    /// The command's name as sent, without the slash; it may hold "@name".
    [[nodiscard]] std::string_view command() const { return update_->head().command; }

  private:
    const incoming* update_;
};

template <fixed_string P>
class match<callback_filter<P>>
    : public detail::pattern_match<P, match_kind::whole> {
  public:
    explicit match(const incoming& update)
        : detail::pattern_match<P, match_kind::whole>(update.head().data) {}
    [[nodiscard]] std::string_view data() const { return this->text(); }
};

/// Any callback query; the data is empty for a game's button.
template <>
class match<callback_filter<"">> : public detail::text_match {
  public:
    explicit match(const incoming& update) : text_match(update.head().data) {}
    [[nodiscard]] std::string_view data() const { return text(); }
};

template <fixed_string P>
class match<regex_filter<P>>
    : public detail::pattern_match<P, match_kind::search> {
  public:
    explicit match(const incoming& update)
        : detail::pattern_match<P, match_kind::search>(update.head().text) {}
};

template <>
class match<caption_filter> : public detail::text_match {
  public:
    explicit match(const incoming& update) : text_match(update.head().caption) {}
};

template <fixed_string P>
class match<caption_regex_filter<P>>
    : public detail::pattern_match<P, match_kind::search> {
  public:
    explicit match(const incoming& update)
        : detail::pattern_match<P, match_kind::search>(update.head().caption) {}
};

namespace detail {

/// The content whose property this is; `text` where it is no content's.
constexpr content_kind content_of(update_property property) {
    switch (property) {
        case update_property::mime_type:
        case update_property::file_name: return content_kind::document;
        case update_property::sticker_format: return content_kind::sticker;
        case update_property::dice: return content_kind::dice;
        case update_property::payment_payload: return content_kind::successful_payment;
        default: return content_kind::text;
    }
}
/// Whether envelope::query is its text.
constexpr bool is_query(update_property property) {
    return property == update_property::inline_query || property == update_property::result_id ||
           property == update_property::payload;
}

}  // namespace detail

template <update_property Property, fixed_string P>
    requires(detail::is_query(Property))
class match<property_filter<Property, P>>
    : public detail::pattern_match<P, match_kind::whole> {
  public:
    explicit match(const incoming& update)
        : detail::pattern_match<P, match_kind::whole>(update.head().query) {}
};

/// What is asked of a document, sticker, dice or payment: that itself.
template <update_property Property, fixed_string P>
    requires(detail::content_of(Property) != content_kind::text)
class match<property_filter<Property, P>>
    : public match<content_filter<detail::content_of(Property)>> {
  public:
    using match<content_filter<detail::content_of(Property)>>::match;
};

/// Typed callback data.
template <class T>
class match<data_filter<T>> {
  public:
    explicit match(const incoming& update) : value_(decoded(update.head().data)) {}
    [[nodiscard]] const T& value() const { return value_; }
    [[nodiscard]] const T& operator*() const { return value_; }
    [[nodiscard]] const T* operator->() const { return &value_; }

  private:
    static T decoded(std::string_view data) {
        const std::optional<T> value = callback_codec<T>::decode(data);
        if (!value) throw bad_match("the callback data '" + std::string(data) + "' is out of range");
        return *value;
    }
    T value_;
};

template <auto Value>
class match<data_is_filter<Value>> {
  public:
    explicit match(const incoming&) {}
    [[nodiscard]] constexpr auto value() const { return Value; }
};

/// Both.
template <class A, class B>
class match<and_filter<A, B>> : public match<A>, public match<B> {
  public:
    explicit match(const incoming& update) : match<A>(update), match<B>(update) {}
};

/// One of the two, or both.
template <class A, class B>
class match<or_filter<A, B>> {
  public:
    explicit match(const incoming& update) : update_(&update) {}

    /// Whether the update fits this filter.
    template <auto Filter>
    [[nodiscard]] bool is() const {
        return detail::fits<std::remove_cvref_t<decltype(Filter)>>(*update_);
    }
    /// The match of one side; nothing if the update does not fit it.
    template <auto Filter>
    [[nodiscard]] std::optional<matched<Filter>> get_if() const {
        if (!is<Filter>()) return std::nullopt;
        return matched<Filter>(*update_);
    }
    /// file_id of the content; empty for contents without a file.
    [[nodiscard]] std::string_view file_id() const { return update_->head().file_id; }

  private:
    const incoming* update_;
};

/// Nothing but the knowledge that the update fits.
template <class F>
class match {
  public:
    explicit match(const incoming&) {}
};

}  // namespace banter
