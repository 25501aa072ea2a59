// Answers to inline queries, page by page; the samples of docs/inline.md.
#include <doctest/doctest.h>

#include <banter/banter.hpp>
#include <banter/flow/inline_results.hpp>
#include <banter/testkit/app.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

using namespace banter;

namespace {

struct book {
    std::string isbn, title, summary;
};

struct library {
    std::vector<book> books;
    std::vector<book> find(std::string_view words) const {
        std::vector<book> out;
        for (const book& one : books)
            if (one.title.find(words) != std::string::npos) out.push_back(one);
        return out;
    }
};

struct reader {
    static task<> search(telegram::inline_query query, bot& api, library& all) {
        inline_results found;
        for (const book& one : all.find(query.query()))
            found.add(results::article(one.isbn, one.title, one.summary));
        co_await answer_inline(api, query, found, {.cache_time = 10});
        co_return;
    }
    static constexpr auto flow() { return handlers(on(inline_query, search)); }
};

struct counter {
    static task<> count(telegram::inline_query query, bot& api) {
        auto page = [](std::size_t number, inline_results& out) {
            for (std::size_t i = 0; i < 3; ++i) {
                const std::string words = concat(number * 3 + i);
                out.add(results::article("", words, results::html(concat("<b>", words, "</b>"))));
            }
            return number < 2;
        };
        co_await answer_inline(api, query, page);
        co_return;
    }
    static constexpr auto flow() { return handlers(on(inline_query, count)); }
};

struct answered {
    boost::json::array list;
    std::string next;
    std::string id(std::size_t i) const { return list.at(i).at("id").as_string().c_str(); }
};

/// What a client that scrolls on sees.
template <class App>
answered ask(App& app, testkit::actor& who, std::string_view words, std::string_view offset = {}) {
    const std::string id = who.asks_inline(words, offset);
    answered out;
    out.list = boost::json::parse(app.telegram().inline_results(id)).as_array();
    out.next = app.telegram().calls("answerInlineQuery").back().text("next_offset");
    return out;
}

library books(int count) {
    library out;
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i);
        out.books.push_back({"isbn" + n, "Book " + n, "About " + n});
    }
    return out;
}

}  // namespace

TEST_CASE("all results at once go out fifty at a time") {
    library all = books(120);
    testkit::app<reader> app{services(all)};
    testkit::actor anna = app.user("Anna");
    const answered first = ask(app, anna, "Book");
    REQUIRE(first.list.size() == 50);
    CHECK(first.id(0) == "isbn0");
    CHECK(first.list.at(0).at("type") == "article");
    CHECK(first.list.at(0).at("input_message_content").at("message_text") == "About 0");
    CHECK(first.next == "1");
    CHECK(app.telegram().calls("answerInlineQuery").back().integer("cache_time") == 10);
    const answered second = ask(app, anna, "Book", first.next);
    CHECK(second.id(0) == "isbn50");
    const answered third = ask(app, anna, "Book", second.next);
    CHECK(third.list.size() == 20);
    CHECK(third.next.empty());
    CHECK(ask(app, anna, "Book", "7").list.empty());
    CHECK(ask(app, anna, "nothing like it").list.empty());
}

TEST_CASE("offsets that are none of ours mean the first page") {
    CHECK(inline_page("") == 0);
    CHECK(inline_page("3") == 3);
    CHECK(inline_page("3x") == 0);
    CHECK(inline_page("-1") == 0);
    CHECK(inline_page("99999999999999999999999") == 0);
}

TEST_CASE("exactly fifty results have no second page") {
    library all = books(50);
    testkit::app<reader> app{services(all)};
    testkit::actor anna = app.user("Anna");
    CHECK(ask(app, anna, "Book").next.empty());
}

TEST_CASE("pages that a function makes, with ids of their own") {
    testkit::app<counter> app;
    testkit::actor anna = app.user("Anna");
    const answered first = ask(app, anna, "x");
    CHECK(first.next == "1");
    CHECK(first.id(0) == "0-0");
    CHECK(first.list.at(2).at("input_message_content").at("message_text") == "<b>2</b>");
    CHECK(first.list.at(2).at("input_message_content").at("parse_mode") == "HTML");
    const answered last = ask(app, anna, "x", "2");
    CHECK(last.id(0) == "2-0");
    CHECK(last.list.at(0).at("title") == "6");
    CHECK(last.next.empty());
}

TEST_CASE("ids are unique and fit") {
    inline_results all;
    const std::string longest(64, 'x');
    for (const std::string& id : {std::string("a"), std::string("a"), std::string("a-2"), std::string(),
                                  longest, longest, std::string("3")})
        all.add(results::article(id, "T", "t"));
    std::set<std::string> ids;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto one = boost::json::parse(all[i]);
        const std::string id(one.at("id").as_string());
        CHECK(id.size() <= 64);
        CHECK(ids.insert(id).second);
    }
    CHECK(ids.contains("a-2"));
    CHECK_THROWS_AS(all.add(results::article(longest + "x", "T", "t")), std::invalid_argument);
}

TEST_CASE("every kind of result passes as what it is") {
    inline_results all;
    all.add(results::photo("1", "https://x/a.jpg", "https://x/t.jpg"));
    all.add(results::gif("2", "https://x/a.gif", "https://x/t.jpg"));
    all.add(results::mpeg4_gif("3", "https://x/a.mp4", "https://x/t.jpg"));
    all.add(results::video("4", "V", "https://x/a.mp4", "https://x/t.jpg"));
    all.add(results::audio("5", "A", "https://x/a.mp3"));
    all.add(results::voice("6", "A", "https://x/a.ogg"));
    all.add(results::document("7", "D", "https://x/a.pdf"));
    all.add(results::location("8", "L", 1.5, 2.5));
    all.add(results::venue("9", "V", "Street 1", 1.5, 2.5));
    all.add(results::contact("10", "+49123", "Anna"));
    all.add(results::game("11", "chess"));
    all.add(results::cached_photo("12", "F"));
    all.add(results::cached_gif("13", "F"));
    all.add(results::cached_mpeg4_gif("14", "F"));
    all.add(results::cached_sticker("15", "F"));
    all.add(results::cached_audio("16", "F"));
    all.add(results::cached_document("17", "D", "F"));
    all.add(results::cached_video("18", "V", "F"));
    all.add(results::cached_voice("19", "V", "F"));
    auto one = results::article("20", "T", results::markdown("*t*"));
    one.description = "more";
    all.add(one);

    testkit::world telegram;
    const auto anna = telegram.add_user("Anna");
    testkit::memory_gateway network(telegram);
    bot api{gateway(network)};
    const std::string id = telegram.inline_query(anna, "x");
    const auto job = [](bot& me, const inline_results& found) -> boost::asio::awaitable<void> {
        const auto updates = co_await me(get_updates{});
        for (const telegram::update update : *updates)
            co_await answer_inline_page(me, update.inline_query(), found, "any cursor",
                                        {.is_personal = true});
    };
    std::exception_ptr failure;
    boost::asio::co_spawn(network.context(), job(api, all), [&](std::exception_ptr e) { failure = e; });
    network.settle();
    REQUIRE(failure == nullptr);
    const auto call = telegram.calls("answerInlineQuery").at(0);
    CHECK(call.ok());
    CHECK(call.text("next_offset") == "any cursor");
    CHECK(call.text("is_personal") == "true");
    const auto list = boost::json::parse(telegram.inline_results(id)).as_array();
    REQUIRE(list.size() == 20);
    CHECK(list.at(13).at("mpeg4_file_id") == "F");
    CHECK(list.at(19).at("description") == "more");
}

TEST_CASE("a page of more than fifty is refused before it is sent") {
    testkit::world telegram;
    testkit::memory_gateway network(telegram);
    bot api{gateway(network)};
    inline_results all;
    for (int i = 0; i < 51; ++i) all.add(results::article("", "T", "t"));
    CHECK_THROWS_AS((void)answer_inline_page(api, telegram::inline_query(), all, ""), std::length_error);
}
