#include "updates.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace bench {

namespace {

// UTF-8 as JSON's \uXXXX (all texts here lie in the basic plane), quotes and all.
std::string quoted(std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            out += text[i++];
            continue;
        }
        const std::size_t length = lead < 0xE0 ? 2 : 3;
        unsigned code = lead & (length == 2 ? 0x1Fu : 0x0Fu);
        for (std::size_t k = 1; k != length; ++k)
            code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        out += "\\u";
        for (unsigned shift = 16; shift != 0; shift -= 4)
            out += digits[code >> (shift - 4) & 15];
        i += length;
    }
    return out + '"';
}

constexpr std::string_view given_names[]{"Anton", "Maria", "Kenji", "Ольга",   "Сергей", "Наталья",
                                         "Lucia", "Wei",   "Omar",  "Татьяна", "Paul",   "Greta"};
constexpr std::string_view family_names[]{"Orlov", "Brown",    "Волкова", "Морозов", "Silva",
                                          "Weber", "Лебедева", "Dvorak",  ""};
constexpr std::string_view languages[]{"ru", "en", "es", "uk", "pt"};
constexpr std::string_view suffixes[]{"ru", "pay", "x", "work"};
constexpr std::string_view ask_amount = "Сколько вы хотите заплатить? (скажем, 1200.50)";
constexpr std::string_view ask_method = "Каким способом платим?";
constexpr std::string_view bot_user =
    R"({"id":6900112233,"is_bot":true,"first_name":"PaymentBot","username":"payment_sample_bot"})";

}  // namespace

update_maker::update_maker(std::uint64_t seed, std::size_t users) : state_(seed) {
    people_.reserve(users);
    for (std::size_t i = 0; i != users; ++i)
        people_.push_back(make_person(i));
}

// splitmix64: the same on every platform, which the distributions of <random> are not.
std::uint64_t update_maker::random(std::uint64_t below) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
}

std::string update_maker::random_text(std::size_t length) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out(length, ' ');
    for (char& c : out)
        c = letters[random(letters.size())];
    return out;
}

update_maker::person update_maker::make_person(std::size_t i) {
    person out{};
    out.id = static_cast<std::int64_t>(5'100'000'000 + i * 7907 + random(7907));
    const std::string id = std::to_string(out.id);
    std::string names = "\"first_name\":" + quoted(given_names[random(std::size(given_names))]);
    if (const auto family = family_names[random(std::size(family_names))]; !family.empty())
        names += ",\"last_name\":" + quoted(family);
    if (chance(80)) {
        const std::string digits = std::to_string(1'000'000 + i).substr(1);
        names += ",\"username\":\"user_" + digits + "_" +
                 std::string(suffixes[random(std::size(suffixes))]) + "\"";
    }
    out.from = "{\"id\":" + id + ",\"is_bot\":false," + names + ",\"language_code\":\"" +
               std::string(languages[random(std::size(languages))]) + "\"" +
               (chance(20) ? ",\"is_premium\":true}" : "}");
    out.chat = "{\"id\":" + id + "," + names + ",\"type\":\"private\"}";
    return out;
}

std::string update_maker::message(person& by, std::string_view fields) {
    by.message_id += 2;
    return "{\"update_id\":" + std::to_string(update_id_) +
           ",\"message\":{\"message_id\":" + std::to_string(by.message_id) +
           ",\"from\":" + by.from + ",\"chat\":" + by.chat + ",\"date\":" + std::to_string(date_) +
           "," + std::string(fields) + "}}";
}

std::string update_maker::bot_message(const person& in, std::string_view text) {
    return "\"message_id\":" + std::to_string(in.message_id + 1) +
           ",\"from\":" + std::string(bot_user) + ",\"chat\":" + in.chat +
           ",\"date\":" + std::to_string(date_ - 7) + ",\"text\":" + quoted(text);
}

std::string update_maker::command(person& by, std::string_view text) {
    const std::size_t length = std::min(text.find(' '), text.size());
    return message(by, "\"text\":" + quoted(text) + ",\"entities\":[{\"offset\":0,\"length\":" +
                           std::to_string(length) + ",\"type\":\"bot_command\"}]");
}

std::string update_maker::text(person& by, std::string_view said, bool to_prompt) {
    std::string fields;
    if (to_prompt)
        fields = "\"reply_to_message\":{" + bot_message(by, ask_amount) + "},";
    return message(by, fields + "\"text\":" + quoted(said));
}

std::string update_maker::press(person& by, std::string_view data) {
    by.message_id += 1;
    const auto button = [](std::string_view label, std::string_view value) {
        return "{\"text\":" + quoted(label) + ",\"callback_data\":\"" + std::string(value) + "\"}";
    };
    const std::string keyboard =
        "[[" + button("Sberbank", "bank_1") + "," + button("T-Bank", "bank_2") + "],[" +
        button("Alfa-Bank", "bank_3") + "," + button("VTB", "bank_14") + "],[" +
        button("BTC", "wallet_BTC") + "," + button("ETH", "wallet_ETH") + "," +
        button("USDT", "wallet_USDT") + "],[" + button("\u2b05 Назад", "back") + "]]";
    return "{\"update_id\":" + std::to_string(update_id_) + ",\"callback_query\":{\"id\":\"" +
           std::to_string(random(std::uint64_t{1} << 62)) + "\",\"from\":" + by.from +
           ",\"message\":{" + bot_message(by, ask_method) +
           ",\"reply_markup\":{\"inline_keyboard\":" + keyboard + "}},\"chat_instance\":\"-" +
           std::to_string(random(std::uint64_t{1} << 62)) + "\",\"data\":\"" + std::string(data) +
           "\"}}";
}

std::string update_maker::photo(person& by) {
    constexpr struct {
        int width, height;
        std::uint64_t size;
    } sizes[]{{90, 67, 1400}, {320, 240, 18000}, {800, 600, 81000}};
    std::string list;
    for (const auto& size : sizes) {
        if (!list.empty())
            list += ",";
        list += "{\"file_id\":\"AgACAgIAAxkB" + random_text(60) + "\",\"file_unique_id\":\"AQAD" +
                random_text(12) + "\",\"file_size\":" + std::to_string(size.size + random(900)) +
                ",\"width\":" + std::to_string(size.width) +
                ",\"height\":" + std::to_string(size.height) + "}";
    }
    return message(by, "\"photo\":[" + list + "]");
}

std::string update_maker::document(person& by) {
    return message(by, "\"document\":{\"file_name\":\"receipt_" + number(random(10'000)) +
                           ".pdf\",\"mime_type\":\"application/pdf\",\"thumbnail\":{\"file_id\":"
                           "\"AAMCAgADGQEB" +
                           random_text(60) + "\",\"file_unique_id\":\"AQAD" + random_text(12) +
                           "\",\"file_size\":5120,\"width\":226,\"height\":320},\"file_id\":"
                           "\"BQACAgIAAxkB" +
                           random_text(60) + "\",\"file_unique_id\":\"AgAD" + random_text(12) +
                           "\",\"file_size\":" + number(20'000 + random(880'000)) + "}");
}

std::string update_maker::amount() {
    if (chance(60))
        return number(100 + random(99'899));
    const std::string cents = std::to_string(100 + random(100)).substr(1);
    return number(10 + random(9'989)) + "." + cents;
}

std::string update_maker::done(person& by, outcome what, stage next, std::string json) {
    by.at = next;
    ++expected_[what];
    return json;
}

std::string update_maker::next() {
    person& by = people_[random(people_.size())];
    ++update_id_;
    date_ += chance(20) ? 1 : 0;
    return act(by);
}

// The shares, in percent, are those of the conversation's usual traffic.
std::string update_maker::act(person& by) {
    constexpr std::string_view other[]{"/help", "/balance", "/start ref42"};
    constexpr std::string_view banks[]{"bank_1", "bank_2", "bank_3", "bank_14"};
    constexpr std::string_view wallets[]{"wallet_BTC", "wallet_ETH", "wallet_USDT"};
    const std::uint64_t p = random(100);
    switch (by.at) {
    case stage::idle:
        if (p < 96)
            return done(by, outcome::pay, stage::amount, command(by, "/pay"));
        if (p < 98)
            return done(by, outcome::dropped, by.at, command(by, "/cancel"));
        return done(by, outcome::dropped, by.at, text(by, "благодарю", false));
    case stage::amount:
        if (p < 86)
            return done(by, outcome::amount, stage::details, text(by, amount(), p < 60));
        if (p < 90)
            return done(by, outcome::cancel, stage::idle, command(by, "/cancel"));
        if (p < 94)
            return done(by, outcome::unexpected, by.at, command(by, other[random(3)]));
        if (p < 97)
            return done(by, outcome::pay, stage::amount, command(by, "/pay"));
        return done(by, outcome::dropped, by.at, photo(by));
    case stage::details:
        if (p < 50)
            return done(by, outcome::bank, stage::receipt, press(by, banks[random(4)]));
        if (p < 80)
            return done(by, outcome::wallet, stage::receipt, press(by, wallets[random(3)]));
        if (p < 90)
            return done(by, outcome::back, stage::amount, press(by, "back"));
        if (p < 93)
            return done(by, outcome::cancel, stage::idle, command(by, "/cancel"));
        if (p < 95)
            return done(by, outcome::unexpected, by.at, command(by, "/help"));
        if (p < 98)
            return done(by, outcome::dropped, by.at, press(by, "wallet_DOGE"));
        return done(by, outcome::dropped, by.at, press(by, "bank_x"));
    case stage::receipt:
        if (p < 50)
            return done(by, outcome::receipt, stage::idle, photo(by));
        if (p < 90)
            return done(by, outcome::receipt, stage::idle, document(by));
        if (p < 93)
            return done(by, outcome::cancel, stage::idle, command(by, "/cancel"));
        if (p < 96)
            return done(by, outcome::unexpected, by.at, command(by, "/balance"));
        if (p < 98)
            return done(by, outcome::pay, stage::amount, command(by, "/pay"));
        return done(by, outcome::dropped, by.at, text(by, "а где мой чек?", false));
    }
    throw std::logic_error("a stage without a share");
}

std::vector<std::string> update_maker::everybody_waits() {
    std::vector<std::string> out;
    for (person& by : people_) {
        ++update_id_;
        out.push_back(done(by, outcome::pay, stage::amount, command(by, "/pay")));
    }
    for (person& by : people_) {
        ++update_id_;
        out.push_back(done(by, outcome::amount, stage::details, text(by, amount(), false)));
    }
    return out;
}

tally update_maker::expected() const {
    tally out = expected_;
    for (const person& one : people_)
        out.active += one.at != stage::idle;
    return out;
}

namespace {
void split_lines(update_set& set) {
    std::string_view rest = set.text;
    while (!rest.empty()) {
        const std::size_t length = std::min(rest.find('\n'), rest.size());
        if (length != 0)
            set.lines.push_back(rest.substr(0, length));
        rest.remove_prefix(std::min(length + 1, rest.size()));
    }
}
}  // namespace

update_set make_updates(std::uint64_t seed, std::size_t count, std::size_t users) {
    update_maker maker(seed, users);
    update_set out;
    out.text.reserve(count * 760);
    for (std::size_t i = 0; i != count; ++i)
        (out.text += maker.next()) += '\n';
    out.expected = maker.expected();
    split_lines(out);
    return out;
}

update_set read_updates(const std::string& file) {
    const auto whole = [](const std::string& name) {
        std::ifstream in(name, std::ios::binary);
        if (!in)
            throw std::runtime_error("cannot read " + name);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    update_set out;
    out.text = whole(file);
    split_lines(out);
    const boost::json::value counts = boost::json::parse(whole(file + ".expected.json"));
    for (std::size_t i = 0; i != outcome_count; ++i)
        out.expected.times[i] = counts.at(outcome_names[i]).to_number<std::uint64_t>();
    out.expected.active = counts.at("active").to_number<std::uint64_t>();
    return out;
}

void write_updates(const update_set& updates, const std::string& file) {
    std::ofstream(file, std::ios::binary) << updates.text;
    std::ofstream counts(file + ".expected.json");
    counts << "{";
    for (std::size_t i = 0; i != outcome_count; ++i)
        counts << '"' << outcome_names[i] << "\":" << updates.expected.times[i] << ",";
    counts << "\"active\":" << updates.expected.active << ",\"n\":" << updates.lines.size()
           << "}\n";
    if (!counts)
        throw std::runtime_error("cannot write " + file);
}

}  // namespace bench
