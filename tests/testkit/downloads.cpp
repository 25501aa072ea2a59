// Downloading what users sent, without a network: bytes, errors, progress, and what is left on disk.
#include <doctest/doctest.h>

#include <banter/telegram/bot.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/testkit/memory_gateway.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

using namespace banter;
using namespace banter::testkit;
using namespace std::chrono_literals;
using boost::asio::awaitable;
namespace fs = std::filesystem;

namespace {

std::string noise(std::size_t size) {
    std::mt19937 source(5);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(source());
    return out;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

struct desk {
    world telegram;
    std::int64_t anna = telegram.add_user("Anna");
    memory_gateway network{telegram};
    bot api{gateway(network)};
    fs::path folder = fs::temp_directory_path() / ("banter-get-" + std::to_string(std::random_device()()));

    desk() { fs::create_directories(folder); }
    ~desk() { fs::remove_all(folder); }
    desk(const desk&) = delete;
    desk& operator=(const desk&) = delete;

    std::string path(const std::string& name) const { return (folder / name).string(); }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }
    /// Anna sends it; the file's id.
    std::string sends(const std::string& bytes) {
        telegram.send(anna, {}, content::document().file("report.pdf", bytes));
        const std::string all = telegram.take_updates().back().json;
        const auto at = all.find("\"document\"");
        const auto begin = all.find("\"file_id\":\"", at) + 11;
        return all.substr(begin, all.find('"', begin) - begin);
    }
    /// Runs one coroutine; what it throws is thrown here.
    void run(awaitable<void> job, std::chrono::nanoseconds time = 1min) {
        std::exception_ptr failure;
        bool over = false;
        boost::asio::co_spawn(network.context(), std::move(job), [&](std::exception_ptr e) {
            failure = e;
            over = true;
        });
        network.settle();
        if (!over)
            network.advance(time);
        REQUIRE(over);
        if (failure)
            std::rethrow_exception(failure);
    }
    /// The reason of the download_error that the job must end with.
    download_fault fault_of(awaitable<void> job) {
        try {
            run(std::move(job));
        } catch (const download_error& error) {
            said = error.what();
            return error.reason();
        }
        FAIL("nothing was thrown");
        return {};
    }
    std::string said;
};

awaitable<void> to_disk(bot& api, std::string id, std::string path, transfer_watch watch = {}) {
    const downloaded_file got = co_await api.download(id, path, watch);
    CHECK(got.size == fs::file_size(path));
}

awaitable<void> to_memory(bot& api, std::string id, std::uint64_t limit, std::string& out) {
    out = co_await api.download_bytes(id, limit);
}

}  // namespace

TEST_CASE("a document goes to disk under its final name, and the file that was there is replaced") {
    desk d;
    const std::string bytes = noise(100'000);
    const auto id = d.sends(bytes);
    std::ofstream(d.path("report.pdf")) << "the old one";
    d.run(to_disk(d.api, id, d.path("report.pdf")));
    CHECK(read(d.path("report.pdf")) == bytes);
    CHECK(d.files() == 1);
    const auto calls = d.telegram.calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].method == "getFile");
    CHECK(calls[1].method == "download");
}

TEST_CASE("an empty file is a file") {
    desk d;
    const auto id = d.sends("x");
    d.telegram.set_file(id, "");
    d.run(to_disk(d.api, id, d.path("empty")));
    CHECK(fs::file_size(d.path("empty")) == 0);
}

TEST_CASE("into memory, up to a limit; a larger file is not fetched at all") {
    desk d;
    const auto id = d.sends(noise(5000));
    std::string got;
    d.run(to_memory(d.api, id, 5000, got));
    CHECK(got == noise(5000));
    d.telegram.forget_calls();
    CHECK(d.fault_of(to_memory(d.api, id, 4999, got)) == download_fault::too_large);
    CHECK(d.said == "download: the file has 5000 bytes, and the limit is 4999");
    CHECK(d.telegram.calls("download").empty());
}

TEST_CASE("a limit holds where getFile does not say how large the file is, or says it wrongly") {
    desk d;
    const auto id = d.sends(noise(50'000));
    const auto path = d.telegram.calls("getFile").size();
    CHECK(path == 0);
    std::string got;
    d.run(to_memory(d.api, id, 50'000, got));
    const std::string result = d.telegram.calls("getFile").back().result;
    const auto at = result.find("\"file_size\":50000");
    REQUIRE(at != std::string::npos);
    d.telegram.answer_with("getFile", std::string(result).replace(at, 17, "\"file_size\":10"));
    CHECK(d.fault_of(to_memory(d.api, id, 40'000, got)) == download_fault::too_large);
}

TEST_CASE("progress: bytes so far, of how many") {
    desk d;
    const auto id = d.sends(noise(40'000));
    std::vector<transfer> seen;
    auto watch = [&](transfer now) { seen.push_back(now); };
    d.run(to_disk(d.api, id, d.path("x"), watch));
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].bytes == 16 * 1024);
    CHECK(seen[0].of == 40'000);
    CHECK(seen[2].bytes == 40'000);
}

TEST_CASE("who watches may end a transfer by throwing") {
    desk d;
    const auto id = d.sends(noise(40'000));
    auto watch = [](transfer) { throw std::out_of_range("enough"); };
    CHECK_THROWS_AS(d.run(to_disk(d.api, id, d.path("x"), watch)), std::out_of_range);
    CHECK(d.files() == 0);
    CHECK(d.telegram.calls("download").size() == 1);
}

TEST_CASE("a broken connection is taken up where it broke") {
    desk d;
    const std::string bytes = noise(200'000);
    const auto id = d.sends(bytes);
    std::vector<std::uint64_t> seen;
    auto watch = [&](transfer now) { seen.push_back(now.bytes); };
    d.telegram.inject(fault::cut_answer().on("download").times(3));
    d.run(to_disk(d.api, id, d.path("x"), watch));
    CHECK(read(d.path("x")) == bytes);
    CHECK(d.telegram.calls("download").size() == 4);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
}

TEST_CASE("a server that stays away is given up, and nothing is left on disk") {
    desk d;
    const auto id = d.sends(noise(1000));
    d.telegram.inject(fault::cut_connection().on("download").times(100));
    CHECK_THROWS_AS(d.run(to_disk(d.api, id, d.path("x"))), network_error);
    CHECK(d.files() == 0);
    CHECK(d.telegram.calls("download").size() == 5);
}

TEST_CASE("what the server refuses is an api_error: a file that is gone, one that is too big") {
    desk d;
    const auto id = d.sends(noise(1000));
    d.telegram.inject(fault::error(404, "Not Found").on("download"));
    std::string said;
    try {
        d.run(to_disk(d.api, id, d.path("x")));
    } catch (const api_error& error) {
        said = error.what();
        CHECK(error.http_status() == 404);
    }
    CHECK(said == "download: Not Found (error 404)");
    d.telegram.inject(fault::error(400, "Bad Request: file is too big").on("getFile"));
    try {
        d.run(to_disk(d.api, id, d.path("x")));
    } catch (const api_error& error) {
        said = error.what();
    }
    CHECK(said.find("up to 20 MB") != std::string::npos);
    CHECK(d.files() == 0);
}

TEST_CASE("a server's own errors are tried again, a proxy's page is none of the file") {
    desk d;
    const auto id = d.sends(noise(1000));
    d.telegram.inject(fault::html_page().on("download").times(2));
    d.run(to_disk(d.api, id, d.path("x")));
    CHECK(read(d.path("x")) == noise(1000));
}

TEST_CASE("where the folder is missing, nothing is asked for") {
    desk d;
    const auto id = d.sends("abc");
    CHECK(d.fault_of(to_disk(d.api, id, d.path("no/such/x"))) == download_fault::no_folder);
    CHECK(d.said.find("create it first") != std::string::npos);
    CHECK(d.fault_of(to_disk(d.api, id, d.folder.string())) == download_fault::cannot_write);
    CHECK(d.fault_of(to_disk(d.api, id, "")) == download_fault::cannot_write);
    CHECK(d.telegram.calls().empty());
}

TEST_CASE("getFile's own result is not asked for again") {
    desk d;
    const auto id = d.sends("abc");
    const auto job = [](desk& at, std::string what) -> awaitable<void> {
        auto info = co_await at.api(get_file{.file_id = what});
        const downloaded_file got = co_await at.api.download(*info, at.path("x"));
        CHECK(got.size == 3);
        CHECK(info->file_path()->ends_with(got.name));
        const std::string again = co_await at.api.download_bytes(*info);
        CHECK(again == "abc");
    };
    d.run(job(d, id));
    CHECK(d.telegram.calls("getFile").size() == 1);
}

TEST_CASE("a local server's path is read from disk, and never shown: it holds the token") {
    desk d;
    const auto id = d.sends("abc");
    fs::create_directories(d.folder / "123:TOKEN");
    const auto kept = (d.folder / "123:TOKEN" / "file_0.jpg").string();
    std::ofstream(kept, std::ios::binary) << noise(3'000'000);
    const auto answer = R"({"file_id":"a","file_unique_id":"b","file_path":")" + kept + "\"}";
    d.telegram.answer_with("getFile", answer, 2);
    d.run(to_disk(d.api, id, d.path("x")));
    CHECK(read(d.path("x")) == noise(3'000'000));
    fs::remove(kept);
    CHECK(d.fault_of(to_disk(d.api, id, d.path("y"))) == download_fault::unreadable);
    CHECK(d.said.find("TOKEN") == std::string::npos);
    CHECK(d.said.find("file_0.jpg") != std::string::npos);
    CHECK(d.telegram.calls("download").empty());
}

TEST_CASE("a cancelled download leaves nothing") {
    desk d;
    const auto id = d.sends(noise(1000));
    d.telegram.inject(fault::slow_answer(10s).on("download"));
    boost::asio::cancellation_signal stop;
    bool over = false;
    boost::asio::co_spawn(d.network.context(), to_disk(d.api, id, d.path("x")),
                          boost::asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e) {
                              CHECK(e != nullptr);
                              over = true;
                          }));
    d.network.settle();
    CHECK(d.files() == 1);
    stop.emit(boost::asio::cancellation_type::terminal);
    d.network.settle();
    CHECK(over);
    CHECK(d.files() == 0);
}

TEST_CASE("a call that sends files tells how far it is") {
    desk d;
    std::vector<transfer> seen;
    auto watch = [&](transfer now) { seen.push_back(now); };
    const auto job = [](desk& at, transfer_watch told) -> awaitable<void> {
        const std::string bytes = noise(1000);
        co_await at.api(send_document{.chat_id = at.anna, .document = input_file::bytes(bytes, "a")},
                        told);
    };
    d.run(job(d, watch));
    REQUIRE(!seen.empty());
    CHECK(seen.back().bytes == 1000);
    CHECK(seen.back().of == 1000);
}
