// setPassportDataErrors: nine sources of errors.
#include "passport_kit.hpp"

#include <banter/net/passport_errors.hpp>

#include <doctest/doctest.h>

using namespace banter;
using passport_kit::envelope;

namespace {

passport::contents two_elements() {
    envelope from("n");
    from.add("identity_card", R"({"document_no":"1"})");
    from.add_file("front_side", "f").add_file("reverse_side", "r").add_file("selfie", "s");
    from.add_files("translation", {"t0", "t1"});
    from.add("bank_statement", "").add_files("files", {"a", "b"});
    const auto document = owned_json::parse(from.json());
    return passport::decrypt(telegram::passport_data(&document.value()),
                             passport::private_key::from_pem(passport_kit::rsa_key()));
}

std::string body_of(passport::errors& from) { return make_request(from.call()).body; }

}  // namespace

TEST_CASE("each source is written as Telegram wants it") {
    const passport::contents all = two_elements();
    const passport::element& card = all.elements[0];
    const passport::element& bank = all.elements[1];
    passport::errors bad(5);
    CHECK(bad.empty());
    bad.data_field(card, "document_no", "m0").front_side(card, "m1").reverse_side(card, "m2");
    bad.selfie(card, "m3").file(bank, 1, "m4").files(bank, "m5").translation_file(card, 0, "m6");
    bad.translation_files(card, "m7").unspecified(bank, "m8");
    CHECK(bad.size() == 9);
    const auto document = owned_json::parse(body_of(bad));
    CHECK(document.value().at("user_id").as_int64() == 5);
    const auto& errors = document.value().at("errors").as_array();
    REQUIRE(errors.size() == 9);
    const char* const sources[] = {"data", "front_side", "reverse_side", "selfie", "file",
                                   "files", "translation_file", "translation_files", "unspecified"};
    for (std::size_t i = 0; i != 9; ++i) {
        CHECK(errors[i].at("source").as_string() == sources[i]);
        CHECK(errors[i].at("message").as_string() == "m" + std::to_string(i));
        CHECK(errors[i].at("type").as_string() ==
              (i == 4 || i == 5 || i == 8 ? "bank_statement" : "identity_card"));
    }
    CHECK(errors[0].at("field_name").as_string() == "document_no");
    CHECK(errors[0].at("data_hash").as_string() == card.data_hash);
    CHECK(errors[1].at("file_hash").as_string() == card.front_side->credentials.file_hash);
    CHECK(errors[2].at("file_hash").as_string() == card.reverse_side->credentials.file_hash);
    CHECK(errors[3].at("file_hash").as_string() == card.selfie->credentials.file_hash);
    CHECK(errors[4].at("file_hash").as_string() == bank.files[1].credentials.file_hash);
    REQUIRE(errors[5].at("file_hashes").as_array().size() == 2);
    CHECK(errors[5].at("file_hashes").at(0).as_string() == bank.files[0].credentials.file_hash);
    CHECK(errors[6].at("file_hash").as_string() == card.translation[0].credentials.file_hash);
    CHECK(errors[7].at("file_hashes").at(1).as_string() == card.translation[1].credentials.file_hash);
    CHECK(errors[8].at("element_hash").as_string() == bank.hash);
}

TEST_CASE("what an element does not have cannot be complained about") {
    const passport::contents all = two_elements();
    const passport::element& card = all.elements[0];
    const passport::element& bank = all.elements[1];
    passport::errors bad(5);
    CHECK_THROWS_WITH_AS(bad.selfie(bank, "m"),
                         "passport::errors: the element bank_statement has no selfie to complain about",
                         std::invalid_argument);
    CHECK_THROWS_AS(bad.data_field(bank, "x", "m"), std::invalid_argument);
    CHECK_THROWS_AS(bad.front_side(bank, "m"), std::invalid_argument);
    CHECK_THROWS_AS(bad.reverse_side(bank, "m"), std::invalid_argument);
    CHECK_THROWS_AS(bad.file(bank, 2, "m"), std::invalid_argument);
    CHECK_THROWS_AS(bad.files(card, "m"), std::invalid_argument);
    CHECK_THROWS_AS(bad.translation_file(card, 2, "m"), std::invalid_argument);
    CHECK_THROWS_AS(bad.translation_files(bank, "m"), std::invalid_argument);
    CHECK(bad.empty());
}
