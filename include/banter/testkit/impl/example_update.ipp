// Bodies of testkit/example_update.hpp.
#pragma once

#include <banter/testkit/example_update.hpp>
#include <banter/testkit/impl/trait_writer.ipp>
#include <banter/testkit/schema.hpp>

#include <boost/json.hpp>

#include <cstddef>
#include <utility>

namespace banter::testkit::detail {

/// Writes one example.
class example_writer {
  public:
    explicit example_writer(const banter::detail::example_update& example) : example_(example) {}

    [[nodiscard]] boost::json::object payload() {
        boost::json::value whole = plausible("Update", name_of(example_.at.kind));
        boost::json::object& fields = whole.as_object();
        if (is_message_kind(example_.at.kind)) {
            write_chat(fields);
            if (!is_post()) fields["from"] = plausible("Message", "from");
            write_content(fields);
        } else if (example_.at.kind == update_kind::callback_query) {
            write_press(fields);
        } else if (fields.contains("chat")) {
            write_chat(fields);
        }
        trait_writer(example_, fields).write();
        return std::move(fields);
    }

    void write_content(boost::json::object& fields) {
        for (std::size_t i = 0; i != content_kind_count; ++i) {
            const auto content = static_cast<content_kind>(i);
            if (!example_.at.content.contains(content)) continue;
            if (content == content_kind::text)
                write_text(fields);
            else
                fields[name_of(content)] = plausible("Message", name_of(content));
        }
        if (example_.at.caption) {
            fields["caption"] = example_.size != 0 ? example_.text() : "a caption";
            write_entities(fields, "caption_entities", 0);
        }
    }

    [[nodiscard]] std::string text() const {
        if (!example_.at.content.contains(content_kind::text)) return {};
        if (example_.size != 0) return std::string(example_.text());
        switch (example_.at.command) {
            case command_class::named: return "/" + std::string(example_.at.command_name);
            case command_class::unnamed: return "/none_of_those_named";
            case command_class::foreign: return "/other@" + std::string(other_bot);
            default: return "a text";
        }
    }

  private:
    using command_class = banter::detail::world::command_class;

    /// A plausible value of a type's field.
    boost::json::value plausible(std::string_view type, std::string_view field) {
        const auto spec = find_type(type)->find(field);
        std::string_view of = spec->types.front();
        if (of == "True" || of == "Boolean") return true;
        if (!of.starts_with('[')) return sample_of(of, {}, next_number_);
        of = of.substr(1, of.size() - 2);
        return boost::json::array{sample_of(of, {}, next_number_)};
    }

    [[nodiscard]] bool is_post() const {
        return example_.at.kind == update_kind::channel_post ||
               example_.at.kind == update_kind::edited_channel_post;
    }
    void write_chat(boost::json::object& fields) const {
        const chat_type otherwise = is_post() ? chat_type::channel : chat_type::private_chat;
        fields["chat"].as_object()["type"] =
            name_of(example_.chat == chat_type::none ? otherwise : example_.chat);
    }

    void write_text(boost::json::object& fields) {
        const command_class command = example_.at.command;
        const std::string words = text();
        fields["text"] = words;
        std::size_t command_size = 0;
        if (command != command_class::none) {
            command_size = behind_word(words, 1);
            if (command == command_class::foreign)
                command_size = behind_word(words, command_size + 1);
        }
        write_entities(fields, "entities", command_size);
    }
    static std::size_t behind_word(std::string_view text, std::size_t at) {
        while (at < text.size() &&
               banter::detail::is_word(static_cast<std::uint8_t>(text[at])))
            ++at;
        return at;
    }

    /// The entities of the text or caption, and a command of `command_size` bytes in front.
    void write_entities(boost::json::object& fields, std::string_view field,
                        std::size_t command_size) {
        boost::json::array entities;
        const auto add = [&](entity_kind kind, std::size_t offset, std::size_t length) {
            entities.push_back(sample_of(
                "MessageEntity",
                {{"type", name_of(kind)}, {"offset", offset}, {"length", length}}, next_number_));
        };
        if (command_size != 0) add(entity_kind::bot_command, 0, command_size);
        for (std::size_t i = 0; i != entity_kind_count; ++i) {
            const auto kind = static_cast<entity_kind>(i);
            if ((example_.entities & mask_of(kind)) == 0) continue;
            if (kind != entity_kind::bot_command)
                add(kind, 0, 1);
            else if (command_size == 0)
                add(kind, 1, 1);  // not at the start: there it would be the message's command
        }
        if (!entities.empty()) fields[field] = std::move(entities);
    }

    void write_press(boost::json::object& fields) {
        if (example_.at.without_data)
            fields["game_short_name"] = "game";
        else
            fields["data"] = example_.size != 0 ? example_.text() : "some data";
        if (example_.chat == chat_type::none && trait_writer(example_, fields).place().empty()) {
            fields["inline_message_id"] = "inline";
            return;
        }
        boost::json::value message = sample_of("Message", {}, next_number_);
        write_chat(message.as_object());
        fields["message"] = std::move(message);
    }

    const banter::detail::example_update& example_;
    std::int64_t next_number_ = 1000;
};

BANTER_DECL std::string text_of(const banter::detail::example_update& example) {
    return example_writer(example).text();
}

BANTER_DECL boost::json::object content_of(const banter::detail::example_update& example) {
    boost::json::object fields;
    example_writer(example).write_content(fields);
    trait_writer(example, fields).write_of_content();
    return fields;
}

BANTER_DECL boost::json::object origin_of(const banter::detail::example_update& example) {
    boost::json::object none;
    const trait_writer writer(example, none);
    boost::json::object out;
    if (boost::json::object who = writer.sender(); !who.empty()) out["from"] = std::move(who);
    if (boost::json::object where = writer.place(); !where.empty()) out["chat"] = std::move(where);
    return out;
}

BANTER_DECL boost::json::object payload_of(const banter::detail::example_update& example) {
    return example_writer(example).payload();
}

BANTER_DECL std::string json_of(const banter::detail::example_update& example,
                                std::int64_t update_id) {
    return boost::json::serialize(boost::json::object{
        {"update_id", update_id}, {name_of(example.at.kind), payload_of(example)}});
}

}  // namespace banter::testkit::detail
