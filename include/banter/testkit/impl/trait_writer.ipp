// Writes the flags and properties of an example into the update's JSON. Private to
// impl/example_update.ipp.
#pragma once

#include <banter/flow/solver.hpp>
#include <banter/testkit/schema.hpp>

#include <boost/json.hpp>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace banter::testkit::detail {

class trait_writer {
  public:
    trait_writer(const banter::detail::example_update& example, boost::json::object& fields)
        : example_(example), fields_(fields) {}

    /// Everything, into what stands in the update's field of its kind.
    void write() {
        write_of_content();
        for (const char* field : {"from", "user"})
            if (fields_.contains(field)) merge(sender(), inner(field));
        if (fields_.contains("chat")) merge(place(), inner("chat"));
        if (fields_.contains("message")) merge(place(), inner("message")["chat"].as_object());
        for_each_property([this](update_property which, bool present, std::string_view words) {
            write_other(which, present, words);
        });
    }

    /// What the user behind the update has to have.
    [[nodiscard]] boost::json::object sender() const {
        boost::json::object who;
        if (example_.has(update_flag::from_bot)) who["is_bot"] = true;
        if (example_.has(update_flag::from_premium_user)) who["is_premium"] = true;
        if (example_.has(update_flag::from_menu_user)) who["added_to_attachment_menu"] = true;
        for_each_property([&who](update_property which, bool present, std::string_view words) {
            if (!present) return;
            if (which == update_property::user) write_account(who, words);
            if (which == update_property::language) who["language_code"] = words;
        });
        return who;
    }
    /// What the chat has to have.
    [[nodiscard]] boost::json::object place() const {
        boost::json::object where;
        if (example_.has(update_flag::in_forum)) where["is_forum"] = true;
        if (example_.has(update_flag::in_direct_messages)) where["is_direct_messages"] = true;
        for_each_property([&where](update_property which, bool present, std::string_view words) {
            if (present && which == update_property::chat) write_account(where, words);
        });
        return where;
    }
    static void merge(const boost::json::object& from, boost::json::object& to) {
        for (const auto& field : from) to[field.key()] = field.value();
    }

    /// What makes up a message, but for who sent it and where.
    void write_of_content() {
        const auto flag = [&](update_flag one, const char* field, const boost::json::value& value) {
            if (example_.has(one)) fields_[field] = value;
        };
        flag(update_flag::has_media_spoiler, "has_media_spoiler", true);
        flag(update_flag::has_protected_content, "has_protected_content", true);
        flag(update_flag::is_automatic_forward, "is_automatic_forward", true);
        flag(update_flag::is_from_offline, "is_from_offline", true);
        flag(update_flag::is_topic_message, "is_topic_message", true);
        flag(update_flag::has_effect, "effect_id", "5");
        flag(update_flag::has_sender_boosts, "sender_boost_count", 1);
        if (example_.has(update_flag::is_reply)) fields_["reply_to_message"] = sample("Message");
        if (example_.has(update_flag::is_reply_to_story)) fields_["reply_to_story"] = sample("Story");
        if (example_.has(update_flag::has_suggested_post))
            fields_["suggested_post_info"] = sample("SuggestedPostInfo");
        if (example_.has(update_flag::premium_sticker))
            inner("sticker")["premium_animation"] = sample("File");
        for_each_property([this](update_property which, bool present, std::string_view words) {
            write_property(which, present, words);
        });
    }

  private:
    template <class Visit>
    void for_each_property(Visit&& visit) const {
        for (std::size_t i = 0; i != example_.property_count; ++i) {
            const auto& one = example_.property[i];
            visit(one.of, one.present, example_.text_of(one));
        }
    }

    boost::json::value sample(std::string_view type) { return sample_of(type, {}, next_number_); }

    boost::json::object& inner(std::string_view field) {
        boost::json::value& value = fields_[field];
        if (!value.is_object()) value.emplace_object();
        return value.as_object();
    }

    /// `id name`, into a user or chat.
    static void write_account(boost::json::object& to, std::string_view words) {
        std::int64_t id = 0;
        const char* const end =
            std::from_chars(words.data(), words.data() + words.size(), id).ptr;
        to["id"] = id;
        const std::string_view name =
            words.substr(static_cast<std::size_t>(end - words.data()) + 1);
        if (!name.empty()) to["username"] = name;
    }
    /// Takes the first word off.
    static std::string_view take_word(std::string_view& words) {
        const std::size_t space = words.find(' ');
        const std::string_view first = words.substr(0, space);
        words.remove_prefix(first.size() + 1);
        return first;
    }

    void write_property(update_property which, bool present, std::string_view words) {
        switch (which) {
            case update_property::mime_type:
                if (present) inner("document")["mime_type"] = words;
                break;
            case update_property::file_name:
                if (present) inner("document")["file_name"] = words;
                break;
            case update_property::sticker_format:
                inner("sticker")["is_animated"] = words == "animated";
                inner("sticker")["is_video"] = words == "video";
                break;
            case update_property::dice: write_dice(words); break;
            case update_property::payment_payload:
                inner("successful_payment")["invoice_payload"] = words;
                break;
            case update_property::via_bot:
                if (!present) break;
                fields_["via_bot"] = sample("User");
                write_account(inner("via_bot"), words);
                break;
            case update_property::sender_chat:
                if (!present) break;
                fields_["sender_chat"] = sample("Chat");
                inner("sender_chat")["type"] = take_word(words);
                write_account(inner("sender_chat"), words);
                break;
            case update_property::origin:
                if (present) write_origin(words);
                break;
            default: break;
        }
    }

    void write_dice(std::string_view words) {
        const std::size_t digits = words.find_first_of("0123456789");
        inner("dice")["emoji"] = words.substr(0, digits);
        std::int64_t value = 0;
        if (digits != std::string_view::npos)
            std::from_chars(words.data() + digits, words.data() + words.size(), value);
        inner("dice")["value"] = value;
    }

    void write_origin(std::string_view words) {
        const std::string_view type = take_word(words);
        boost::json::object origin{{"type", type}, {"date", 1}};
        if (type == "hidden_user") {
            origin["sender_user_name"] = "Somebody";
        } else {
            const bool user = type == "user";
            boost::json::value who = sample(user ? "User" : "Chat");
            write_account(who.as_object(), words);
            origin[user ? "sender_user" : type == "chat" ? "sender_chat" : "chat"] = std::move(who);
            if (type == "channel") origin["message_id"] = 1;
        }
        fields_["forward_origin"] = std::move(origin);
    }

    void write_other(update_property which, bool present, std::string_view words) {
        switch (which) {
            case update_property::user:
                if (!present) fields_.erase(fields_.contains("from") ? "from" : "user");
                break;
            case update_property::inline_query: fields_["query"] = words; break;
            case update_property::inline_chat_type:
                if (present) fields_["chat_type"] = words;
                break;
            case update_property::result_id: fields_["result_id"] = words; break;
            case update_property::payload:
                for (const char* field : {"invoice_payload", "paid_media_payload"})
                    if (fields_.contains(field)) fields_[field] = words;
                break;
            case update_property::game:
                if (present) fields_["game_short_name"] = words;
                break;
            case update_property::member_change:
                write_status("old_chat_member", take_word(words));
                write_status("new_chat_member", words);
                break;
            case update_property::reactions_added:
                fields_["new_reaction"] = reactions(words);
                break;
            case update_property::reactions_removed:
                fields_["old_reaction"] = reactions(words);
                break;
            default: break;
        }
    }

    void write_status(std::string_view field, std::string_view status) {
        static constexpr std::pair<std::string_view, std::string_view> types[] = {
            {"creator", "ChatMemberOwner"},
            {"administrator", "ChatMemberAdministrator"},
            {"member", "ChatMemberMember"},
            {"restricted_in", "ChatMemberRestricted"},
            {"restricted_out", "ChatMemberRestricted"},
            {"left", "ChatMemberLeft"},
            {"kicked", "ChatMemberBanned"}};
        for (const auto& [name, type] : types) {
            if (name != status) continue;
            boost::json::value who = sample(type);
            who.as_object()["status"] = status.substr(0, status.find('_'));
            if (name.starts_with("restricted"))
                who.as_object()["is_member"] = name == "restricted_in";
            fields_[field] = std::move(who);
        }
    }

    static boost::json::array reactions(std::string_view words) {
        boost::json::array out;
        while (!words.empty()) {
            const std::string_view one = words.substr(0, words.find(' '));
            words.remove_prefix(std::min(words.size(), one.size() + 1));
            if (one == "paid")
                out.push_back(boost::json::object{{"type", "paid"}});
            else if (!one.empty())
                out.push_back(boost::json::object{{"type", "emoji"}, {"emoji", one}});
        }
        return out;
    }

    const banter::detail::example_update& example_;
    boost::json::object& fields_;
    std::int64_t next_number_ = 5000;
};

}  // namespace banter::testkit::detail
