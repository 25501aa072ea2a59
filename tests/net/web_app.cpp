// initData, signed by other programs: the hashes below are Python's (hmac), the signatures openssl's,
// with RFC 8032's first key.
#include <banter/net/web_app.hpp>
#include <banter/telegram/text.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace banter;
using namespace std::chrono_literals;

namespace {

const net::token secret("123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr");
constexpr std::string_view signer = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

const std::string fields =
    "query_id=AAF9"
    "&user=%7B%22id%22%3A1001001%2C%22first_name%22%3A%22Ann+%5Cu0026+Bob%22%2C%22last_name%22%3A%22Li%2B1%22"
    "%2C%22username%22%3A%22ann%22%2C%22language_code%22%3A%22en%22%2C%22is_premium%22%3Atrue"
    "%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2F1.svg%22%7D"
    "&receiver=%7B%22id%22%3A1001002%2C%22first_name%22%3A%22Bob%22%2C%22is_bot%22%3Atrue%7D"
    "&chat=%7B%22id%22%3A-1009%2C%22type%22%3A%22supergroup%22%2C%22title%22%3A%22Flat+%5Cu00e9%22%7D"
    "&chat_type=supergroup&chat_instance=-77&start_param=ref_1&can_send_after=10&auth_date=1750000000"
    "&future=x%3Dy"
    "&signature=RG23icL1nzsRcaNBCX_9uWkZ0NzAjlYz35supgN4z91OpogKl1L32-CFg0-xe5u4mrWOiuCX3qRnPDAdsTNrBA";
const std::string whole =
    fields + "&hash=23bd896d2afe2c55bc9d3e78f3fbb51ab649535f67548c1eeec7eaaed75918fc";

/// `auth_date` alone.
const std::string small =
    "auth_date=1750000000&hash=2b61fdbfdc4b64067f9aa01d7823894a5e7563736888b32c25f31ed743d86440";

init_data_options after(std::chrono::seconds passed) {
    init_data_options out;
    out.now = std::chrono::sys_seconds(1750000000s) + passed;
    out.public_key = signer;
    return out;
}

std::optional<init_data_fault> fault_of(const init_data_result& from) {
    if (from) return std::nullopt;
    return from.error();
}

std::optional<init_data_fault> fault(const std::string& text, std::chrono::seconds passed = 5s) {
    return fault_of(check_init_data(text, secret, after(passed)));
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

void check_fields(const init_data& got) {
    CHECK(got.auth_date.time_since_epoch() == 1750000000s);
    CHECK(got.query_id == "AAF9");
    REQUIRE(got.user);
    CHECK(got.user->id == 1001001);
    CHECK(got.user->first_name == "Ann & Bob");
    CHECK(got.user->last_name == "Li+1");
    CHECK(got.user->username == "ann");
    CHECK(got.user->language_code == "en");
    CHECK(got.user->photo_url == "https://t.me/i/1.svg");
    CHECK(got.user->is_premium);
    CHECK(got.user->allows_write_to_pm);
    CHECK_FALSE(got.user->added_to_attachment_menu);
    CHECK_FALSE(got.user->is_bot);
    REQUIRE(got.receiver);
    CHECK(got.receiver->id == 1001002);
    CHECK(got.receiver->is_bot);
    REQUIRE(got.chat);
    CHECK(got.chat->id == -1009);
    CHECK(got.chat->type == "supergroup");
    CHECK(got.chat->title == "Flat é");
    CHECK(got.chat_type == "supergroup");
    CHECK(got.chat_instance == "-77");
    CHECK(got.start_param == "ref_1");
    CHECK(got.can_send_after == 10s);
    REQUIRE(got.fields.size() == 12);
    CHECK(got.fields[9].first == "future");
    CHECK(got.fields[9].second == "x=y");
}

/// The sample of docs/web-apps.md.
std::string greeting(std::string_view text, const net::token& ours) {
    const init_data_result opened = check_init_data(text, ours);
    if (!opened) return std::string(explain(opened.error()));
    return concat("Hello ", opened->user->first_name, ", you came by ", opened->start_param);
}

}  // namespace

TEST_CASE("initData that the bot's token signs") {
    const init_data_result got = check_init_data(whole, secret, after(5s));
    REQUIRE(got.has_value());
    check_fields(*got);
    const init_data_result bare = check_init_data(small, secret, after(5s));
    REQUIRE(bare.has_value());
    CHECK_FALSE(bare->user);
    CHECK_FALSE(bare->can_send_after);
    CHECK(bare->start_param.empty());
}

TEST_CASE("initData that somebody changed, or of another bot") {
    using enum init_data_fault;
    CHECK(fault(replaced(whole, "ref_1", "ref_2")) == wrong_signature);
    CHECK(fault(replaced(whole, "1001001", "1001002")) == wrong_signature);
    CHECK(fault(replaced(whole, "23bd", "23be")) == wrong_signature);
    CHECK(fault(replaced(whole, "75918fc", "75918f")) == wrong_signature);
    CHECK(fault(replaced(whole, "23bd", "zzzz")) == wrong_signature);
    CHECK(fault(fields + "&hash=") == wrong_signature);
    CHECK(fault(whole + "&more=1") == wrong_signature);
    const net::token other("123456:BBbbCCddEEffGGhhIIjjKKllMMnnOOppQQr");
    CHECK(fault_of(check_init_data(whole, other, after(5s))) == wrong_signature);
    CHECK(fault(fields) == unsigned_data);
    CHECK(fault("") == unsigned_data);
}

TEST_CASE("initData that is none") {
    using enum init_data_fault;
    CHECK(fault("hello") == unsigned_data);
    CHECK(fault("auth_date=%zz&hash=1") == malformed);
    CHECK(fault("auth_date=%2&hash=1") == malformed);
    CHECK(fault(whole + "&start_param=again") == malformed);
    CHECK(fault(small + "&hash=1") == malformed);
    // The same text to sign, but one field where there were two.
    CHECK(fault(replaced(whole, "&future=x%3Dy", "%0Afuture=x%3Dy")) == malformed);
    // Signed, but no data of an app.
    CHECK(fault("auth_date=1750000000&user=7"
                "&hash=e2f5269aea5e9fed543e09516e6fa24cec284f7f15abd6a30c72f943557b4bb5") == malformed);
    CHECK(fault("auth_date=1750000000x"
                "&hash=03a252e4875b4d2fc380e19026ef0d77076f84c5aa1c3df67a3f58bae87ef36a") == malformed);
    CHECK(fault("auth_date=-1"
                "&hash=4fc1e8b4642e90128fb8a5beeda592350797786cfd804c5928a323903193ff47") == malformed);
    CHECK(fault("query_id=1"
                "&hash=52757b8d08b0d12a8775adb5c274b70d633a4e942b38345fa77f0f2f8482f703") == malformed);
    std::string many = small;
    for (int i = 0; i != 70; ++i) many += "&f" + std::to_string(i) + "=1";
    CHECK(fault(many) == malformed);
}

TEST_CASE("initData has an age") {
    using enum init_data_fault;
    CHECK_FALSE(fault(small, 24h));
    CHECK(fault(small, 24h + 1s) == too_old);
    CHECK_FALSE(fault(small, -60s));
    CHECK(fault(small, -61s) == not_yet);
    init_data_options hour = after(61min);
    hour.max_age = 1h;
    CHECK(fault_of(check_init_data(small, secret, hour)) == too_old);
    hour.max_age = 0s;
    CHECK_FALSE(fault_of(check_init_data(small, secret, hour)));
    // The machine's own clock: 2025 is long ago.
    CHECK(fault_of(check_init_data(small, secret)) == too_old);
    CHECK(greeting(whole, secret) == "initData is too old: open the app again");
}

TEST_CASE("initData that Telegram signs for third parties") {
    using enum init_data_fault;
    const init_data_result got = check_init_data_signature(whole, 123456, after(5s));
    REQUIRE(got.has_value());
    check_fields(*got);
    const auto third = [](const std::string& text, std::int64_t bot_id = 123456) {
        return fault_of(check_init_data_signature(text, bot_id, after(5s)));
    };
    CHECK_FALSE(third(replaced(whole, "23bd", "0000")));  // the hash is not signed
    CHECK(third(replaced(whole, "ref_1", "ref_2")) == wrong_signature);
    CHECK(third(replaced(whole, "RG23", "RG24")) == wrong_signature);
    CHECK(third(replaced(whole, "NrBA", "NrB")) == wrong_signature);
    CHECK(third(replaced(whole, "RG23", "??")) == wrong_signature);
    CHECK(third(whole, 123457) == wrong_signature);
    CHECK(third(small) == unsigned_data);
    CHECK(fault_of(check_init_data_signature(whole, 123456, after(25h))) == too_old);
    init_data_options telegrams = after(5s);
    telegrams.public_key = telegram_public_key;
    CHECK(fault_of(check_init_data_signature(whole, 123456, telegrams)) == wrong_signature);
    telegrams.public_key = telegram_test_public_key;
    CHECK(fault_of(check_init_data_signature(whole, 123456, telegrams)) == wrong_signature);
    telegrams.public_key = "12";
    CHECK_THROWS_AS(check_init_data_signature(whole, 123456, telegrams), std::invalid_argument);
}

TEST_CASE("a fault says what it is and shows nothing of the data") {
    const init_data_result got = check_init_data(replaced(whole, "ref_1", "ref_2"), secret, after(5s));
    CHECK_THROWS_AS(got.value(), init_data_error);
    try {
        got.value();
    } catch (const init_data_error& error) {
        CHECK(error.why() == init_data_fault::wrong_signature);
        CHECK(error.what() == std::string("initData is not signed by Telegram for this bot"));
    }
}
