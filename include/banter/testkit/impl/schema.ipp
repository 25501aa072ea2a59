// Bodies of testkit/schema.hpp.
#pragma once

#include <banter/testkit/generated/methods.hpp>
#include <banter/testkit/schema.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <charconv>
#include <cstdlib>

namespace banter::testkit::detail {

/// Cuts the text up to `separator` off the front of `rest`.
BANTER_COLD_DECL std::string_view cut_front(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    const auto front = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return front;
}

BANTER_COLD_DECL pieces::iterator::iterator(std::string_view text, char separator)
    : rest_(text), separator_(separator) {
    ++*this;
}
BANTER_COLD_DECL pieces::iterator& pieces::iterator::operator++() {
    left_ = rest_.size();
    front_ = cut_front(rest_, separator_);
    return *this;
}
BANTER_COLD_DECL std::size_t pieces::size() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto each : *this) ++count;
    return count;
}
BANTER_COLD_DECL bool pieces::contains(std::string_view piece) const {
    for (const auto each : *this)
        if (each == piece) return true;
    return false;
}

BANTER_COLD_DECL field_spec read_field(std::string_view text) {
    field_spec f;
    f.name = cut_front(text, ':');
    if (f.name.back() == '!') {
        f.required = true;
        f.name.remove_suffix(1);
    }
    if (const auto limit = text.rfind('<'); limit != std::string_view::npos) {
        const auto digits = text.substr(limit + 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), f.max_length);
        text = text.substr(0, limit);
    }
    if (const auto mark = text.find_first_of("=~"); mark != std::string_view::npos) {
        (text[mark] == '=' ? f.fixed : f.sample) = text.substr(mark + 1);
        text = text.substr(0, mark);
    }
    f.types = types_in(text);
    return f;
}

BANTER_COLD_DECL std::optional<field_spec> find_field(pieces fields, std::string_view name) {
    for (const auto text : fields) {
        if (!text.starts_with(name)) continue;
        const field_spec f = read_field(text);
        if (f.name == name) return f;
    }
    return std::nullopt;
}

BANTER_COLD_DECL std::optional<field_spec> type_spec::find(std::string_view field) const {
    return find_field(fields, field);
}
BANTER_COLD_DECL std::optional<field_spec> method_spec::find(std::string_view field) const {
    return find_field(params, field);
}

BANTER_COLD_DECL std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

BANTER_COLD_DECL pieces method_lines() { return {generated::methods, '\n'}; }

BANTER_COLD_DECL method_spec read_method(std::string_view line) {
    method_spec m;
    m.name = cut_front(line, ' ');
    m.results = types_in(cut_front(line, ' '));
    m.params = {line, ' '};
    return m;
}

BANTER_COLD_DECL std::optional<method_spec> find_method(std::string_view name) {
    const auto wanted = lower(name);
    for (const auto line : method_lines())
        if (line.size() > name.size() && line[name.size()] == ' ' &&
            lower(line.substr(0, name.size())) == wanted)
            return read_method(line);
    return std::nullopt;
}

BANTER_COLD_DECL std::optional<type_spec> find_type(std::string_view name) {
    for (auto line : pieces(generated::types, '\n')) {
        if (!line.starts_with(name) || cut_front(line, ' ') != name) continue;
        type_spec t;
        t.name = name;
        if (line.starts_with("= "))
            t.members = {line.substr(2), ' '};
        else
            t.fields = {line, ' '};
        return t;
    }
    return std::nullopt;
}

BANTER_COLD_DECL bool has_type(const boost::json::value& value, std::string_view type,
                               const std::string& path, std::string& fault);

BANTER_COLD_DECL bool has_scalar_type(const boost::json::value& value, std::string_view type) {
    if (type == "Integer") return value.is_int64() || value.is_uint64();
    if (type == "Float") return value.is_number();
    if (type == "Boolean") return value.is_bool();
    return value.is_string();  // String, InputFile
}

BANTER_COLD_DECL bool is_scalar(std::string_view type) {
    return type == "Integer" || type == "Float" || type == "Boolean" || type == "String" ||
           type == "InputFile";
}

BANTER_COLD_DECL bool has_fields(const boost::json::object& object, const type_spec& type,
                                 const std::string& path, std::string& fault) {
    for (const auto text : type.fields) {
        const field_spec f = read_field(text);
        const auto* member = object.if_contains(f.name);
        if (member == nullptr || member->is_null()) {
            if (!f.required) continue;
            fault = "can't parse " + path + ": Can't find field \"" + std::string(f.name) + "\"";
            return false;
        }
        if (!has_shape(*member, f.types, path + "." + std::string(f.name), fault)) return false;
        if (!f.fixed.empty() && member->is_string() && member->get_string() != f.fixed) {
            fault = "can't parse " + path + ": wrong " + std::string(f.name);
            return false;
        }
    }
    return true;
}

BANTER_COLD_DECL bool has_type(const boost::json::value& value, std::string_view type,
                               const std::string& path, std::string& fault) {
    if (type.starts_with('[')) {
        if (!value.is_array()) {
            fault = "can't parse " + path + ": expected an Array";
            return false;
        }
        const auto element = type.substr(1, type.size() - 2);
        std::size_t i = 0;
        for (const auto& v : value.get_array())
            if (!has_type(v, element, path + "[" + std::to_string(i++) + "]", fault)) return false;
        return true;
    }
    if (is_scalar(type)) {
        if (has_scalar_type(value, type)) return true;
        fault = "can't parse " + path + ": Field must be of type " + std::string(type);
        return false;
    }
    const auto spec = find_type(type);
    if (!spec) return true;
    // The server takes a plain text for these two.
    if (value.is_string() && (type == "KeyboardButton" || type == "InputPollOption")) return true;
    if (!spec->members.empty()) return has_shape(value, spec->members, path, fault);
    if (value.is_object()) return has_fields(value.get_object(), *spec, path, fault);
    fault = "can't parse " + path + ": expected an Object";
    return false;
}

BANTER_COLD_DECL bool has_shape(const boost::json::value& value, pieces types, const std::string& path,
                                std::string& fault) {
    std::string first;
    for (const auto type : types) {
        std::string why;
        if (has_type(value, type, path, why)) return true;
        // Of a union, the member whose discriminator fits knows best what is wrong.
        if (first.empty() || (first.find(": wrong ") != std::string::npos)) first = why;
    }
    fault = first;
    return types.empty();
}

BANTER_COLD_DECL void to_declared_type(boost::json::value& value, const field_spec& param) {
    const auto accepts = [&param](std::string_view type) { return param.types.contains(type); };
    if (!value.is_string()) {
        const bool number = value.is_int64() || value.is_uint64() || value.is_bool();
        if (number && accepts("String") && param.types.size() == 1)
            value = boost::json::serialize(value);
        return;
    }
    const std::string text(value.get_string());
    if (accepts("Integer")) {
        std::int64_t n = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
        if (error == std::errc() && end == text.data() + text.size()) value = n;
        return;
    }
    if (accepts("Float")) {
        char* end = nullptr;
        const double d = std::strtod(text.c_str(), &end);
        if (!text.empty() && *end == 0) value = d;
        return;
    }
    if (accepts("Boolean")) {
        const auto low = lower(text);
        if (low == "true" || low == "1" || low == "yes") value = true;
        if (low == "false" || low == "0" || low == "no" || low.empty()) value = false;
        return;
    }
    if (accepts("String") || accepts("InputFile")) return;
    boost::system::error_code error;
    auto parsed = boost::json::parse(text, error);
    if (!error) value = std::move(parsed);
}

BANTER_COLD_DECL boost::json::value sample_field(const field_spec& f, std::string_view type,
                                                 const boost::json::object& known,
                                                 std::int64_t& next_number, int depth);

BANTER_COLD_DECL boost::json::value sample_at(std::string_view type, const boost::json::object& known,
                                              std::int64_t& next_number, int depth) {
    if (type.starts_with('[')) return boost::json::array();
    if (type == "Integer") return 1;
    if (type == "Float") return 1.5;
    if (type == "Boolean") return true;
    if (type == "String" || type == "InputFile") return "text";
    const auto spec = find_type(type);
    boost::json::object out;
    if (!spec) return out;
    if (!spec->members.empty()) return sample_at(spec->members.front(), known, next_number, depth);
    for (const auto text : spec->fields) {
        const field_spec f = read_field(text);
        const auto* given = depth == 0 ? known.if_contains(f.name) : nullptr;
        std::string fault;
        if (given != nullptr && f.fixed.empty() && has_shape(*given, f.types, "", fault))
            out[f.name] = *given;
        else if (f.required && depth < 12)
            out[f.name] = sample_field(f, f.types.front(), known, next_number, depth);
    }
    return out;
}

BANTER_COLD_DECL boost::json::value sample_field(const field_spec& f, std::string_view type,
                                                 const boost::json::object& known,
                                                 std::int64_t& next_number, int depth) {
    if (!f.fixed.empty()) {
        if (type == "String") return boost::json::value(f.fixed);
        std::int64_t n = 0;
        std::from_chars(f.fixed.data(), f.fixed.data() + f.fixed.size(), n);
        return n;
    }
    if (!f.sample.empty()) return boost::json::value(f.sample);
    const auto name = f.name;
    if (type == "User" || type == "Chat") {
        const auto* given = known.if_contains(type == "User" ? "@user" : "@chat");
        if (given != nullptr) return *given;
    }
    if (type == "Integer") {
        if (name.ends_with("date"))
            if (const auto* now = known.if_contains("@now")) return *now;
        if (name == "id" || name.ends_with("_id")) return next_number++;
        if (name.find("count") != std::string_view::npos) return 0;
    }
    if (type == "String") {
        if (name == "id" || name.ends_with("_id"))
            return boost::json::value(std::string(name) + "-" + std::to_string(next_number++));
        if (name.ends_with("link") || name.ends_with("url"))
            return boost::json::value("https://t.me/+" + std::to_string(next_number++));
        return boost::json::value(name);
    }
    return sample_at(type, known, next_number, depth + 1);
}

BANTER_COLD_DECL boost::json::value sample_of(std::string_view type, const boost::json::object& known,
                                              std::int64_t& next_number) {
    return sample_at(type, known, next_number, 0);
}

}  // namespace banter::testkit::detail
