// Tells its developer of everything that goes wrong: handlers that throw, calls that Telegram refuses,
// and updates that cannot be fetched or read.
#include <banter/banter.hpp>

#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <string>

using namespace banter;

struct reporter {
    static constexpr std::int64_t developer = 123456789;  // the chat that reports go to

    static void start(context& ctx) {
        ctx.reply(concat("Press /bad_command to see an error reported. This chat is <code>",
                         ctx.chat_id(), "</code>."),
                  {.parse_mode = parse_mode::html});
    }

    static void bad_command() { throw std::logic_error("this command always fails"); }

    /// Whatever this throws, a report that cannot be sent for one, is a line in the log and no more.
    static task<> report(const failure& what, bot& api) {
        const std::string error = concat(what.handler, what.handler.empty() ? "" : ": ", what.what);
        log_sink{}(error);
        // This bot keeps no data of chats and users: one that does shows what helps to find the fault.
        const std::string words =
            concat("Something went wrong.\n", block(update_of(what), 2500), block("chat data: none"),
                   block("user data: none"), block(error));
        co_await api(send_message{
            .chat_id = developer, .text = words, .parse_mode = parse_mode::html});
    }

    static constexpr auto flow() {
        constexpr auto said = message || edited_message;
        return handlers(on(said && command<"start">, start),
                        on(said && command<"bad_command">, bad_command, in_menu("Fail")),
                        on_error(report));
    }

  private:
    /// Set apart; shortened, between two characters, so that all of them fit into one message.
    static std::string block(std::string_view whole, std::size_t most = 1000) {
        while (most < whole.size() && (static_cast<unsigned char>(whole[most]) & 0xC0) == 0x80) --most;
        return concat("<pre>", escape_html(whole.substr(0, most)), "</pre>\n");
    }

    static std::string update_of(const failure& what) {
        if (what.update == nullptr) return "no update";
        return indented(boost::json::serialize(what.update->update().raw()));
    }

    /// JSON with a line for each member.
    static std::string indented(std::string_view json) {
        std::string out;
        std::size_t depth = 0;
        bool quoted = false;
        for (std::size_t i = 0; i != json.size(); ++i) {
            const char c = json[i];
            if (!quoted && (c == '}' || c == ']')) out.append("\n").append(--depth, ' ');
            out += c;
            if (c == '"') quoted = !quoted;
            if (quoted && c == '\\') out += json[++i];
            if (!quoted && (c == '{' || c == '[')) out.append("\n").append(++depth, ' ');
            if (!quoted && c == ',') out.append("\n").append(depth, ' ');
        }
        return out;
    }
};

int main() { return run<reporter>(); }
