// The ways in which a client may send a method's parameters: JSON, a form, multipart with files, or
// the query of the URL. All become one JSON object and a list of files.
#pragma once

#include <banter/config.hpp>
#include <banter/testkit/sent.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit::detail {

struct decoded_body {
    std::string params = "{}";  // a JSON object; values of forms are texts
    std::vector<sent_file> files;
    bool valid = true;
};

/// `%41+b` -> `A b`.
std::string percent_decoded(std::string_view text, bool plus_is_space);

decoded_body decode_body(std::string_view query, std::string_view content_type,
                         std::string_view body);

}  // namespace banter::testkit::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/http_body.ipp>
#endif
