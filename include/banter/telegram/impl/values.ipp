#pragma once

#include <banter/telegram/request.hpp>
#include <banter/telegram/values.hpp>

#include <stdexcept>
#include <utility>

namespace banter {

namespace detail {

/// The upload for a file that is not with Telegram yet.
BANTER_DECL upload upload_of(const input_file& file, std::string name) {
    upload out;
    out.name = std::move(name);
    out.file_name.assign(file.name());
    if (file.kind() == input_file::form::path) {
        out.path.assign(file.value());
        if (out.file_name.empty())
            out.file_name = out.path.substr(out.path.find_last_of('/') + 1);
    } else {
        out.bytes.assign(file.value());
    }
    if (out.file_name.empty())
        out.file_name = "file";
    return out;
}

BANTER_DECL request& upload_target(const json_writer& writer) {
    if (!writer.uploads())
        throw std::logic_error("banter: a file to upload can only be written into a request");
    return *writer.uploads();
}

BANTER_DECL void write_name(json_writer& writer, const char* name) { writer.key(name); }

BANTER_DECL void write_text(json_writer& writer, const char* name, std::string_view text) {
    writer.key(name);
    writer.string(text);
}

BANTER_DECL void write_integer(json_writer& writer, const char* name, std::int64_t value) {
    writer.key(name);
    writer.integer(value);
}

BANTER_DECL void write_number(json_writer& writer, const char* name, double value) {
    writer.key(name);
    writer.number(value);
}

BANTER_DECL void write_boolean(json_writer& writer, const char* name, bool value) {
    writer.key(name);
    writer.boolean(value);
}

BANTER_DECL void write_chat(json_writer& writer, const char* name, const chat_id_ref& chat) {
    writer.key(name);
    chat.write_json(writer);
}

BANTER_DECL void write_parse_mode(json_writer& writer, const char* name, parse_mode mode) {
    static constexpr std::string_view names[] = {"", "", "HTML", "MarkdownV2", "Markdown"};
    if (mode > parse_mode::none)
        write_text(writer, name, names[static_cast<std::size_t>(mode)]);
}

BANTER_DECL void write_if_text(json_writer& writer, const char* name,
                               const std::optional<std::string_view>& text) {
    if (text)
        write_text(writer, name, *text);
}

BANTER_DECL void write_if_integer(json_writer& writer, const char* name,
                                  const std::optional<std::int64_t>& value) {
    if (value)
        write_integer(writer, name, *value);
}

BANTER_DECL void write_if_number(json_writer& writer, const char* name,
                                 const std::optional<double>& value) {
    if (value)
        write_number(writer, name, *value);
}

BANTER_DECL void write_if_boolean(json_writer& writer, const char* name,
                                  const std::optional<bool>& value) {
    if (value)
        write_boolean(writer, name, *value);
}

BANTER_DECL void write_if_chat(json_writer& writer, const char* name,
                               const std::optional<chat_id_ref>& chat) {
    if (chat)
        write_chat(writer, name, *chat);
}

} // namespace detail

BANTER_DECL void chat_id_ref::write_json(json_writer& writer) const {
    if (name_.data())
        writer.string(name_);
    else
        writer.integer(id_);
}

BANTER_DECL void input_file::write_json(json_writer& writer) const {
    if (kind_ == form::text)
        return writer.string(value_);
    request& target = detail::upload_target(writer);
    std::string name = "file" + std::to_string(target.uploads.size());
    writer.string("attach://" + name);
    target.uploads.push_back(detail::upload_of(*this, std::move(name)));
}

BANTER_DECL void input_file::write_parameter(json_writer& writer,
                                             std::string_view parameter) const {
    if (kind_ == form::text) {
        writer.key(parameter);
        return writer.string(value_);
    }
    request& target = detail::upload_target(writer);
    target.uploads.push_back(detail::upload_of(*this, std::string(parameter)));
}

} // namespace banter
