// The samples of docs/files.md, in the test kit.
#include <doctest/doctest.h>

#include <banter/banter.hpp>
#include <banter/testkit/app.hpp>

#include <filesystem>
#include <fstream>

using namespace banter;

namespace {

struct profile {
    struct waiting_photo {};

    static waiting_photo start(context& ctx) {
        ctx.reply("Send me a photo of yourself.");
        return {};
    }
    static task<end> take(context& ctx, bot& api, matched<photo> portrait) {
        const auto path = concat("portraits/", ctx.user_id(), ".jpg");
        co_await api.download(portrait, path);
        ctx.reply("A fine portrait.");
        co_return end{};
    }
    static task<stay> read(context& ctx, bot& api, matched<document> sent) {
        const std::string bytes = co_await api.download_bytes(sent, 64 * 1024);
        ctx.reply(concat("A photo, please, not ", bytes.size(), " bytes of a document."));
        co_return stay{};
    }
    static stay too_large(context& ctx, const download_error& error) {
        ctx.reply(error.reason() == download_fault::too_large ? "That is too large."
                                                              : "I cannot keep it now.");
        return {};
    }

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<waiting_photo>(on(photo, take), on(document, read)),
                            on_error(too_large));
    }
};

struct slides {
    static task<> send(context& ctx, bot& api) {
        const std::string drawn = "the bytes of a picture";
        input_media_photo first{.media = input_file::path("slides/one.jpg"), .caption = "One"};
        input_media_photo second{.media = input_file::bytes(drawn, "two.jpg")};
        input_media_photo third{.media = "https://example.com/three.jpg"};
        auto album = list<input_media>(first, second, third);
        co_await api(send_media_group{.chat_id = ctx.chat_id(), .media = album});
        co_return;
    }
    static task<> film(context& ctx, bot& api) {
        auto bar = [&](transfer now) {
            if (now.bytes == now.of) ctx.reply("The film is on its way.");
        };
        co_await api(send_video{.chat_id = ctx.chat_id(), .video = input_file::path("slides/one.jpg")},
                     bar);
        co_return;
    }
    static void again(context& ctx, matched<photo> sent) {
        const std::string known(sent.file_id());
        ctx.reply_media_group(list<input_media>(
            input_media_photo{.media = known, .caption = "As it came"},
            input_media_photo{.media = input_file::path("slides/one.jpg"), .caption = "<b>Ours</b>",
                              .parse_mode = parse_mode::html}));
    }
    static constexpr auto flow() {
        return handlers(on(command<"slides">, send), on(command<"film">, film), on(photo, again));
    }
};

/// A working directory of the test's own.
struct workplace {
    std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::path here = std::filesystem::temp_directory_path() / "banter-profile-test";
    workplace() {
        std::filesystem::create_directories(here / "portraits");
        std::filesystem::create_directories(here / "slides");
        std::ofstream(here / "slides/one.jpg") << "one";
        std::filesystem::current_path(here);
    }
    ~workplace() {
        std::filesystem::current_path(before);
        std::filesystem::remove_all(here);
    }
    workplace(const workplace&) = delete;
    workplace& operator=(const workplace&) = delete;
};

}  // namespace

TEST_CASE("a bot keeps the photo that it was sent") {
    const workplace w;
    testkit::app<profile> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends(testkit::content::photo().file("me.jpg", "the bytes of a photo"));
    CHECK(anna.last_reply().text() == "A fine portrait.");
    CHECK(!anna.in_conversation<profile>());
    CHECK(std::filesystem::file_size(concat("portraits/", anna.id(), ".jpg").c_str()) == 20);
}

TEST_CASE("what cannot be kept is an error that a bot can answer") {
    const workplace w;
    testkit::app<profile> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends(testkit::content::document().file("a.txt", "abc"));
    CHECK(anna.last_reply().text() == "A photo, please, not 3 bytes of a document.");
    anna.sends(testkit::content::document().file("a.txt", std::string(64 * 1024 + 1, 'x')));
    CHECK(anna.last_reply().text() == "That is too large.");
    std::filesystem::remove_all("portraits");
    anna.sends(testkit::content::photo().file("me.jpg", "the bytes of a photo"));
    CHECK(anna.last_reply().text() == "I cannot keep it now.");
    CHECK(anna.in_conversation<profile>());
}

TEST_CASE("an album out of a file on disk, bytes and a URL") {
    const workplace w;
    testkit::app<slides> app;
    auto anna = app.user("Anna");
    anna.sends("/slides");
    const auto calls = app.telegram().calls("sendMediaGroup");
    REQUIRE(calls.size() == 1);
    REQUIRE(calls[0].files.size() == 2);
    CHECK(calls[0].files[0].bytes == "one");
    CHECK(calls[0].files[1].bytes == "the bytes of a picture");
    CHECK(anna.replies().size() == 3);
    anna.sends("/film");
    CHECK(anna.last_reply().text() == "The film is on its way.");
}

TEST_CASE("an album of a known file and a new one; each has its own caption") {
    const workplace w;
    testkit::app<slides> app;
    auto anna = app.user("Anna");
    anna.sends(testkit::content::photo().file("me.jpg", "the bytes of a photo"));
    CHECK(app.errors().empty());
    const auto calls = app.telegram().calls("sendMediaGroup");
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].files.size() == 1);  // the known one is not uploaded
    const auto replies = anna.replies();
    REQUIRE(replies.size() == 2);
    CHECK(replies[0].text() == "As it came");
    CHECK(replies[1].text() == "Ours");
    CHECK(replies[0].json().find(R"("media_group_id")") != std::string::npos);
    CHECK(replies[0].file_id() != replies[1].file_id());
}
