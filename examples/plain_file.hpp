// A bot's data in one plain file, for examples: a list of records, JSON in each. It is written whole at each
// change, to a file beside it that then takes its place, so what is in the file is always what was there
// before a change or after it, whenever the bot is killed.
//
// On it stand the stores that the library asks for: kept_data<user_data<T>>, kept_buttons<T> and
// kept_sessions. Each is handed to the bot among its services.
#pragma once

#include "data_folder.hpp"

#include <banter/flow/button_store.hpp>
#include <banter/flow/session_store.hpp>
#include <banter/flow/stored_value.hpp>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

/// Writes a file of this content, whole or not at all. Throws std::system_error.
inline void write_atomically(const std::filesystem::path& path, std::string_view content) {
    const std::filesystem::path beside = path.string() + ".new";
    const auto require = [&](bool done) {
        if (!done) throw std::system_error(errno, std::generic_category(), beside.string());
    };
    const auto write_through = [&](const std::filesystem::path& what, int flags, std::string_view rest) {
        const int file = ::open(what.c_str(), flags | O_CLOEXEC, 0600);
        require(file != -1);
        bool good = true;
        while (good && !rest.empty()) {
            const ssize_t written = ::write(file, rest.data(), rest.size());
            good = written > 0;
            if (good) rest.remove_prefix(static_cast<std::size_t>(written));
        }
        good = good && ::fsync(file) == 0;
        ::close(file);
        require(good);
    };
    write_through(beside, O_WRONLY | O_CREAT | O_TRUNC, content);
    std::filesystem::rename(beside, path);
    const std::filesystem::path folder = path.parent_path();
    write_through(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY, {});
}

class plain_file {
  public:
    struct record {
        std::string kind;
        std::string key;
        std::string text;
    };

    /// Reads the file of this name in the data folder, if it is there. Throws what says why not, where it
    /// cannot be read: it is not written over then.
    explicit plain_file(std::string_view name) : path_(data_folder() / name) {
        if (!std::filesystem::exists(path_)) return;
        std::ifstream file(path_, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        if (!file) throw std::system_error(errno, std::generic_category(), path_.string());
        records_ = banter::read_stored<std::vector<record>>(content);
    }

    [[nodiscard]] const std::vector<record>& records() const { return records_; }
    [[nodiscard]] const record* find(std::string_view kind, std::string_view key) const {
        for (const record& one : records_)
            if (one.kind == kind && one.key == key) return &one;
        return nullptr;
    }
    /// The record goes to the end of the list. Throws where the file cannot be written; nothing has
    /// changed then.
    void save(std::string_view kind, std::string_view key, std::string_view text) {
        auto changed = without(kind, key);
        changed.push_back({std::string(kind), std::string(key), std::string(text)});
        write(std::move(changed));
    }
    void erase(std::string_view kind, std::string_view key) {
        if (find(kind, key) != nullptr) write(without(kind, key));
    }

  private:
    [[nodiscard]] std::vector<record> without(std::string_view kind, std::string_view key) const {
        auto out = records_;
        std::erase_if(out, [&](const record& one) { return one.kind == kind && one.key == key; });
        return out;
    }
    void write(std::vector<record> changed) {
        write_atomically(path_, banter::write_stored(changed));
        records_ = std::move(changed);
    }

    std::filesystem::path path_;
    std::vector<record> records_;
};

/// Keeps user_data<T>, chat_data<T> or bot_data<T> in a file, as records of a kind.
template <class Data>
class kept_data {
  public:
    using stores = Data;
    using value_type = typename Data::value_type;

    kept_data(plain_file& file, std::string_view kind) : file_(&file), kind_(kind) {}

    std::optional<value_type> load(std::int64_t id) const {
        const plain_file::record* const found = file_->find(kind_, std::to_string(id));
        if (found == nullptr) return std::nullopt;
        return banter::read_stored<value_type>(found->text);
    }
    void save(std::int64_t id, const value_type& value) {
        file_->save(kind_, std::to_string(id), banter::write_stored(value));
    }
    void erase(std::int64_t id) { file_->erase(kind_, std::to_string(id)); }

  private:
    plain_file* file_;
    std::string kind_;
};

/// Keeps the objects behind buttons in a file.
template <class T>
class kept_buttons {
  public:
    using stores = banter::stored_buttons<T>;

    explicit kept_buttons(plain_file& file) : file_(&file) {}

    std::vector<banter::keyboard_name> keyboards() const {
        std::vector<banter::keyboard_name> out;
        for (const plain_file::record& one : file_->records())
            if (one.kind == kind && one.key.size() == banter::keyboard_name::size)
                one.key.copy(out.emplace_back().characters.data(), banter::keyboard_name::size);
        return out;
    }
    std::optional<std::vector<T>> load(const banter::keyboard_name& keyboard) const {
        const plain_file::record* const found = file_->find(kind, keyboard.view());
        if (found == nullptr) return std::nullopt;
        return banter::read_stored<std::vector<T>>(found->text);
    }
    void save(const banter::keyboard_name& keyboard, const std::vector<T>& objects) {
        file_->save(kind, keyboard.view(), banter::write_stored(objects));
    }
    void erase(const banter::keyboard_name& keyboard) { file_->erase(kind, keyboard.view()); }

  private:
    static constexpr std::string_view kind = "keyboard";
    plain_file* file_;
};

/// Keeps persistent conversations in a file.
class kept_sessions {
  public:
    using stores = banter::persistent_sessions;

    explicit kept_sessions(plain_file& file) : file_(&file) {}

    std::vector<banter::stored_session> load(std::string_view name) const {
        std::vector<banter::stored_session> out;
        for (const plain_file::record& one : file_->records())
            if (one.kind == kind_of(name)) out.push_back({one.key, one.text});
        return out;
    }
    void save(std::string_view name, std::string_view key, std::string_view text) {
        file_->save(kind_of(name), key, text);
    }
    void erase(std::string_view name, std::string_view key) { file_->erase(kind_of(name), key); }

  private:
    static std::string kind_of(std::string_view name) {
        return "conversation " + std::string(name);
    }
    plain_file* file_;
};
