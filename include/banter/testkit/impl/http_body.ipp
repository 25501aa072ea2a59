// Bodies of testkit/http_body.hpp.
#pragma once

#include <banter/testkit/http_body.hpp>
#include <banter/testkit/schema.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>

namespace banter::testkit::detail {

BANTER_COLD_DECL std::string percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        const bool escape = text[i] == '%' && i + 2 < text.size() &&
                            std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16).ptr ==
                                text.data() + i + 3;
        if (escape) {
            out += static_cast<char>(code);
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

BANTER_COLD_DECL void read_form(std::string_view text, boost::json::object& params) {
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        params[percent_decoded(pair.substr(0, equals), true)] =
            percent_decoded(pair.substr(equals + 1), true);
    }
}

/// The value of `name="..."` in a part's header.
BANTER_COLD_DECL std::string header_parameter(std::string_view header, std::string_view name,
                                              bool& found) {
    const std::string wanted = std::string(name) + "=";
    for (auto place = header.find(wanted); place != std::string_view::npos;
         place = header.find(wanted, place + 1)) {
        const char before = place == 0 ? ' ' : header[place - 1];
        if (before != ' ' && before != ';') continue;  // the end of "filename="
        found = true;
        auto rest = header.substr(place + wanted.size());
        std::string out;
        if (rest.empty() || rest[0] != '"') return std::string(rest.substr(0, rest.find_first_of(";\r")));
        for (std::size_t i = 1; i < rest.size() && rest[i] != '"'; ++i) {
            if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
            out += rest[i];
        }
        return out;
    }
    found = false;
    return {};
}

BANTER_COLD_DECL bool read_multipart(std::string_view body, std::string_view boundary,
                                     boost::json::object& params, std::vector<sent_file>& files) {
    const std::string mark = "--" + std::string(boundary);
    auto at = body.find(mark);
    while (at != std::string_view::npos) {
        at += mark.size();
        if (body.substr(at).starts_with("--")) return true;
        const auto header_end = body.find("\r\n\r\n", at);
        if (header_end == std::string_view::npos) return false;
        const auto header = body.substr(at, header_end - at);
        const auto next = body.find("\r\n" + mark, header_end + 2);
        if (next == std::string_view::npos) return false;
        const auto begin = std::min(header_end + 4, next);
        const auto content = body.substr(begin, next - begin);
        bool named = false, is_file = false;
        const auto name = header_parameter(header, "name", named);
        const auto file_name = header_parameter(header, "filename", is_file);
        if (!named) return false;
        if (is_file) files.push_back({name, file_name, std::string(content)});
        else params[name] = content;
        at = next + 2;
    }
    return false;
}

BANTER_COLD_DECL decoded_body decode_body(std::string_view query, std::string_view content_type,
                                          std::string_view body) {
    decoded_body out;
    boost::json::object params;
    read_form(query, params);
    const auto type = lower(content_type);
    if (type.starts_with("application/json")) {
        boost::system::error_code error;
        const auto document = boost::json::parse(body, error);
        out.valid = !error && document.is_object();
        if (out.valid)
            for (const auto& [name, v] : document.get_object()) params[name] = v;
    } else if (type.starts_with("application/x-www-form-urlencoded")) {
        read_form(body, params);
    } else if (type.starts_with("multipart/form-data")) {
        bool found = false;
        const auto boundary = header_parameter(content_type, "boundary", found);
        out.valid = found && read_multipart(body, boundary, params, out.files);
    }
    out.params = boost::json::serialize(params);
    return out;
}

}  // namespace banter::testkit::detail
