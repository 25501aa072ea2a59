// The Bot API's schema as the fake Telegram of the test kit uses it: which parameters a method
// needs, whether a value has a type's shape, and what a plausible value of a type looks like.
//
// The tables are text (testkit/generated/methods.hpp), one line for each method or type:
//     sendDice Message chat_id!:Integer|String emoji:String ...    name, result, parameters
//     ChatMember = ChatMemberOwner ChatMemberAdministrator ...     a union and its members
// A field is name, '!' if it is required, ':' and its types; [X] is an array of X; then '=' and the
// fixed value of a discriminator, or '~' and the first of its known values, and '<' and the longest
// length. They are read at the first use.
#pragma once

#include <banter/config.hpp>

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit::detail {

struct field_spec {
    std::string_view name;
    std::vector<std::string_view> types;
    std::string_view fixed;   // of a discriminator
    std::string_view sample;  // the first of the known values
    std::size_t max_length = 0;
    bool required = false;
};

struct type_spec {
    std::string_view name;
    std::vector<field_spec> fields;
    std::vector<std::string_view> members;  // of a union

    const field_spec* find(std::string_view field) const;
};

struct method_spec {
    std::string_view name;
    std::vector<std::string_view> results;
    std::vector<field_spec> params;

    const field_spec* find(std::string_view field) const;
    bool returns(std::string_view type) const;
};

/// All methods and types; read once, then immutable.
class schema {
  public:
    static const schema& get();

    /// Ignores case, as Telegram does; null if there is no such method.
    const method_spec* find_method(std::string_view name) const;
    const type_spec* find_type(std::string_view name) const;
    const std::vector<method_spec>& methods() const { return methods_; }

  private:
    schema();

    std::vector<method_spec> methods_;
    std::vector<type_spec> types_;
};

/// ASCII letters in lower case.
std::string lower(std::string_view text);

/// Whether `value` has the shape of one of `types`; if not, `fault` says where and why, in the words
/// that Telegram uses.
bool has_shape(const boost::json::value& value, const std::vector<std::string_view>& types,
               const std::string& path, std::string& fault);

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
