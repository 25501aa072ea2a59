// The body of an answer, as Beast's parser fills it: a text, or pieces that go where a fetched file
// goes. Internal: included by http_connection.ipp.
#pragma once

#include <banter/net/errc.hpp>
#include <banter/telegram/file_sink.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

namespace banter::net::detail {

/// What "Content-Range: bytes 100-199/1000" says.
struct content_range {
    std::uint64_t from = 0, size = 0;  // size 0: not known
    bool valid = false;
};

inline content_range read_content_range(std::string_view text) noexcept {
    content_range out;
    constexpr std::string_view unit = "bytes ";
    if (!text.starts_with(unit))
        return out;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data() + unit.size(), end, out.from);
    const std::size_t slash = text.find('/');
    if (first.ec != std::errc() || slash == std::string_view::npos)
        return out;
    out.valid = true;
    if (text.substr(slash + 1) != "*")
        out.valid = std::from_chars(text.data() + slash + 1, end, out.size).ec == std::errc();
    return out;
}

struct answer_body {
    struct value_type {
        std::string text;
        std::size_t limit = 0;            // of the text
        const file_sink* file = nullptr;  // where a file goes, if one was asked for
        boost::system::error_code refused;  // by the file's sink
    };

    /// Beast makes it with the parser, before there is a head to look at.
    class reader {
      public:
        using head_type = boost::beast::http::header<false, boost::beast::http::fields>;

        template <bool IsRequest, class Fields>
        reader(boost::beast::http::header<IsRequest, Fields>& head, value_type& value)
            : value_(value) {
            if constexpr (std::is_same_v<boost::beast::http::header<IsRequest, Fields>, head_type>)
                head_ = &head;
        }

        void init(const boost::optional<std::uint64_t>& length, boost::system::error_code& fault) {
            fault = {};
            const unsigned status = head_ == nullptr ? 0 : head_->result_int();
            if (value_.file == nullptr || (status != 200 && status != 206))
                return;
            content_range range{0, length.value_or(0), true};
            if (status == 206) {
                const auto text = (*head_)[boost::beast::http::field::content_range];
                range = read_content_range({text.data(), text.size()});
            }
            to_file_ = true;
            value_.refused = range.valid ? value_.file->begin(range.from, range.size)
                                         : make_error_code(errc::not_http);
            fault = value_.refused;
        }

        template <class Buffers>
        std::size_t put(const Buffers& buffers, boost::system::error_code& fault) {
            fault = {};
            std::size_t taken = 0;
            for (const boost::asio::const_buffer one : boost::beast::buffers_range_ref(buffers)) {
                take({static_cast<const char*>(one.data()), one.size()}, fault);
                if (fault)
                    return taken;
                taken += one.size();
            }
            return taken;
        }

        void finish(boost::system::error_code& fault) { fault = {}; }

      private:
        void take(std::string_view piece, boost::system::error_code& fault) {
            if (to_file_)
                fault = value_.refused = value_.file->take(piece);
            else if (piece.size() > value_.limit - value_.text.size())
                fault = boost::beast::http::error::body_limit;
            else
                value_.text.append(piece);
        }

        value_type& value_;
        const head_type* head_ = nullptr;
        bool to_file_ = false;
    };
};

}  // namespace banter::net::detail
