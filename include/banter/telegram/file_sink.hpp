// Where the bytes of a fetched file go.
#pragma once

#include <boost/system/error_code.hpp>

#include <cstdint>
#include <string_view>

namespace banter {

/// Set in a request, it makes this a request for a file instead of a method's call. It must live
/// until the request has been answered. Only answers with status 200 or 206 have bytes for it; any
/// other is given as the answer's body.
class file_sink {
  public:
    /// `To` has
    ///   `error_code begin(std::uint64_t from, std::uint64_t size)`: what comes starts at the file's
    ///     byte `from`, of `size` bytes in all (0: not known), and
    ///   `error_code take(std::string_view piece)`.
    /// An error ends the transfer with it. `path` is File.file_path; only what stands behind the
    /// file's first `from` bytes is asked for, but a server may begin at the first all the same.
    template <class To>
    file_sink(To& to, std::string_view path, std::uint64_t from) noexcept
        : path_(path), from_(from), to_(&to),
          begin_([](void* sink, std::uint64_t start, std::uint64_t size) {
              return static_cast<To*>(sink)->begin(start, size);
          }),
          take_([](void* sink, std::string_view piece) {
              return static_cast<To*>(sink)->take(piece);
          }) {}

    std::string_view path() const noexcept { return path_; }
    std::uint64_t from() const noexcept { return from_; }
    boost::system::error_code begin(std::uint64_t from, std::uint64_t size) const {
        return begin_(to_, from, size);
    }
    boost::system::error_code take(std::string_view piece) const { return take_(to_, piece); }

  private:
    std::string_view path_;
    std::uint64_t from_;
    void* to_;
    boost::system::error_code (*begin_)(void*, std::uint64_t, std::uint64_t);
    boost::system::error_code (*take_)(void*, std::string_view);
};

}  // namespace banter
