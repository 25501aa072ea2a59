// Opens a web page as an app, and shows the colour that was picked there.
//
// The page calls Telegram.WebApp.sendData('{"hex": "#ff00aa", "rgb": {"r": 255, "g": 0, "b": 170}}') and
// is closed; what it sent comes as a message. Any page can be behind the button, and a client can send
// anything: the data are read with care, and escaped.
#include <banter/banter.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <string>

using namespace banter;
namespace json = boost::json;

namespace {

constexpr std::string_view page = "https://python-telegram-bot.org/static/webappbot";

/// A value of the page's: a text as it is, a number in its shortest form.
std::string plain(const json::value& value) {
    if (const json::string* const words = value.if_string()) return std::string(*words);
    if (const double* const number = value.if_double()) return concat(*number);
    return json::serialize(value);
}

/// The values in brackets: (255, 0, 170); of one alone (1,), of none ().
std::string tuple_of(const json::object& values) {
    std::string out = "(";
    for (const auto& member : values) {
        if (out.size() > 1) out += ", ";
        const std::string value = plain(member.value());
        out += member.value().is_string() ? concat('\'', value, '\'') : value;
    }
    return out + (values.size() == 1 ? ",)" : ")");
}

}  // namespace

struct color_picker {
    static void start(context& ctx) {
        if (ctx.chat_type() != chat_type::private_chat) {
            ctx.reply("Write to me in private: groups cannot open my page.");
            return;
        }
        ctx.reply("Pick a colour with the button below.",
                  reply_keyboard().row(web_app_button("Open the color picker!", page)));
    }

    static void picked(context& ctx, matched<web_app_data> sent) {
        const owned_json parsed = owned_json::parse(sent->data());
        const json::object& color = parsed.value().as_object();
        const std::string hex = escape_html(plain(color.at("hex")));
        const std::string rgb = escape_html(tuple_of(color.at("rgb").as_object()));
        ctx.reply_html(concat("You picked <code>", hex, "</code>, which is <code>", rgb, "</code>."),
                       {.reply_markup = remove_keyboard{}});
    }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start, in_menu("Pick a colour")),
                        on(web_app_data, picked));
    }
};

int main() { return run<color_picker>(); }
