// The passport example, played in the test kit with data that the test seals itself.
#define main example_main
#include "../../examples/passportbot.cpp"
#undef main

#include "../net/passport_kit.hpp"

#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace {

using passport_kit::envelope;

struct stage {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / "banter_passportbot_test";
    passport_desk::archive into{passport::private_key::from_pem(passport_kit::rsa_key()), folder};
    testkit::app<passport_desk> app{services(std::as_const(into))};
    decltype(app.user("Anna")) anna = app.user("Anna");

    stage() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directory(folder);
    }
    ~stage() { std::filesystem::remove_all(folder); }

    void sends(const envelope& what) {
        for (const auto& [id, bytes] : what.sealed_files()) app.telegram().set_file(id, bytes);
        anna.sends(testkit::content::fields(concat(R"({"passport_data":)", what.json(), '}')));
    }
    /// The calls' methods, with the files that they were about.
    std::string calls() {
        std::string out;
        for (const auto& call : app.calls()) {
            if (!out.empty()) out += ' ';
            out += call.method == "getFile" ? call.text("file_id") : call.method;
        }
        return out;
    }
    std::vector<std::string> stored() const {
        std::vector<std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::ifstream in(entry.path(), std::ios::binary);
            out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        }
        std::sort(out.begin(), out.end());
        return out;
    }
};

envelope documents(std::string nonce = "thisisatest") {
    envelope out(std::move(nonce));
    out.add("personal_details", R"({"first_name":"Anna"})");
    out.add("passport", R"({"document_no":"1"})");
    out.add_file("front_side", "0 front").add_file("selfie", "1 face");
    out.add("driver_license", R"({"document_no":"2"})");
    out.add_file("reverse_side", "2 back").add_files("translation", {"3 translated"});
    out.add("bank_statement", "").add_files("files", {"4 page", "5 page"});
    out.add_plain("email", "anna@example.org");
    return out;
}

}  // namespace

TEST_CASE_FIXTURE(stage, "each file is fetched, opened and stored, in order") {
    sends(documents());
    CHECK(calls() == "file-0 download file-1 download file-2 download file-3 download "
                     "file-4 download file-5 download");
    const std::vector<std::string> wanted = {"0 front",      "1 face", "2 back",
                                             "3 translated", "4 page", "5 page"};
    CHECK(stored() == wanted);
    CHECK(app.errors().empty());
    anna.sends("hello");
    anna.sends_photo();
    CHECK(app.calls().size() == 12);
}

TEST_CASE_FIXTURE(stage, "an answer to another question") {
    sends(documents("another"));
    CHECK(calls().empty());
    CHECK(app.errors().empty());
}

TEST_CASE_FIXTURE(stage, "one broken part: nothing is fetched") {
    envelope bad = documents();
    bad.break_hash("driver_license");
    sends(bad);
    CHECK(calls().empty());
    CHECK(app.errors().size() == 1);
    sends(envelope("thisisatest", passport_kit::new_rsa_key()));
    CHECK(calls().empty());
    CHECK(app.errors().size() == 2);
}

TEST_CASE_FIXTURE(stage, "a file that was changed ends the update, and leaves nothing") {
    envelope from = documents();
    from.change_file("file-1");
    sends(from);
    CHECK(calls() == "file-0 download file-1 download");
    CHECK(stored() == std::vector<std::string>{"0 front"});
    CHECK(app.errors().size() == 1);
    sends(documents());
    CHECK(stored().size() == 6);
}
