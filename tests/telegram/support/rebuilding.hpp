// Turns views back into JSON through their accessors; the generated part names every field.
#pragma once

#include <banter/telegram/types.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace rebuilding {

namespace telegram = banter::telegram;
using boost::json::object;
using boost::json::value;

inline value as_json(std::int64_t v) { return v; }
inline value as_json(double v) { return v; }
inline value as_json(bool v) { return v; }
inline value as_json(std::string_view v) { return boost::json::string(v); }

template <class T> value as_json(const telegram::list<T>& list) {
    boost::json::array out;
    for (T element : list)
        out.push_back(as_json(element));
    return out;
}

template <class T, class Rebuild>
value array_of(const telegram::list<T>& list, Rebuild* rebuild) {
    boost::json::array out;
    for (T element : list) {
        if constexpr (telegram::detail::is_list<T>)
            out.push_back(array_of(element, rebuild));
        else
            out.push_back(rebuild(element));
    }
    return out;
}

template <class T> void put(object& out, const char* name, T v) {
    if constexpr (std::is_same_v<T, telegram::chat_reference>) {
        if (v.id())
            out[name] = *v.id();
        if (v.name())
            out[name] = as_json(*v.name());
    } else if constexpr (requires { v.json(); }) {
        if (v)
            out[name] = as_json(v);
    } else {
        out[name] = as_json(v);
    }
}

template <class T> void put(object& out, const char* name, std::optional<T> v) {
    if (v)
        out[name] = as_json(*v);
}

template <class T, class Rebuild>
void put(object& out, const char* name, const telegram::list<T>& v, Rebuild* rebuild) {
    if (v)
        out[name] = array_of(v, rebuild);
}

template <class View>
void put(object& out, const char* name, const View& v, value (*rebuild)(const View&)) {
    if (v)
        out[name] = rebuild(v);
}

/// Exactly one member of a union must fit, and say the same as the union's own accessors.
class union_result {
  public:
    void found(value v) {
        if (result_)
            throw std::runtime_error("two members of a union fit");
        result_ = std::move(v);
    }

    value agreeing_with(const object& common) const {
        if (!result_)
            throw std::runtime_error("no member of a union fits");
        for (const auto& member : common)
            if (result_->as_object().at(member.key()) != member.value())
                throw std::runtime_error("a union reads another value than its member");
        return *result_;
    }

  private:
    std::optional<value> result_;
};

template <class View, value (*Rebuild)(const View&)> value rebuild_from(const value& from) {
    return Rebuild(View(&from));
}

struct entry {
    const char* name;
    value (*rebuild)(const value&);
};

} // namespace rebuilding
