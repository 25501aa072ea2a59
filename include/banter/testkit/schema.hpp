// The Bot API's schema as the fake Telegram of the test kit uses it: which parameters a method
// needs, whether a value has a type's shape, and what a plausible value of a type looks like.
//
// The tables are text (testkit/generated/methods.hpp), one line for each method or type:
//     sendDice Message chat_id!:Integer|String emoji:String ...    name, result, parameters
//     ChatMember = ChatMemberOwner ChatMemberAdministrator ...     a union and its members
// A field is name, '!' if it is required, ':' and its types; [X] is an array of X; then '=' and the
// fixed value of a discriminator, or '~' and the first of its known values, and '<' and the longest
// length. They are read anew each time: text needs no containers of its own, which would have to be
// compiled into every bot with a console.
#pragma once

#include <banter/config.hpp>

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banter::testkit::detail {

/// The pieces of a text between separators.
class pieces {
  public:
    class iterator {
      public:
        iterator(std::string_view text, char separator);
        std::string_view operator*() const { return front_; }
        iterator& operator++();
        bool operator!=(const iterator& end) const { return left_ != end.left_; }

      private:
        friend class pieces;
        std::string_view front_, rest_;
        std::size_t left_ = 0;  // of the text, from the front on
        char separator_;
    };

    pieces() = default;
    pieces(std::string_view text, char separator) : text_(text), separator_(separator) {}

    iterator begin() const { return {text_, separator_}; }
    iterator end() const { return {{}, separator_}; }
    bool empty() const { return text_.empty(); }
    std::string_view front() const { return *begin(); }
    std::size_t size() const;
    bool contains(std::string_view piece) const;

  private:
    std::string_view text_;
    char separator_ = ' ';
};

/// Types of which one is meant: "Integer|String".
inline pieces types_in(std::string_view text) { return {text, '|'}; }

struct field_spec {
    std::string_view name;
    pieces types;
    std::string_view fixed;   // of a discriminator
    std::string_view sample;  // the first of the known values
    std::size_t max_length = 0;
    bool required = false;
};

/// One of the fields of a type or the parameters of a method.
field_spec read_field(std::string_view text);

struct type_spec {
    std::string_view name;
    pieces fields;   // for read_field
    pieces members;  // of a union

    std::optional<field_spec> find(std::string_view field) const;
};

struct method_spec {
    std::string_view name;
    pieces results;
    pieces params;  // for read_field

    std::optional<field_spec> find(std::string_view field) const;
};

/// Ignores case, as Telegram does; nothing if there is no such method.
std::optional<method_spec> find_method(std::string_view name);
std::optional<type_spec> find_type(std::string_view name);

/// All methods, for read_method.
pieces method_lines();
method_spec read_method(std::string_view line);

/// ASCII letters in lower case.
std::string lower(std::string_view text);

/// Whether `value` has the shape of one of `types`; if not, `fault` says where and why, in the words
/// that Telegram uses.
bool has_shape(const boost::json::value& value, pieces types, const std::string& path, std::string& fault);

/// Turns what a form or a careless client sends ("12", "true", JSON in a string) into a value of the
/// parameter's type, where that is possible.
void to_declared_type(boost::json::value& value, const field_spec& param);

/// A plausible value of a type: every required field, and each optional one of which `known` has a
/// value. Fields that `known` names (the parameters of the call, most often) take their value there.
/// `next_number` gives ids.
boost::json::value sample_of(std::string_view type, const boost::json::object& known,
                             std::int64_t& next_number);

}  // namespace banter::testkit::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/schema.ipp>
#endif
