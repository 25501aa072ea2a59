// Where an example keeps its files.
#pragma once

#include <cstdlib>
#include <filesystem>

/// The folder for a bot's files: BOT_DATA_DIR, else the working directory.
inline std::filesystem::path data_folder() {
    const char* const folder = std::getenv("BOT_DATA_DIR");
    return folder == nullptr || *folder == '\0' ? std::filesystem::path(".") : folder;
}
