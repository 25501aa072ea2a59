// Settings: the server's address and the token.
#include <banter/net/address.hpp>

#include <doctest/doctest.h>

#include <array>
#include <ostream>
#include <string>
#include <string_view>

using banter::net::redact_tokens;
using banter::net::server_address;
using banter::net::setting_error;
using banter::net::token;

template <class T>
concept printable = requires(std::ostream& out, const T& value) {
    out << value;
};
static_assert(!printable<token>);
static_assert(printable<std::string>);

namespace {

std::string complaint(auto&& what) {
    try {
        what();
    } catch (const setting_error& error) {
        return error.what();
    }
    return "";
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("the default is Telegram's own server, encrypted") {
    for (const auto& one :
         {server_address(), server_address::parse(""), server_address::parse(" \n")}) {
        CHECK(one.secure());
        CHECK(one.host() == "api.telegram.org");
        CHECK(one.port() == 443);
        CHECK(one.base_path().empty());
        CHECK(one.authority() == "api.telegram.org");
        CHECK(one.url() == "https://api.telegram.org");
    }
}

TEST_CASE("addresses that are accepted") {
    struct row {
        const char *text, *host, *path, *authority;
        int port;
        bool secure;
    };
    const std::array rows{
        row{"https://example.org", "example.org", "", "example.org", 443, true},
        row{"HTTPS://example.org/", "example.org", "", "example.org", 443, true},
        row{"http://localhost:8081", "localhost", "", "localhost:8081", 8081, false},
        row{"http://127.0.0.1:80/", "127.0.0.1", "", "127.0.0.1", 80, false},
        row{"https://h:80/a/b//", "h", "/a/b", "h:80", 80, true},
        row{"http://[::1]:8081/x", "::1", "/x", "[::1]:8081", 8081, false},
        row{"https://[fe80::1]", "fe80::1", "", "[fe80::1]", 443, true},
        row{"https://h/robot", "h", "/robot", "h", 443, true},
    };
    for (const auto& one : rows) {
        CAPTURE(one.text);
        const auto got = server_address::parse(one.text);
        CHECK(got.host() == one.host);
        CHECK(got.base_path() == one.path);
        CHECK(got.authority() == one.authority);
        CHECK(got.port() == one.port);
        CHECK(got.secure() == one.secure);
        CHECK(server_address::parse(got.url()).url() == got.url());
    }
}

TEST_CASE("addresses that are refused, with what to do") {
    struct row {
        const char *text, *why;
    };
    const std::array rows{
        row{"api.telegram.org", "must begin with https://"},
        row{"ftp://h", "must begin with https://"},
        row{"localhost:8081", "must begin with https://"},
        row{"https://", "host name is missing"},
        row{"https://:443", "host name is missing"},
        row{"https://user:pw@h", "user name"},
        row{"https://h:0", "1 to 65535"},
        row{"https://h:", "1 to 65535"},
        row{"https://h:65536", "1 to 65535"},
        row{"https://h:80x", "1 to 65535"},
        row{"https://[::1", "']'"},
        row{"https://[::1]80", "only be a port"},
        row{"https://[x y]", "IPv6"},
        row{"https://h/?a=b", "'?'"},
        row{"https://h?a", "'?'"},
        row{"https://h/#x", "'?' or '#'"},
        row{"https://h/a b", "percent-encoded"},
        row{"https://h\r\nX: y", "host name has a character"},
        row{"https://h/x\r\nX: y", "percent-encoded"},
        row{"https://h/bot", "leave out its last part"},
        row{"https://h/bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "leave out its last part"},
        row{"https://b\xc3\xbc"
            "cher.example",
            "host name has a character"},
    };
    for (const auto& one : rows) {
        CAPTURE(one.text);
        const std::string said = complaint([&] { server_address::parse(one.text); });
        CHECK(has(said, one.why));
        CHECK(has(said, "BOT_API_URL"));
        CHECK(!has(said, "\n"));
        CHECK(!has(said, "AAAA"));
    }
}

TEST_CASE("tokens: their form") {
    CHECK(token("123456:TEST").bot_id() == 123456);
    CHECK(token(" 123456:TEST\r\n").reveal() == "123456:TEST");
    for (const auto* bad : {"", " ", "\n"})
        CHECK(has(complaint([&] { token x{std::string_view(bad)}; }), "not set"));
    for (const auto* bad :
         {"123456", "123456:", ":abc", "abc:def", "-5:abc", "1 2:abc", "12:a b", "12:a\nb",
          "12:a/b", "0:abc", "99999999999999999999:abc", "123:abc:def", "12:\xc3\xa4", "+5:abc"}) {
        CAPTURE(bad);
        const std::string said = complaint([&] { token x{std::string_view(bad)}; });
        CHECK(has(said, "is not a bot token"));
        CHECK(has(said, "@BotFather"));
        CHECK(!has(said, bad));
    }
}

TEST_CASE("tokens are removed from any text") {
    const token one("123456:AAbbCCddEEffGGhh-_");
    CHECK(one.redact("no secret") == "no secret");
    CHECK(one.redact("") == "");
    CHECK(one.redact("a 123456:AAbbCCddEEffGGhh-_ b 123456:AAbbCCddEEffGGhh-_") ==
          "a <token> b <token>");
    CHECK(one.redact("/bot123456%3AAAbbCCddEEffGGhh-_/getMe") == "/bot<token>/getMe");
    CHECK(one.redact("/bot123456%3aAAbbCCddEEffGGhh-_/x") == "/bot<token>/x");
    CHECK(one.redact("AAbbCCddEEffGGhh-_") == "<token>");
    CHECK(redact_tokens("see https://h/bot123456:AAbbCC/x and 777:zzzzzz") ==
          "see https://h/bot<token>/x and <token>");
    CHECK(redact_tokens("127.0.0.1:8081 at 12:34:56") == "127.0.0.1:8081 at 12:34:56");
}
