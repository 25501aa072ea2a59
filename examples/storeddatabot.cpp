// Stores values under random keys: a user's own, and those of a chat for everybody in it.
//
// /put and /get use user data, which follow their user through all chats. /put_here and /get_here use chat
// data, which stay with the chat, also when a group becomes a supergroup and gets another id: the library
// sees to that, so there is no handler for it.
#include <banter/banter.hpp>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <map>
#include <string>

using namespace banter;

namespace {

struct drawer {
    std::map<std::string, std::string, std::less<>> values;
};

void put_into(context& ctx, drawer& where) {
    const std::string_view said = ctx.text();
    const std::size_t space = said.find(' ');
    if (space == std::string_view::npos || space + 1 == said.size()) {
        ctx.reply("Put what? Write it behind the command.");
        return;
    }
    const std::string key = to_string(boost::uuids::random_generator()());
    where.values.emplace(key, said.substr(space + 1));
    ctx.reply(key);
}

void get_from(context& ctx, const drawer& where) {
    const std::string_view key = ctx.argument(0);
    const auto found = where.values.find(key);
    if (key.empty())
        ctx.reply("Get what? Write the key behind the command.");
    else if (found == where.values.end())
        ctx.reply("There is nothing under that key.");
    else
        ctx.reply(found->second);
}

}  // namespace

struct storeddatabot {
    static void put(context& ctx, user_data<drawer>& mine) { put_into(ctx, *mine); }
    static void get(context& ctx, const user_data<drawer>& mine) { get_from(ctx, *mine); }
    static void put_here(context& ctx, chat_data<drawer>& ours) { put_into(ctx, *ours); }
    static void get_here(context& ctx, const chat_data<drawer>& ours) { get_from(ctx, *ours); }

    static constexpr auto flow() {
        return handlers(on(command<"put">, put, in_menu("Store a value of yours")),
                        on(command<"get">, get, in_menu("Read a value of yours")),
                        on(command<"put_here">, put_here, in_menu("Store a value of this chat")),
                        on(command<"get_here">, get_here, in_menu("Read a value of this chat")));
    }
};

int main() { return run<storeddatabot>(); }
