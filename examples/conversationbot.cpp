// Asks for the gender, a photo, the location and a few words about oneself.
//
//   (outside) --/start--> waiting_gender --button--> waiting_photo --photo, /skip--> waiting_location
//   --location, /skip--> waiting_bio --text--> (outside).  /cancel ends it.
//
// What was answered so far is in the state, and in the log when all is answered. The photo is downloaded
// before the conversation goes on: where that fails, it still waits for one.
#include "data_folder.hpp"

#include <banter/banter.hpp>

#include <iostream>
#include <string>
#include <utility>

using namespace banter;

struct conversationbot {
    struct answers {
        std::string gender;
        std::string portrait;  // the file's path
        std::string place;
    };
    struct waiting_gender {};
    struct waiting_photo {
        answers so_far;
    };
    struct waiting_location {
        answers so_far;
    };
    struct waiting_bio {
        answers so_far;
    };

    static waiting_gender start(context& ctx) {
        ctx.reply("Hi! I would like to know you better. /cancel ends this at any time.\n\n"
                  "Are you a boy or a girl?",
                  reply_keyboard().row("Boy", "Girl", "Other").one_time().placeholder("Boy or Girl?"));
        return {};
    }
    static waiting_photo gender(context& ctx, matched<text> chosen) {
        ctx.reply("I see! Please send me a photo of yourself, or /skip it.", reply_keyboard_remove{});
        return {{.gender = std::string(chosen), .portrait = {}, .place = {}}};
    }

    static task<waiting_location> portrait(context& ctx, bot& api, waiting_photo& here,
                                           matched<photo> sent) {
        const auto name = concat("user_photo_", ctx.user_id(), ".jpg");
        here.so_far.portrait = (data_folder() / name).string();
        co_await api.download(sent, here.so_far.portrait);
        ctx.reply("Gorgeous! Now, where are you? Send me your location, or /skip it.");
        waiting_location next{std::move(here.so_far)};
        co_return next;
    }
    static waiting_location skip_photo(context& ctx, waiting_photo& here) {
        ctx.reply("I bet you look great! Now, where are you? Send me your location, or /skip it.");
        return {std::move(here.so_far)};
    }

    static waiting_bio place(context& ctx, waiting_location& here, matched<location || venue> sent) {
        const telegram::location where =
            sent.is<venue>() ? sent.get_if<venue>()->value().location() : sent.get_if<location>()->value();
        here.so_far.place = concat(where.latitude(), ", ", where.longitude());
        ctx.reply("Perhaps I can visit you one day! At last, tell me something about yourself.");
        return {std::move(here.so_far)};
    }
    static waiting_bio skip_location(context& ctx, waiting_location& here) {
        ctx.reply("You seem a bit paranoid! At last, tell me something about yourself.");
        return {std::move(here.so_far)};
    }

    static end bio(context& ctx, waiting_bio& here, matched<text> told) {
        const answers& all = here.so_far;
        std::clog << concat(ctx.head().first_name, ": ", all.gender, "; photo: ", all.portrait,
                            "; location: ", all.place, "; bio: ", told, '\n');
        ctx.reply("Thank you! I hope we can talk again some day.");
        return {};
    }
    static end cancel(context& ctx) {
        ctx.reply("Bye! I hope we can talk again some day.", reply_keyboard_remove{});
        return {};
    }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start, in_menu("Get to know each other"))),
            state<waiting_gender>(on(regex<"(?i)^(Boy|Girl|Other)$">, gender)),
            state<waiting_photo>(on(photo, portrait), on(command<"skip">, skip_photo)),
            state<waiting_location>(on(location || venue, place), on(command<"skip">, skip_location)),
            state<waiting_bio>(on(text && !command<>, bio)),
            fallbacks(on(command<"cancel">, cancel, in_menu("Stop talking"))));
    }
};

int main() { return run<conversationbot>(); }
