// What handlers may ask for, and what filters let through, on real updates.
#include "updates.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace banter;

namespace {

struct heard {
    std::vector<std::string> lines;
    std::set<std::int64_t> allowed;
};

struct profile {
    int visits = 0;
};
struct room {
    std::string last;
};
struct tally {
    int updates = 0;
};

enum class color : std::uint8_t { red, green };
struct pick {
    int item;
    bool fast;
};

bool is_allowed(context& ctx, const heard& listener) { return listener.allowed.contains(ctx.user_id()); }

std::string words(std::string_view name, std::string_view text) { return concat(name, '=', text); }

struct wanting {
    static void greet(matched<command<"hello">> greeting, user_data<profile>& user, heard& out) {
        out.lines.push_back(concat("hello ", greeting.text(), ' ', ++user->visits));
    }
    static void number(matched<regex<"([0-9]+) (apples|pears)">> order, chat_data<room>& chat,
                       bot_data<tally>& all, heard& out) {
        chat->last = order.get<2>();
        ++all->updates;
        out.lines.push_back(concat(order.get<1, int>() + 1, ' ', order.get<2>(), " of ", order.text()));
    }
    static void typed(matched<data<pick>> what, heard& out) {
        out.lines.push_back(concat("choice ", what->item, ' ', what->fast));
    }
    static void red(heard& out) { out.lines.push_back("red"); }
    static void any_color(const matched<data<color>>& what, heard& out) {
        out.lines.push_back(*what == color::green ? "green" : "another color");
    }
    static void secret(context& ctx, heard& out) {
        out.lines.push_back(concat("secret for ", ctx.user_id()));
    }
    static void picture(matched<document || photo> file, telegram::message whole, heard& out) {
        if (const auto picture = file.get_if<photo>())
            out.lines.push_back(concat("photo of ", (**picture).size(), ' ', file.file_id()));
        else
            out.lines.push_back(concat("document ", whole.document().file_name().value_or("")));
    }
    static void place(matched<location> where, telegram::user who, heard& out) {
        out.lines.push_back(concat((*where).latitude() > 0 ? "north " : "south ", who.first_name()));
    }
    static void edited(matched<text> now, heard& out) {
        out.lines.push_back(words("edited", now));
    }
    static void vote(telegram::poll_answer answer, heard& out) {
        out.lines.push_back(words("vote", answer.poll_id()));
    }
    static void group_text(heard& out) { out.lines.push_back("in a group"); }
    static void split(context& ctx, heard& out) {
        for (std::size_t i = 0; i != 4; ++i) out.lines.push_back(std::string(ctx.argument(i)));
    }
    static void rest(context& ctx, heard& out) { out.lines.push_back(words("rest", ctx.text())); }

    static constexpr auto flow() {
        return handlers(
            on(command<"hello">, greet), on(regex<"([0-9]+) (apples|pears)">, number),
            on(data<pick>, typed), on(data_is<color::red>, red), on(data<color>, any_color),
            on(command<"secret"> && when<is_allowed>, secret), on(document || photo, picture),
            on(location, place), on(edited_message && text, edited), on(poll_answer, vote),
            on(command<"split">, split), on(text && group_chat, group_text),
            on(text && !command<> && !regex<"^quiet">, rest),
            on(sticker ^ dice, [](heard& out) { out.lines.push_back("sticker or dice"); }));
    }
};

using asking_bot = bench_of<basic_dispatcher<services<heard>, wanting>>;

std::string with(std::int64_t user, std::string_view field) {
    return concat(R"({"update_id":)", next_id++, R"(,"message":{"message_id":7,)", from(user), ',',
                  field, "}}");
}

}  // namespace

TEST_CASE("each parameter is what the update holds") {
    heard out;
    asking_bot b{services(out)};
    const auto says = [&](const std::string& update) {
        out.lines.clear();
        b.send(update);
        return out.lines.empty() ? std::string() : out.lines.back();
    };
    CHECK(says(text_update(1, "/hello  dear   world ")) == "hello dear   world 1");
    CHECK(says(text_update(1, "/hello")) == "hello  2");
    CHECK(says(text_update(2, "/hello")) == "hello  1");
    CHECK(b.bot_.user<profile>(1).visits == 2);

    CHECK(says(text_update(1, "I want 12 pears, please")) == "13 pears of I want 12 pears, please");
    CHECK(b.bot_.chat<room>(1).last == "pears");
    CHECK(b.bot_.whole_bot<tally>().updates == 1);
    CHECK(says(text_update(1, "99999999999 apples")) == "");  // get<1, int>() throws
    CHECK(b.bot_.counters().failures == 1);

    CHECK(says(press_update(1, callback_codec<pick>::encode({-5, true}))) == "choice -5 true");
    CHECK(says(press_update(1, callback_codec<color>::encode(color::red))) == "red");
    CHECK(says(press_update(1, callback_codec<color>::encode(color::green))) == "green");
    CHECK(says(press_update(1, "nonsense")) == "");

    CHECK(says(text_update(1, "/secret")) == "");
    out.allowed.insert(1);  // an allow-list that changes while the bot runs
    CHECK(says(text_update(1, "/secret")) == "secret for 1");
    CHECK(says(text_update(2, "/secret")) == "");

    CHECK(says(photo_update(1)) == "photo of 2 large");
    CHECK(says(with(1, R"("document":{"file_id":"d","file_unique_id":"u","file_name":"a.pdf"})")) ==
          "document a.pdf");
    CHECK(says(with(1, R"("location":{"latitude":52.5,"longitude":13.4})")) == "north Anna");
    CHECK(says(edited_update(1, "better")) == "edited=better");
    CHECK(says(R"({"update_id":9000,"poll_answer":{"poll_id":"p1","user":{"id":1,"is_bot":false,)"
               R"("first_name":"A"},"option_ids":[0]}})") == "vote=p1");
    CHECK(says(text_update(1, "something else")) == "rest=something else");
    CHECK(says(text_update(1, "quiet please")) == "");
    CHECK(says(with(1, R"("sticker":{"file_id":"s"})")) == "sticker or dice");
    CHECK(says(with(1, R"("voice":{"file_id":"v"})")) == "");
}

TEST_CASE("a command's arguments are what stands between white space") {
    heard out;
    asking_bot b{services(out)};
    b.send(text_update(1, "/split  one two\u00A0\\n three\u2003"));
    CHECK(out.lines == std::vector<std::string>{"one", "two", "three", ""});
    out.lines.clear();
    b.send(text_update(1, "/split"));
    CHECK(out.lines == std::vector<std::string>(4));
}

TEST_CASE("allowed_updates are those that some filter can take") {
    const auto names = basic_dispatcher<services<heard>, wanting>::allowed_updates();
    const std::vector<std::string_view> found(names.begin(), names.end());
    CHECK(found == std::vector<std::string_view>{"message", "edited_message", "callback_query",
                                                 "poll_answer"});
}

namespace {
template <content_kind K>
struct one_content {
    static void take(matched<content_filter<K>{}> what, heard& out) {
        (void)what;
        out.lines.push_back(std::string(name_of(K)));
    }
    static constexpr auto flow() { return handlers(on(content_filter<K>{}, take)); }
};
}  // namespace

TEST_CASE("a content filter takes its content and no other, overlaps included") {
    heard out;
    bench_of<basic_dispatcher<services<heard>, one_content<content_kind::animation>,
                              one_content<content_kind::document>>>
        b{services(out)};
    b.send(with(1, R"("animation":{"file_id":"a"},"document":{"file_id":"a"})"));
    REQUIRE(out.lines.size() == 1);
    CHECK(out.lines[0] == "animation");
    b.send(with(1, R"("document":{"file_id":"a"})"));
    CHECK(out.lines.back() == "document");
    b.send(text_update(1, "x"));
    CHECK(out.lines.size() == 2);

    // An animation carries a document: who asks for documents alone gets it.
    bench_of<basic_dispatcher<services<heard>, one_content<content_kind::document>>> c{services(out)};
    c.send(with(1, R"("animation":{"file_id":"a"},"document":{"file_id":"a"})"));
    CHECK(out.lines.size() == 3);
}
