// Albums: what a user sends as one album comes as several messages. A bot with a rule on_event<album> gets
// them together, in one call:
//
//     static void keep(context& ctx, const album& pictures) {
//         ctx.reply(concat(pictures.size(), " pictures, thank you."));
//     }
//     handlers(on_event<album>(keep), on(photo, one_picture))
#pragma once

#include <banter/telegram/generated/views.hpp>
#include <banter/telegram/kinds.hpp>
#include <banter/telegram/view.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace banter {

/// The messages of one album, in order of arrival (Bot API: Message.media_group_id). Copies share them; the
/// views that it gives live as long as one of the copies.
class album {
  public:
    std::int64_t chat_id = 0;
    std::int64_t user_id = 0;  ///< who sent it; 0 where nobody is named, in channels

    album() : messages_(std::make_shared<list>()) {}

    [[nodiscard]] std::size_t size() const { return messages_->size(); }
    [[nodiscard]] bool empty() const { return messages_->empty(); }
    [[nodiscard]] telegram::message operator[](std::size_t i) const {
        return telegram::message(&(*messages_)[i].value());
    }
    /// As Telegram names it; empty where there is no message.
    [[nodiscard]] std::string_view id() const {
        return empty() ? std::string_view() : (*this)[0].media_group_id().value_or("");
    }
    /// What stands under it: of the first message that has a caption.
    [[nodiscard]] std::string_view caption() const {
        for (std::size_t i = 0; i != size(); ++i)
            if (const auto words = (*this)[i].caption()) return *words;
        return {};
    }

    /// For the dispatcher.
    void add(owned_json one) { messages_->push_back(std::move(one)); }

  private:
    using list = std::vector<owned_json>;
    std::shared_ptr<list> messages_;
};

namespace detail {

/// The kinds of updates that bring messages of albums.
[[nodiscard]] constexpr bool may_be_of_album(update_kind kind) {
    return kind == update_kind::message || kind == update_kind::channel_post ||
           kind == update_kind::business_message;
}

}  // namespace detail
}  // namespace banter
