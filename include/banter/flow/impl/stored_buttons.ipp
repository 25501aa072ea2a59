#pragma once

#include <banter/flow/keyboard.hpp>
#include <banter/flow/stored_buttons.hpp>

#include <charconv>
#include <random>

namespace banter {

BANTER_DECL keyboard_name keyboard_name::random() {
    // The system's own source: the names must not be guessed.
    thread_local std::random_device source;
    keyboard_name out;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i != size; ++i) {
        if (i % 5 == 0) bits = source();
        out.characters[i] = detail::tag_alphabet[bits & 63U];
        bits >>= 6;
    }
    return out;
}

BANTER_DECL void stored_button::write_json(json_writer& to) const {
    detail::write_button(to, label_, "callback_data", data_);
}

namespace detail {

BANTER_DECL std::string stored_button_data(std::string_view tag, const stored_place& where) {
    std::string out(tag);
    out.append(where.keyboard.view()).append(std::to_string(where.index));
    return out;
}

BANTER_DECL std::optional<stored_place> stored_place_in(std::string_view tag,
                                                        std::string_view data) {
    if (!data.starts_with(tag) || data.size() <= tag.size() + keyboard_name::size)
        return std::nullopt;
    data.remove_prefix(tag.size());
    stored_place out;
    data.copy(out.keyboard.characters.data(), keyboard_name::size);
    const auto [after, error] =
        std::from_chars(data.data() + keyboard_name::size, data.data() + data.size(), out.index);
    if (error != std::errc{} || after != data.data() + data.size()) return std::nullopt;
    return out;
}

}  // namespace detail
}  // namespace banter
