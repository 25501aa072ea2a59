#include "envelope_samples.hpp"

#include <banter/telegram/envelope.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <new>
#include <string>
#include <vector>

namespace {
std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace banter;

TEST_CASE("a reader that has seen its largest update allocates no more") {
    std::vector<std::string> updates;
    for (const auto& sample : envelope_samples::updates)
        updates.emplace_back(sample.json);
    for (const std::string text : {R"(\u0434\u0430)", R"(\ud83d\ude00\n)"})
        updates.push_back(
            R"({"update_id":1,"message":{"message_id":1,"chat":{"id":1,"type":"group"},"text":")" +
            text + "\",\"caption\":\"" + text + "\"}}");
    std::string body = R"({"ok":true,"result":[)";
    for (const auto& update : updates)
        body += update + ",";
    body += "{}]}";

    telegram::envelope_reader reader;
    telegram::envelope out;
    std::vector<std::string_view> parts;
    const auto round = [&] {
        std::size_t sound = 0;
        for (const auto& update : updates)
            sound += reader.read(update, out) == telegram::decode_fault::none;
        return sound + telegram::split_updates(body, parts);
    };
    CHECK(round() == updates.size() + 1);
    CHECK(parts.size() == updates.size() + 1);
    const std::size_t before = allocations;
    std::size_t sound = 0;
    for (int i = 0; i != 100; ++i)
        sound += round();
    CHECK(allocations == before);
    CHECK(sound == 100 * (updates.size() + 1));
}
