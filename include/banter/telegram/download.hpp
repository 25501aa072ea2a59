// Downloading what users send: what a bot's download() can end with, and the work behind it.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/gateway.hpp>
#include <banter/telegram/transfer.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace banter {

/// What Telegram's own server gives at most (getFile): 20 MB. A Bot API server of your own
/// (BOT_API_URL) has no limit.
inline constexpr std::uint64_t cloud_file_limit = 20u << 20;

/// A file that was downloaded.
struct downloaded_file {
    std::string name;       ///< its name on the server, of little meaning but for its ending: "file_7.jpg"
    std::uint64_t size = 0; ///< in bytes
};

enum class download_fault {
    no_folder,    ///< the folder of the target is not there
    cannot_write, ///< the target cannot be created or written: rights, a full disk
    too_large,    ///< larger than the limit that was given
    incomplete,   ///< fewer bytes came than the file has
    no_path,      ///< getFile gave no file_path: there is nothing to fetch
    unreadable,   ///< a local Bot API server keeps it where this machine cannot read it
};

/// What went wrong on this side of a download. The final file is as it was before.
class download_error : public std::runtime_error {
  public:
    download_error(download_fault reason, const std::string& sentence,
                   boost::system::error_code code = {})
        : std::runtime_error(sentence), reason_(reason), code_(code) {}

    download_fault reason() const noexcept { return reason_; }
    /// What the system said; none where it was not asked.
    boost::system::error_code code() const noexcept { return code_; }

  private:
    download_fault reason_;
    boost::system::error_code code_;
};

/// Anything with a file_id: what a message holds, and getFile's result.
template <class F>
concept downloadable = requires(const F& file) {
    { file.file_id() } -> std::convertible_to<std::string_view>;
};

namespace detail {

/// What to fetch. Without a path, getFile is asked for it.
struct wanted_file {
    explicit wanted_file(std::string_view file_id) : id(file_id) {}
    std::string id;
    std::string path;
    std::uint64_t size = 0; // 0: not known
};

template <downloadable F> wanted_file wanted(const F& file) {
    wanted_file out(file.file_id());
    if constexpr (requires { file.file_path(); }) {
        if (const auto path = file.file_path())
            out.path.assign(*path);
        if (const auto size = file.file_size(); size && *size > 0)
            out.size = static_cast<std::uint64_t>(*size);
    }
    return out;
}

boost::asio::awaitable<downloaded_file> download_to_disk(gateway net, wanted_file what,
                                                         std::string_view path,
                                                         transfer_watch watch);
boost::asio::awaitable<std::string> download_to_memory(gateway net, wanted_file what,
                                                       std::uint64_t limit, transfer_watch watch);

} // namespace detail

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/download.ipp>
#endif
