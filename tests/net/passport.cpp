// Telegram Passport: data that the test itself seals as Telegram's clients do, then opened.
#include "passport_kit.hpp"

#include <banter/net/passport.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace banter;
using namespace passport_kit;

namespace {

/// What `job` was refused for, and the words.
struct refusal {
    std::optional<passport::fault> why;
    std::string what;
};

refusal refused(auto job) {
    try {
        job();
        return {};
    } catch (const passport::passport_error& error) {
        return {error.why(), error.what()};
    }
}

passport::contents opened(const envelope& from, const std::string& pem = rsa_key()) {
    const auto document = owned_json::parse(from.json());
    return passport::decrypt(telegram::passport_data(&document.value()),
                             passport::private_key::from_pem(pem));
}

passport::fault fault_of(const envelope& from) {
    const refusal got = refused([&] { opened(from); });
    REQUIRE(got.why);
    return *got.why;
}

struct folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "banter_passport_test";
    folder() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directory(path);
    }
    ~folder() { std::filesystem::remove_all(path); }
};

void write(const std::filesystem::path& to, std::string_view bytes) {
    std::ofstream out(to, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string read(const std::filesystem::path& from) {
    std::ifstream in(from, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Every kind of element.
envelope whole() {
    envelope out("a nonce");
    out.add("personal_details",
            R"({"first_name":"Anna","last_name":"Li","birth_date":"01.02.1990","gender":"female",)"
            R"("country_code":"DE","residence_country_code":"FR","first_name_native":"Аня","shoe_size":39})");
    out.add("passport", R"({"document_no":"P1","expiry_date":"03.04.2030"})");
    out.add_file("front_side", "front").add_file("selfie", "face").add_files("translation", {"t0", "t1"});
    out.add("driver_license", R"({"document_no":"D2"})");
    out.add_file("front_side", "front").add_file("reverse_side", "back");
    out.add("address", R"({"street_line1":"Main 1","city":"Rome","country_code":"IT","post_code":"00100"})");
    out.add("utility_bill", "").add_files("files", {"bill"});
    out.add_plain("phone_number", "4915112345678").add_plain("email", "anna@example.org");
    return out;
}

}  // namespace

TEST_CASE("every element is decrypted and typed") {
    const passport::contents all = opened(whole());
    CHECK(all.nonce == "a nonce");
    REQUIRE(all.elements.size() == 7);
    const auto& who = *all.find("personal_details")->personal_details;
    CHECK(who.first_name == "Anna");
    CHECK(who.last_name == "Li");
    CHECK(who.middle_name.empty());
    CHECK(who.birth_date == "01.02.1990");
    CHECK(who.gender == "female");
    CHECK(who.country_code == "DE");
    CHECK(who.residence_country_code == "FR");
    CHECK(who.first_name_native == "Аня");
    CHECK(all.elements[0].data.find("shoe_size") != std::string::npos);
    CHECK(all.find("passport")->document->document_no == "P1");
    CHECK(all.find("passport")->document->expiry_date == "03.04.2030");
    CHECK(all.find("driver_license")->document->expiry_date.empty());
    const auto& home = *all.find("address")->address;
    CHECK(home.street_line1 == "Main 1");
    CHECK(home.city == "Rome");
    CHECK(home.country_code == "IT");
    CHECK(home.post_code == "00100");
    CHECK(all.find("phone_number")->phone_number == "4915112345678");
    CHECK(all.find("email")->email == "anna@example.org");
    CHECK(all.find("bank_statement") == nullptr);
}

TEST_CASE("an element's files open with their own credentials") {
    const envelope from = whole();
    const passport::contents all = opened(from);
    const passport::element& license = *all.find("driver_license");
    REQUIRE(license.reverse_side);
    CHECK_FALSE(license.selfie);
    CHECK(license.reverse_side->file_size ==
          static_cast<std::int64_t>(from.sealed_file(license.reverse_side->file_id).size()));
    const auto content = [&](const passport::sealed_file& file) {
        return passport::decrypt_file(from.sealed_file(file.file_id), file.credentials);
    };
    CHECK(content(*license.front_side) == "front");
    CHECK(content(*license.reverse_side) == "back");
    const passport::element& document = *all.find("passport");
    REQUIRE(document.translation.size() == 2);
    CHECK(content(document.translation[0]) == "t0");
    CHECK(content(document.translation[1]) == "t1");
    CHECK(content(all.find("utility_bill")->files.at(0)) == "bill");
    const refusal other = refused([&] {
        passport::decrypt_file(from.sealed_file(document.selfie->file_id),
                               document.front_side->credentials);
    });
    CHECK(other.why == passport::fault::wrong_hash);
}

TEST_CASE("keys: PKCS #1, PKCS #8, passwords, and what is none") {
    using passport::private_key;
    CHECK_NOTHROW(private_key::from_pem(rsa_key()));
    CHECK_NOTHROW(private_key::from_pem(pkcs1(rsa_key())));
    const std::string locked = locked_pem(rsa_key(), "swordfish");
    const private_key key = private_key::from_pem(locked, "swordfish");
    const auto document = owned_json::parse(whole().json());
    CHECK(passport::decrypt(telegram::passport_data(&document.value()), key).nonce == "a nonce");

    const refusal wrong = refused([&] { private_key::from_pem(locked, "sardine"); });
    CHECK(wrong.why == passport::fault::wrong_password);
    CHECK(wrong.what.find("sardine") == std::string::npos);
    CHECK(refused([&] { private_key::from_pem(locked); }).why == passport::fault::wrong_password);
    CHECK(refused([&] { private_key::from_pem("no key"); }).why == passport::fault::key_unreadable);
    CHECK(refused([&] { private_key::from_pem(public_pem(rsa_key())); }).why ==
          passport::fault::key_unreadable);
    CHECK(refused([&] { private_key::from_pem(elliptic_key()); }).why ==
          passport::fault::key_unreadable);

    const folder here;
    const refusal missing = refused([&] { private_key::from_file(here.path / "absent.key"); });
    CHECK(missing.why == passport::fault::key_unreadable);
    CHECK(missing.what.find("absent.key") != std::string::npos);
    write(here.path / "private.key", rsa_key());
    CHECK_NOTHROW(private_key::from_file(here.path / "private.key"));
}

TEST_CASE("data for another key") {
    const std::string other = new_rsa_key();
    const refusal got = refused([&] { opened(whole(), other); });
    CHECK(got.why == passport::fault::wrong_key);
}

TEST_CASE("one broken part breaks the whole") {
    using passport::fault;
    envelope from = whole();
    SUBCASE("the credentials' hash") {
        from.credentials_hash = base64(std::string(32, 'x'));
        CHECK(fault_of(from) == fault::wrong_hash);
    }
    SUBCASE("a hash of an element's data") {
        from.break_hash("address");
        const refusal got = refused([&] { opened(from); });
        CHECK(got.why == fault::wrong_hash);
        CHECK(got.what.find("address.data") != std::string::npos);
        CHECK(got.what.find("Rome") == std::string::npos);
    }
    SUBCASE("an element without credentials") {
        from.forget_credentials("passport");
        CHECK(fault_of(from) == fault::no_credentials);
    }
    SUBCASE("a file without credentials") {
        from.forget_credentials("passport", "selfie");
        const refusal got = refused([&] { opened(from); });
        CHECK(got.why == fault::no_credentials);
        CHECK(got.what.find("passport.selfie") != std::string::npos);
    }
    SUBCASE("fewer credentials than files") {
        from.forget_credentials("utility_bill", "files");
        const refusal got = refused([&] { opened(from); });
        CHECK(got.what.find("utility_bill.files[0]") != std::string::npos);
    }
    SUBCASE("data that are no base64") {
        from.elements[0].data = "???";
        CHECK(fault_of(from) == fault::malformed);
    }
    SUBCASE("data without their end") {
        from.elements[0].data = base64("abcdefg");
        CHECK(fault_of(from) == fault::truncated);
    }
    SUBCASE("data that are no JSON: their text is not shown") {
        envelope bad("n");
        bad.add("address", "Rome, Main 1");
        const refusal got = refused([&] { opened(bad); });
        CHECK(got.why == fault::malformed);
        CHECK(got.what.find("Rome") == std::string::npos);
    }
    SUBCASE("an unknown type is decrypted too") {
        from.add("library_card", R"({"document_no":"L"})");
        const passport::contents all = opened(from);
        CHECK(all.find("library_card")->data == R"({"document_no":"L"})");
        CHECK_FALSE(all.find("library_card")->document);
    }
}

TEST_CASE("padding: its size stands in the first byte") {
    using passport::fault;
    const std::string text = "0123456789";
    for (const std::size_t padding : {std::size_t{38}, std::size_t{54}, std::size_t{246}}) {
        CAPTURE(padding);
        const sealed_bytes sealed = seal(padded(text, padding));
        CHECK(passport::decrypt_file(sealed.bytes, sealed.credentials()) == text);
    }
    std::string nothing = padded(text, 38);
    nothing[0] = '\0';
    const sealed_bytes none = seal(nothing);
    CHECK(refused([&] { passport::decrypt_file(none.bytes, none.credentials()); }).why ==
          fault::wrong_padding);
    std::string much = padded(text, 38);
    much[0] = '\x31';  // 49 of 48 bytes
    const sealed_bytes over = seal(much);
    CHECK(refused([&] { passport::decrypt_file(over.bytes, over.credentials()); }).why ==
          fault::wrong_padding);
    much[0] = '\x30';
    const sealed_bytes all = seal(much);
    CHECK(passport::decrypt_file(all.bytes, all.credentials()).empty());
}

TEST_CASE("a file that lacks its end") {
    const sealed_bytes sealed = seal(padded("0123456789", 38));
    const auto fault_at = [&](std::size_t size) {
        return refused([&] {
            passport::decrypt_file(std::string_view(sealed.bytes).substr(0, size), sealed.credentials());
        }).why;
    };
    CHECK(fault_at(0) == passport::fault::truncated);
    CHECK(fault_at(47) == passport::fault::truncated);
    CHECK(fault_at(32) == passport::fault::wrong_hash);
    CHECK_FALSE(fault_at(48));
}

TEST_CASE("files are opened from disk to disk, in pieces") {
    const folder here;
    std::string content(300'001, '\0');
    for (std::size_t i = 0; i != content.size(); ++i) content[i] = static_cast<char>(i * 7 / 3);
    const std::size_t padding = 32 + (16 - (content.size() + 32) % 16) % 16;
    const sealed_bytes sealed = seal(padded(content, padding));
    write(here.path / "sealed", sealed.bytes);
    write(here.path / "opened", "what was there before");
    passport::decrypt_file(here.path / "sealed", here.path / "opened", sealed.credentials());
    CHECK(read(here.path / "opened") == content);
    CHECK_FALSE(std::filesystem::exists(here.path / "opened.part"));
}

TEST_CASE("a file that cannot be opened leaves nothing on disk") {
    using passport::fault;
    const folder here;
    const sealed_bytes sealed = seal(padded("0123456789", 38));
    std::string damaged = sealed.bytes;
    damaged[20] = static_cast<char>(damaged[20] ^ 1);
    write(here.path / "sealed", damaged);
    const auto fault_to = [&](const char* from, const std::filesystem::path& to) {
        return refused([&] { passport::decrypt_file(here.path / from, to, sealed.credentials()); }).why;
    };
    CHECK(fault_to("sealed", here.path / "opened") == fault::wrong_hash);
    CHECK(fault_to("absent", here.path / "opened") == fault::file_unreadable);
    CHECK_FALSE(std::filesystem::exists(here.path / "opened"));
    CHECK_FALSE(std::filesystem::exists(here.path / "opened.part"));
    write(here.path / "sealed", sealed.bytes);
    CHECK(fault_to("sealed", here.path / "no folder" / "opened") == fault::file_unwritable);
    CHECK_FALSE(fault_to("sealed", here.path / "opened"));
}
