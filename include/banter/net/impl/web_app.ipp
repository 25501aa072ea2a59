#pragma once

#include <banter/net/impl/crypto.hpp>
#include <banter/net/impl/query.ipp>
#include <banter/net/web_app.hpp>
#include <banter/telegram/error.hpp>
#include <banter/telegram/text.hpp>
#include <banter/telegram/view.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>

namespace banter {

namespace net::detail {

inline std::string text_of(const query_fields& fields, std::string_view name) {
    const std::string* const found = field_of(fields, name);
    return found == nullptr ? std::string() : *found;
}

inline std::optional<std::int64_t> number_of(const query_fields& fields,
                                             std::string_view name) {
    const std::string* const found = field_of(fields, name);
    if (found == nullptr) return std::nullopt;
    std::int64_t value = 0;
    const char* const end = found->data() + found->size();
    const auto read = std::from_chars(found->data(), end, value);
    // What a time can be added to.
    constexpr std::int64_t limit = std::int64_t{1} << 33;
    if (read.ec != std::errc() || read.ptr != end || value < 0 || value > limit)
        return std::nullopt;
    return value;
}

/// Not two ways to read what is signed: no field stands twice, none holds the end of a line.
inline bool is_unambiguous(const query_fields& fields) noexcept {
    return std::all_of(fields.begin(), fields.end(), [&fields](const auto& field) {
        return &field.second == field_of(fields, field.first) &&
               field.first.find('\n') == std::string::npos &&
               field.second.find('\n') == std::string::npos;
    });
}

inline std::optional<query_fields> fields_in(std::string_view text) {
    std::optional<query_fields> out = parse_query(text);
    if (out && !is_unambiguous(*out)) out.reset();
    return out;
}

/// What is signed: the fields in the order of their names, one a line.
inline std::string signed_text(const query_fields& fields, std::string_view but,
                               std::string_view and_but = {}) {
    std::vector<const std::pair<std::string, std::string>*> order;
    for (const auto& field : fields)
        if (field.first != but && field.first != and_but) order.push_back(&field);
    std::sort(order.begin(), order.end(),
              [](const auto* one, const auto* other) { return one->first < other->first; });
    std::string out;
    for (const auto* field : order) {
        if (!out.empty()) out += '\n';
        out.append(field->first).append(1, '=').append(field->second);
    }
    return out;
}

/// The bytes that hexadecimal digits stand for; empty if they are none.
inline std::string from_hex(std::string_view digits) {
    std::string out;
    if (digits.size() % 2 != 0) return out;
    for (std::size_t i = 0; i != digits.size(); i += 2) {
        const int high = hex_digit(digits[i]), low = hex_digit(digits[i + 1]);
        if (high < 0 || low < 0) return {};
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

inline bool ed25519_signed(std::string_view text, std::string_view signature,
                           std::string_view public_key) {
    const owned_key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(public_key),
                                                    public_key.size()));
    const owned_digest_context context(EVP_MD_CTX_new());
    if (key == nullptr) {
        ERR_clear_error();
        throw std::invalid_argument("banter: an Ed25519 public key is 64 hexadecimal digits");
    }
    must(context != nullptr);
    must(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()));
    return succeeded(EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(),
                                      bytes_of(text), text.size()));
}

// ---- JSON ----

inline std::string text_of(const boost::json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    const auto* text = found == nullptr ? nullptr : found->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

inline bool flag_of(const boost::json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    const bool* const flag = found == nullptr ? nullptr : found->if_bool();
    return flag != nullptr && *flag;
}

inline web_app_user read_user(const boost::json::object& from, std::int64_t id) {
    return {.id = id,
            .is_bot = flag_of(from, "is_bot"),
            .first_name = text_of(from, "first_name"),
            .last_name = text_of(from, "last_name"),
            .username = text_of(from, "username"),
            .language_code = text_of(from, "language_code"),
            .photo_url = text_of(from, "photo_url"),
            .is_premium = flag_of(from, "is_premium"),
            .added_to_attachment_menu = flag_of(from, "added_to_attachment_menu"),
            .allows_write_to_pm = flag_of(from, "allows_write_to_pm")};
}

inline web_app_chat read_chat(const boost::json::object& from, std::int64_t id) {
    return {.id = id,
            .type = text_of(from, "type"),
            .title = text_of(from, "title"),
            .username = text_of(from, "username"),
            .photo_url = text_of(from, "photo_url")};
}

/// Reads a field that holds an object with an id. False if it holds anything else.
template <class T>
bool read_object(const query_fields& fields, std::string_view name, std::optional<T>& to,
                 T (*read)(const boost::json::object&, std::int64_t)) {
    const std::string* const text = field_of(fields, name);
    if (text == nullptr) return true;
    try {
        const owned_json document = owned_json::parse(*text);
        const auto* object = document.value().if_object();
        const auto* id = object == nullptr ? nullptr : object->if_contains("id");
        const std::int64_t* const number = id == nullptr ? nullptr : id->if_int64();
        if (number == nullptr) return false;
        to = read(*object, *number);
        return true;
    } catch (const decode_error&) {
        return false;
    }
}

/// Everything but the signature.
inline init_data_result read_init_data(query_fields fields, const init_data_options& options) {
    const std::optional<std::int64_t> opened = number_of(fields, "auth_date");
    if (!opened) return init_data_fault::malformed;
    init_data out;
    out.auth_date = std::chrono::sys_seconds(std::chrono::seconds(*opened));
    const auto now = options.now.value_or(std::chrono::system_clock::now());
    if (out.auth_date > now + options.clock_difference) return init_data_fault::not_yet;
    if (options.max_age.count() != 0 && now - out.auth_date > options.max_age)
        return init_data_fault::too_old;
    if (!read_object(fields, "user", out.user, &read_user) ||
        !read_object(fields, "receiver", out.receiver, &read_user) ||
        !read_object(fields, "chat", out.chat, &read_chat))
        return init_data_fault::malformed;
    out.query_id = text_of(fields, "query_id");
    out.chat_type = text_of(fields, "chat_type");
    out.chat_instance = text_of(fields, "chat_instance");
    out.start_param = text_of(fields, "start_param");
    if (const auto after = number_of(fields, "can_send_after"))
        out.can_send_after = std::chrono::seconds(*after);
    out.fields = std::move(fields);
    return out;
}

}  // namespace net::detail

BANTER_COLD_DECL std::string_view explain(init_data_fault fault) noexcept {
    switch (fault) {
        case init_data_fault::malformed:
            return "initData is not what Telegram sends: hand over Telegram.WebApp.initData as it is";
        case init_data_fault::unsigned_data: return "initData carries no hash or signature";
        case init_data_fault::wrong_signature:
            return "initData is not signed by Telegram for this bot";
        case init_data_fault::too_old: return "initData is too old: open the app again";
        default: return "initData comes from the future: compare the clocks";
    }
}

BANTER_COLD_DECL void throw_exception_from_error(init_data_fault fault, const boost::source_location&) {
    throw init_data_error(fault);
}

BANTER_COLD_DECL init_data_result check_init_data(std::string_view init_data, const net::token& secret,
                                                  const init_data_options& options) {
    namespace d = net::detail;
    std::optional<net::query_fields> fields = d::fields_in(init_data);
    if (!fields) return init_data_fault::malformed;
    const std::string* const hash = net::field_of(*fields, "hash");
    if (hash == nullptr) return init_data_fault::unsigned_data;
    const d::wiped_string key(d::hmac_sha256("WebAppData", secret.reveal()));
    const std::string expected = d::hmac_sha256(key.text, d::signed_text(*fields, "hash"));
    if (!d::same_bytes(expected, d::from_hex(*hash))) return init_data_fault::wrong_signature;
    return d::read_init_data(*std::move(fields), options);
}

BANTER_COLD_DECL init_data_result check_init_data_signature(std::string_view init_data, std::int64_t bot_id,
                                                            const init_data_options& options) {
    namespace d = net::detail;
    std::optional<net::query_fields> fields = d::fields_in(init_data);
    if (!fields) return init_data_fault::malformed;
    const std::string* const given = net::field_of(*fields, "signature");
    if (given == nullptr) return init_data_fault::unsigned_data;
    const std::string signature = d::from_base64(*given).value_or("");
    const std::string signed_by_telegram =
        concat(bot_id, ":WebAppData\n", d::signed_text(*fields, "hash", "signature"));
    if (!d::ed25519_signed(signed_by_telegram, signature, d::from_hex(options.public_key)))
        return init_data_fault::wrong_signature;
    return d::read_init_data(*std::move(fields), options);
}

}  // namespace banter
