// Takes Telegram Passport data, decrypts them with the bot's private key, and stores the files.
//
// The key lies beside the program in private.key; @BotFather has its public half. What comes in is
// checked as a whole before anything is fetched, and each file before it gets its name: BOT_DATA_DIR
// (or the working directory) never holds a file that is not what the user handed over.
#include <banter/banter.hpp>
#include <banter/net/passport.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

using namespace banter;

namespace {

/// What the page that asks for the data says to Telegram; it comes back inside of the sealed data.
constexpr std::string_view expected_nonce = "thisisatest";

bool is_identity(std::string_view type) {
    return type == "passport" || type == "driver_license" || type == "identity_card" ||
           type == "internal_passport";
}

bool is_proof_of_address(std::string_view type) {
    return type == "utility_bill" || type == "bank_statement" || type == "rental_agreement" ||
           type == "passport_registration" || type == "temporary_registration";
}

bool has_reverse_side(std::string_view type) {
    return type == "identity_card" || type == "driver_license";
}

std::vector<const passport::sealed_file*> files_of(const passport::element& from) {
    const bool identity = is_identity(from.type), proof = is_proof_of_address(from.type);
    std::vector<const passport::sealed_file*> out;
    if (proof)
        for (const auto& file : from.files) out.push_back(&file);
    if (identity && from.front_side) out.push_back(&*from.front_side);
    if (has_reverse_side(from.type) && from.reverse_side) out.push_back(&*from.reverse_side);
    if (identity && from.selfie) out.push_back(&*from.selfie);
    if (identity || proof)
        for (const auto& file : from.translation) out.push_back(&file);
    return out;
}

}  // namespace

struct passport_desk {
    struct archive {
        passport::private_key key;
        std::filesystem::path folder;
    };

    static task<> receive(bot& api, matched<passport_data> sent, const archive& into) {
        const passport::contents all = passport::decrypt(*sent, into.key);
        if (all.nonce != expected_nonce) co_return;  // an answer to nothing that this bot asked
        for (const passport::element& one : all.elements) {
            const auto files = files_of(one);
            std::printf("%s, with files: %zu\n", one.type.c_str(), files.size());
            for (const passport::sealed_file* const file : files) {
                // No other file has this name, whoever sends it.
                const auto name = into.folder / concat(one.type, '-', file->file_unique_id);
                const std::string sealed = name.string() + ".sealed";
                const downloaded_file got = co_await api.download(file->file_id, sealed);
                open(sealed, name, got.name, file->credentials);
            }
        }
        co_return;
    }

    static constexpr auto flow() { return handlers(on(passport_data, receive)); }

  private:
    /// Puts the opened file in the sealed one's place, with the ending that it has on the server.
    static void open(const std::filesystem::path& sealed, std::filesystem::path name,
                     const std::string& name_on_server, const passport::file_credentials& with) {
        name += std::filesystem::path(name_on_server).extension();
        try {
            passport::decrypt_file(sealed, name, with);
        } catch (...) {
            std::filesystem::remove(sealed);
            throw;
        }
        std::filesystem::remove(sealed);
    }
};

int main() {
    try {
        const char* const folder = std::getenv("BOT_DATA_DIR");
        const passport_desk::archive into{.key = passport::private_key::from_file("private.key"),
                                          .folder = folder == nullptr ? "." : folder};
        return run<passport_desk>(services(into));
    } catch (const passport::passport_error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
