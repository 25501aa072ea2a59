#pragma once

#include <banter/telegram/answer.hpp>
#include <banter/telegram/download.hpp>
#include <banter/telegram/error.hpp>
#include <banter/telegram/file_sink.hpp>
#include <banter/telegram/impl/gateway.ipp>
#include <banter/telegram/impl/view.ipp>
#include <banter/telegram/json_writer.hpp>
#include <banter/telegram/retry.hpp>
#include <banter/telegram/types.hpp>

#include <boost/system/errc.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <memory>
#include <random>
#include <system_error>
#include <utility>

namespace banter::detail {

struct file_closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using open_file = std::unique_ptr<std::FILE, file_closer>;

inline boost::system::error_code last_error() noexcept {
    return {errno == 0 ? EIO : errno, boost::system::generic_category()};
}

/// The file that is being written: beside the target, until it is complete. Left alone, it is gone.
class part_file {
  public:
    explicit part_file(std::string_view target) : target_(target) {
        const std::filesystem::path folder = std::filesystem::path(target_).parent_path();
        std::error_code ignored;
        if (!folder.empty() && !std::filesystem::is_directory(folder, ignored))
            throw download_error(download_fault::no_folder,
                                 "download to " + target_ + ": there is no folder " +
                                     folder.string() + "; create it first");
        if (target_.empty() || std::filesystem::is_directory(target_, ignored))
            throw download_error(download_fault::cannot_write,
                                 "download to '" + target_ + "': this is no file's name");
        std::random_device source;
        part_ = target_ + ".part-" + std::to_string(source());
        out_.reset(std::fopen(part_.c_str(), "wbx"));
        if (out_ == nullptr)
            fail(last_error());
    }
    part_file(const part_file&) = delete;
    part_file& operator=(const part_file&) = delete;
    ~part_file() {
        out_.reset();
        std::error_code ignored;
        if (!part_.empty())
            std::filesystem::remove(part_, ignored);
    }

    bool write(std::string_view piece) {
        return std::fwrite(piece.data(), 1, piece.size(), out_.get()) == piece.size();
    }
    /// Back to the first byte.
    bool restart() {
        out_.reset(std::fopen(part_.c_str(), "wb"));
        return out_ != nullptr;
    }
    void finish() {
        if (std::fclose(out_.release()) != 0)
            fail(last_error());
        std::error_code fault;
        std::filesystem::rename(part_, target_, fault);
        if (fault)
            fail({fault.value(), boost::system::generic_category()});
        part_.clear();
    }
    [[noreturn]] void fail(boost::system::error_code code) const {
        throw download_error(download_fault::cannot_write,
                             "download to " + target_ + ": cannot write: " + code.message(), code);
    }

  private:
    std::string target_, part_;
    open_file out_;
};

/// What comes goes to disk or into memory; whatever is wrong with it is kept until the network has
/// let go.
class download_sink {
  public:
    download_sink(part_file* disk, std::uint64_t limit, std::uint64_t expected,
                  transfer_watch watch) noexcept
        : disk_(disk), limit_(limit), size_(expected), watch_(watch) {}

    boost::system::error_code begin(std::uint64_t from, std::uint64_t size) {
        if (size != 0)
            size_ = size;
        if (size_ > limit_)
            return end_with(too_large());
        if (from == got_)
            return {};
        if (from != 0)
            return boost::system::errc::make_error_code(boost::system::errc::protocol_error);
        got_ = 0;
        bytes.clear();
        if (disk_ != nullptr && !disk_->restart())
            return end_with(writing());
        return {};
    }

    boost::system::error_code take(std::string_view piece) {
        got_ += piece.size();
        if (got_ > limit_)
            return end_with(too_large());
        if (disk_ == nullptr)
            bytes.append(piece);
        else if (!disk_->write(piece))
            return end_with(writing());
        try {
            watch_({got_, size_});
        } catch (...) {
            return end_with(std::current_exception());
        }
        return {};
    }

    /// Throws what ended the transfer from this side.
    void rethrow() const {
        if (failure_)
            std::rethrow_exception(failure_);
    }
    /// Looks at what came when the server has said that this is all.
    void check_complete() const {
        if (got_ < size_)
            throw download_error(download_fault::incomplete,
                                 "download: " + std::to_string(got_) + " of " +
                                     std::to_string(size_) + " bytes came");
    }
    void check_limit() const {
        if (size_ > limit_)
            std::rethrow_exception(too_large());
    }
    std::uint64_t got() const noexcept { return got_; }

    std::string bytes;

  private:
    boost::system::error_code end_with(std::exception_ptr what) {
        failure_ = std::move(what);
        return boost::system::errc::make_error_code(boost::system::errc::operation_canceled);
    }
    std::exception_ptr too_large() const {
        return std::make_exception_ptr(download_error(
            download_fault::too_large, "download: the file has " +
                                           std::to_string(std::max(size_, got_)) +
                                           " bytes, and the limit is " + std::to_string(limit_)));
    }
    std::exception_ptr writing() const {
        try {
            disk_->fail(last_error());
        } catch (...) {
            return std::current_exception();
        }
    }

    part_file* disk_;
    std::uint64_t limit_, size_, got_ = 0;
    transfer_watch watch_;
    std::exception_ptr failure_;
};

inline std::string name_in(std::string_view path) {
    return std::string(path.substr(path.find_last_of("/\\") + 1));
}

inline request file_request(std::string_view path) {
    request out;
    out.method = "download";
    json_writer writer(out.body);
    writer.begin_object();
    writer.key("file_path");
    writer.string(path);
    writer.end_object();
    return out;
}

inline request get_file_request(std::string_view id) {
    request out;
    out.method = "getFile";
    json_writer writer(out.body);
    writer.begin_object();
    writer.key("file_id");
    writer.string(id);
    writer.end_object();
    return out;
}

/// getFile's words for a file above 20 MB do not say what can be done.
inline api_failure explained(api_failure failure) {
    if (failure.description.find("file is too big") != std::string::npos)
        failure.description += ": Telegram's server gives bots files of up to 20 MB; a Bot API "
                               "server of your own (BOT_API_URL) gives them all";
    return failure;
}

/// Asks getFile where the file is, if that is not known.
BANTER_COLD_DECL boost::asio::awaitable<void> locate(gateway net, wanted_file& what) {
    if (!what.path.empty())
        co_return;
    const request asked = get_file_request(what.id);
    answer got;
    co_await exchange(net, asked, got);
    call_outcome outcome = banter::read_answer(asked.method, got);
    if (outcome.failure())
        throw api_error(explained(*outcome.failure()));
    const owned_json result = std::move(outcome).result();
    const telegram::file file(telegram::detail::as_object(&result.value(), {"getFile", "result"}));
    what.path.assign(file.file_path().value_or(std::string_view()));
    what.size = static_cast<std::uint64_t>(std::max<std::int64_t>(file.file_size().value_or(0), 0));
    if (what.path.empty())
        throw download_error(download_fault::no_path,
                             "download: getFile gave no file_path, so there is nothing to fetch");
}

/// A local Bot API server (--local) gives a path on its own disk instead of one to ask for.
inline bool is_local(std::string_view path) noexcept {
    return path.starts_with('/') || (path.size() > 2 && path[1] == ':');
}

// The path holds the token, so errors say the file's name only.
BANTER_COLD_DECL boost::asio::awaitable<void> copy_local(gateway net, const wanted_file& what,
                                                         download_sink& to) {
    const open_file in(std::fopen(what.path.c_str(), "rb"));
    if (in == nullptr)
        throw download_error(download_fault::unreadable,
                             "download: the Bot API server runs with --local and keeps " +
                                 name_in(what.path) +
                                 " on its own disk, which this program cannot read",
                             last_error());
    std::array<char, 64 * 1024> piece;
    boost::system::error_code fault = to.begin(0, what.size);
    for (unsigned round = 1; !fault; ++round) {
        const std::size_t got = std::fread(piece.data(), 1, piece.size(), in.get());
        if (got == 0)
            break;
        fault = to.take({piece.data(), got});
        if (round % 16 == 0)  // others have their turn
            co_await net.wait(std::chrono::nanoseconds(0));
    }
    to.rethrow();
    if (std::ferror(in.get()) != 0)
        throw download_error(download_fault::unreadable,
                             "download: " + name_in(what.path) + " cannot be read", last_error());
}

BANTER_COLD_DECL boost::asio::awaitable<boost::system::error_code> try_exchange(gateway net,
                                                                                const request& what,
                                                                                answer& got) {
    boost::system::error_code fault;
    try {
        co_await exchange(net, what, got);
    } catch (const network_error& error) {
        fault = error.code();
    }
    co_return fault;
}

inline bool is_worth_another(boost::system::error_code fault, int status) noexcept {
    namespace errc = boost::system::errc;
    if (!fault)
        return status >= 500;
    return fault != errc::operation_canceled && fault != errc::invalid_argument;
}

inline bool has_file(const answer& got) noexcept { return got.status == 200 || got.status == 206; }

inline api_error refusal(std::string_view method, const answer& got) {
    const call_outcome outcome = banter::read_answer(method, got);
    if (outcome.failure())
        return api_error(*outcome.failure());
    api_failure odd;
    odd.method.assign(method);
    odd.http_status = odd.error_code = got.status;
    odd.description = "a result instead of a file";
    return api_error(std::move(odd));
}

/// Fetches over the network; what broke is taken up behind the bytes that are there.
BANTER_COLD_DECL boost::asio::awaitable<void> fetch(gateway net, const wanted_file& what,
                                                    download_sink& to) {
    request asked = file_request(what.path);
    for (int left = 4;; --left) {
        const std::uint64_t before = to.got();
        const file_sink sink(to, what.path, before);
        asked.file = &sink;
        answer got;
        const boost::system::error_code fault = co_await try_exchange(net, asked, got);
        to.rethrow();
        if (!fault && has_file(got))
            co_return;
        if (to.got() > before)
            left = 4;
        if (left == 0 || !is_worth_another(fault, got.status)) {
            if (fault)
                throw network_error(asked.method, fault);
            throw refusal(asked.method, got);
        }
        co_await net.wait(std::chrono::seconds(1));
    }
}

BANTER_COLD_DECL boost::asio::awaitable<void> bring(gateway net, const wanted_file& what,
                                                    download_sink& to) {
    to.check_limit();
    if (is_local(what.path))
        co_await copy_local(net, what, to);
    else
        co_await fetch(net, what, to);
    to.check_complete();
}

BANTER_COLD_DECL boost::asio::awaitable<downloaded_file> fetch_to_disk(gateway net, wanted_file what,
                                                                       std::string target,
                                                                       transfer_watch watch) {
    part_file disk(target);  // what cannot be written need not be asked for
    co_await locate(net, what);
    download_sink sink(&disk, ~std::uint64_t(0), what.size, watch);
    co_await bring(net, what, sink);
    disk.finish();
    downloaded_file out;
    out.name = name_in(what.path);
    out.size = sink.got();
    co_return out;
}

BANTER_COLD_DECL boost::asio::awaitable<downloaded_file> download_to_disk(gateway net, wanted_file what,
                                                                          std::string_view path,
                                                                          transfer_watch watch) {
    return fetch_to_disk(net, std::move(what), std::string(path), watch);
}

BANTER_COLD_DECL boost::asio::awaitable<std::string> download_to_memory(gateway net, wanted_file what,
                                                                        std::uint64_t limit,
                                                                        transfer_watch watch) {
    co_await locate(net, what);
    download_sink sink(nullptr, limit, what.size, watch);
    co_await bring(net, what, sink);
    co_return std::move(sink.bytes);
}

} // namespace banter::detail
