// Makes outgoing aggregates of JSON; the generated part names every member.
#pragma once

#include <banter/telegram/methods.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace making {

using boost::json::value;

inline const value& member(const value& from, const char* name) {
    return from.as_object().at(name);
}
inline bool has(const value& from, const char* name) {
    return from.as_object().if_contains(name) != nullptr;
}
inline std::string_view as_text(const value& from) { return from.as_string(); }
inline bool says(const value& from, const char* name, std::string_view text) {
    return has(from, name) && as_text(member(from, name)) == text;
}

inline std::string_view text(const value& from, const char* name) {
    return as_text(member(from, name));
}
inline std::int64_t integer(const value& from, const char* name) {
    return member(from, name).as_int64();
}
inline double number(const value& from, const char* name) { return member(from, name).as_double(); }
inline bool boolean(const value& from, const char* name) { return member(from, name).as_bool(); }
inline banter::input_file file(const value& from, const char* name) { return text(from, name); }
inline banter::chat_id_ref chat(const value& from, const char* name) {
    const value& v = member(from, name);
    return v.is_string() ? banter::chat_id_ref(as_text(v)) : banter::chat_id_ref(v.as_int64());
}

template <class T> std::optional<T> optional(const value& from, const char* name,
                                             T (*read)(const value&, const char*)) {
    return has(from, name) ? std::optional<T>(read(from, name)) : std::nullopt;
}
inline auto optional_text(const value& from, const char* name) {
    return optional(from, name, text);
}
inline auto optional_integer(const value& from, const char* name) {
    return optional(from, name, integer);
}
inline auto optional_number(const value& from, const char* name) {
    return optional(from, name, number);
}
inline auto optional_boolean(const value& from, const char* name) {
    return optional(from, name, boolean);
}
inline auto optional_file(const value& from, const char* name) {
    return optional(from, name, file);
}
inline auto optional_chat(const value& from, const char* name) {
    return optional(from, name, chat);
}

inline banter::parse_mode mode(const value& from, const char* name) {
    if (!has(from, name))
        return banter::parse_mode::none;
    if (says(from, name, "HTML"))
        return banter::parse_mode::html;
    return says(from, name, "Markdown") ? banter::parse_mode::markdown
                                        : banter::parse_mode::markdown_v2;
}

/// Owns what aggregates refer to.
class pool {
  public:
    template <class T> const T& keep(T object) {
        auto owned = std::make_shared<T>(std::move(object));
        const T& result = *owned;
        kept_.push_back(std::move(owned));
        return result;
    }

    template <class X>
    const std::vector<X>& kept_vector(const value& from, X (*make)(const value&, pool&)) {
        std::vector<X> out;
        for (const value& element : from.as_array())
            out.push_back(make(element, *this));
        return keep(std::move(out));
    }

    template <class X>
    banter::list_of<X> list(const value& from, const char* name, X (*make)(const value&, pool&)) {
        if (!has(from, name))
            return {};
        return kept_vector<X>(member(from, name), make);
    }

    template <class X>
    banter::list_of<banter::list_of<X>> rows(const value& from, const char* name,
                                             X (*make)(const value&, pool&)) {
        if (!has(from, name))
            return {};
        std::vector<banter::list_of<X>> out;
        for (const value& row : member(from, name).as_array())
            out.push_back(kept_vector<X>(row, make));
        return keep(std::move(out));
    }

    banter::list_of<std::string_view> texts(const value& from, const char* name) {
        return list<std::string_view>(from, name,
                                      [](const value& v, pool&) { return as_text(v); });
    }
    banter::list_of<std::int64_t> integers(const value& from, const char* name) {
        return list<std::int64_t>(from, name, [](const value& v, pool&) { return v.as_int64(); });
    }

  private:
    std::vector<std::shared_ptr<void>> kept_;
};

template <class X>
std::optional<X> optional_object(const value& from, const char* name, pool& p,
                                 X (*make)(const value&, pool&)) {
    return has(from, name) ? std::optional<X>(make(member(from, name), p)) : std::nullopt;
}

/// What the aggregate that `from` describes writes.
template <class X, X (*Make)(const value&, pool&)> std::string written(const value& from) {
    static_assert(std::is_trivially_copyable_v<X>);
    pool p;
    const X object = Make(from, p);
    std::string out;
    banter::json_writer writer(out);
    object.write_json(writer);
    return out;
}

struct entry {
    const char* name;
    std::string (*write)(const value&);
};

} // namespace making
