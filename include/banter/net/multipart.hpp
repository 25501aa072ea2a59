// The body of a request as a list of pieces, texts and files, that is read bit by bit while it is
// sent: a file of any size needs one small buffer.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/request.hpp>

#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banter::net::detail {

class body_source {
  public:
    /// A request's body: its JSON as it is, or multipart/form-data where files go along; none where a
    /// file is fetched.
    /// The request must live longer than the source. `fault`: a file cannot be opened, or the JSON
    /// is no object.
    body_source(const request& what, std::string_view boundary, boost::system::error_code& fault);

    std::uint64_t size() const noexcept { return size_; }
    std::string_view content_type() const noexcept {
        return pieces_.empty() ? std::string_view("application/json") : content_type_;
    }
    /// Back to the first byte.
    void rewind() noexcept;
    /// The next piece, empty at the end; it lives until the next call.
    std::string_view next(boost::system::error_code& fault);
    /// Who is told how much was sent, if anybody: only of bodies with files.
    transfer_watch watch() const noexcept { return pieces_.empty() ? transfer_watch() : watch_; }

  private:
    struct closer {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    struct piece {
        std::string text;                         // its own, or
        std::string_view view;                    // of the request, or
        std::unique_ptr<std::FILE, closer> file;  // a file,
        std::uint64_t size = 0;                   // of which this many bytes are sent
    };

    void add_text(std::string text);
    void add_upload(const upload& what, std::string_view dashes, boost::system::error_code& fault);

    std::string_view json_;  // all of it, where no files go along; else
    std::vector<piece> pieces_;
    std::vector<char> buffer_;
    std::string content_type_;
    transfer_watch watch_;
    std::uint64_t size_ = 0;
    std::size_t at_ = 0;
    std::uint64_t sent_of_piece_ = 0;
};

/// A boundary that no body holds, for all practical purposes: 128 random bits.
std::string random_boundary();

}  // namespace banter::net::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/multipart.ipp>
#endif
