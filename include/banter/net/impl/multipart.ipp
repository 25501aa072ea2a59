#pragma once

#include <banter/net/errc.hpp>
#include <banter/net/json_scan.hpp>
#include <banter/net/multipart.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>

namespace banter::net::detail {

/// A name inside the quotes of Content-Disposition, escaped as browsers do it.
inline std::string quoted_name(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '"')
            out += "%22";
        else if (c == '\r')
            out += "%0D";
        else if (c == '\n')
            out += "%0A";
        else
            out.push_back(c);
    }
    return out;
}

BANTER_COLD_DECL std::string random_boundary() {
    std::random_device source;
    std::string out = "banter-";
    for (int i = 0; i < 4; ++i) {
        const std::uint32_t word = source();
        for (unsigned shift = 0; shift < 32; shift += 4)
            out.push_back("0123456789abcdef"[word >> shift & 15]);
    }
    return out;
}

BANTER_COLD_DECL body_source::body_source(const request& what, std::string_view boundary,
                                          boost::system::error_code& fault)
    : watch_(what.watch) {
    if (what.file != nullptr)
        return;
    if (what.uploads.empty()) {
        json_ = what.body.empty() ? std::string_view("{}") : std::string_view(what.body);
        size_ = json_.size();
        return;
    }
    content_type_.append("multipart/form-data; boundary=").append(boundary);
    const std::string dashes = "--" + std::string(boundary) + "\r\n";
    member_scan members(what.body.empty() ? std::string_view("{}") : std::string_view(what.body));
    while (members.next()) {
        std::string text = dashes;
        text.append("Content-Disposition: form-data; name=\"").append(quoted_name(members.key()));
        text.append("\"\r\n\r\n");
        // A string goes without its quotes and escapes, anything else as the JSON that it is.
        if (members.value().starts_with('"')) {
            const auto value =
                boost::json::parse({members.value().data(), members.value().size()}, fault);
            if (fault || !value.is_string())
                break;
            text.append(value.get_string().data(), value.get_string().size());
        } else {
            text.append(members.value());
        }
        add_text(text.append("\r\n"));
    }
    if (!members.complete()) {
        fault = make_error_code(errc::bad_request);
        return;
    }
    for (const upload& file : what.uploads) {
        add_upload(file, dashes, fault);
        if (fault)
            return;
    }
    add_text("--" + std::string(boundary) + "--\r\n");
}

BANTER_COLD_DECL void body_source::add_text(std::string text) {
    piece one;
    one.size = text.size();
    one.text = std::move(text);
    size_ += one.size;
    pieces_.push_back(std::move(one));
}

BANTER_COLD_DECL void body_source::add_upload(const upload& what, std::string_view dashes,
                                              boost::system::error_code& fault) {
    std::string head(dashes);
    std::string name = what.file_name;
    if (name.empty() && !what.path.empty())
        name = std::filesystem::path(what.path).filename().string();
    head.append("Content-Disposition: form-data; name=\"").append(quoted_name(what.name));
    head.append("\"; filename=\"").append(quoted_name(name.empty() ? what.name : name));
    head.append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    add_text(std::move(head));

    piece one;
    if (what.path.empty()) {
        one.view = what.bytes;
        one.size = what.bytes.size();
    } else {
        std::error_code reason;
        const bool regular = std::filesystem::is_regular_file(what.path, reason);
        if (regular && !reason)
            one.size = std::filesystem::file_size(what.path, reason);
        if (regular && !reason)
            one.file.reset(std::fopen(what.path.c_str(), "rb"));
        if (one.file == nullptr) {
            fault = make_error_code(errc::file_unreadable);
            return;
        }
    }
    size_ += one.size;
    pieces_.push_back(std::move(one));
    add_text("\r\n");
}

BANTER_COLD_DECL void body_source::rewind() noexcept {
    at_ = 0;
    sent_of_piece_ = 0;
    for (const piece& one : pieces_)
        if (one.file != nullptr)
            std::rewind(one.file.get());
}

BANTER_COLD_DECL std::string_view body_source::next(boost::system::error_code& fault) {
    if (pieces_.empty() && at_++ == 0)
        return json_;
    while (at_ < pieces_.size()) {
        piece& one = pieces_[at_];
        if (sent_of_piece_ == one.size) {
            ++at_;
            sent_of_piece_ = 0;
            continue;
        }
        if (one.file == nullptr) {
            sent_of_piece_ = one.size;
            return one.view.data() == nullptr ? std::string_view(one.text) : one.view;
        }
        // The size was promised in the header: a file that grew is cut there, one that shrank ends
        // the call.
        buffer_.resize(64 * 1024);
        const auto wanted = static_cast<std::size_t>(
            std::min<std::uint64_t>(buffer_.size(), one.size - sent_of_piece_));
        const std::size_t got = std::fread(buffer_.data(), 1, wanted, one.file.get());
        if (got == 0) {
            fault = make_error_code(std::ferror(one.file.get()) != 0 ? errc::file_unreadable
                                                                     : errc::file_changed);
            return {};
        }
        sent_of_piece_ += got;
        return {buffer_.data(), got};
    }
    return {};
}

}  // namespace banter::net::detail
