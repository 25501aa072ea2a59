// Polls and quizzes for three people: each is stopped when three have answered.
//
// Telegram tells of votes in updates that come from no chat. So their handlers call the bot's methods
// themselves, and what is needed later, where a poll was sent and what it asked, stands in bot data.
#include <banter/banter.hpp>

#include <array>
#include <map>
#include <string>
#include <vector>

using namespace banter;

namespace {

constexpr int enough_answers = 3;

}  // namespace

struct sent_polls {
    struct place {
        std::int64_t chat = 0, message = 0;
    };
    struct poll_in_work {
        place where;
        int answers = 0;
    };
    std::map<std::string, poll_in_work, std::less<>> polls;
    std::map<std::string, place, std::less<>> quizzes;

    /// Where the poll or quiz with this id stands; null if it is none of ours.
    const place* find(std::string_view id) const {
        if (const auto poll = polls.find(id); poll != polls.end()) return &poll->second.where;
        const auto quiz = quizzes.find(id);
        return quiz != quizzes.end() ? &quiz->second : nullptr;
    }
};

struct pollster {
    static constexpr std::array<std::string_view, 4> moods{"Good", "Really good", "Fantastic", "Great"};

    static void start(context& ctx) {
        ctx.reply("Choose: /poll for a poll, /quiz for a quiz, or /preview to see one of your own.");
    }
    static void help(context& ctx) { ctx.reply("Type /quiz, /poll or /preview."); }

    static task<> poll(context& ctx, bot& api, bot_data<sent_polls>& sent) {
        const auto said = co_await api(send_poll{.chat_id = ctx.chat_id(),
                                                 .question = "How are you?",
                                                 .options = moods,
                                                 .is_anonymous = false,
                                                 .allows_multiple_answers = true});
        sent->polls[std::string(said->poll().id())] = {{ctx.chat_id(), said->message_id()}, 0};
        co_return;
    }

    static task<> quiz(context& ctx, bot& api, bot_data<sent_polls>& sent) {
        const auto options = list<std::string_view>("One", "Two", "Four", "Twenty");
        const auto right = list<std::int64_t>(2);
        send_poll question{.chat_id = ctx.chat_id(),
                           .question = "How many eggs does a cake need?",
                           .options = options,
                           .type = "quiz",
                           .correct_option_ids = right};
        // What reply() does by itself: the call answers the message, in its topic.
        if (ctx.chat_type() != chat_type::private_chat)
            question.reply_parameters = {.message_id = ctx.message_id()};
        if (ctx.head().is_topic_message) question.message_thread_id = ctx.thread_id();
        const auto said = co_await api(question);
        sent->quizzes[std::string(said->poll().id())] = {ctx.chat_id(), said->message_id()};
        co_return;
    }

    static void preview(context& ctx) {
        const auto keyboard = list(list(keyboard_button{
            .text = "Press me!", .request_poll = keyboard_button_poll_type{}}));
        ctx.reply("Press the button to make a poll, and I will show what it looks like.",
                  reply_keyboard_markup{.keyboard = keyboard, .one_time_keyboard = true});
    }

    /// A poll that somebody has made: it comes back, closed.
    static void show(context& ctx, matched<poll_message> made) {
        std::vector<input_poll_option> options;
        for (const auto option : made->options()) options.push_back({.text = option.text()});
        if (options.empty()) return;
        ctx.reply_poll(made->question(), options,
                       {.is_closed = true, .reply_markup = reply_keyboard_remove{}});
    }

    static task<> voted(bot& api, telegram::poll_answer answer, bot_data<sent_polls>& sent) {
        const auto found = sent->polls.find(answer.poll_id());
        if (found == sent->polls.end() || !answer.user()) co_return;
        auto& [where, answers] = found->second;
        std::string choice;
        for (const std::int64_t id : answer.option_ids())
            choice += concat(choice.empty() ? "" : " and ", moods.at(static_cast<std::size_t>(id)));
        const std::string words = concat(mention_html(answer.user()), " feels ", choice, '!');
        co_await api(send_message{
            .chat_id = where.chat, .text = words, .parse_mode = parse_mode::html});
        if (++answers == enough_answers)
            co_await api(stop_poll{.chat_id = where.chat, .message_id = where.message});
        co_return;
    }

    /// How a poll stands. Of an anonymous one, a quiz, this is all that a bot is told.
    static task<> counted(bot& api, telegram::poll state, const bot_data<sent_polls>& sent) {
        if (state.is_closed() || state.total_voter_count() != enough_answers) co_return;
        if (const auto* const where = sent->find(state.id()))
            co_await api(stop_poll{.chat_id = where->chat, .message_id = where->message});
        co_return;
    }

    static constexpr auto flow() {
        constexpr auto said = message || edited_message;
        constexpr auto anything_said = said || channel_post || edited_channel_post ||
                                       business_message || edited_business_message || guest_message;
        return handlers(on(command<"start">, start),
                        on(said && command<"poll">, poll, in_menu("A poll")),
                        on(said && command<"quiz">, quiz, in_menu("A quiz")),
                        on(said && command<"preview">, preview, in_menu("Make a poll of your own")),
                        on(command<"help">, help), on(anything_said && poll_message, show),
                        on(poll_answer, voted), on(poll_update, counted));
    }
};

int main() { return run<pollster>(); }
