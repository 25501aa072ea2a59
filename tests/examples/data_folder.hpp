// An empty folder for a bot's files, for the time of a test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <unistd.h>

class testing_folder {
  public:
    testing_folder() {
        std::filesystem::create_directories(path_);
        ::setenv("BOT_DATA_DIR", path_.c_str(), 1);
    }
    testing_folder(const testing_folder&) = delete;
    testing_folder& operator=(const testing_folder&) = delete;
    ~testing_folder() {
        ::unsetenv("BOT_DATA_DIR");
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                  ("banter-example-" + std::to_string(::getpid()));
};
