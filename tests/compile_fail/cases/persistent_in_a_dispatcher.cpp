// A persistent conversation needs a store: a dispatcher that has none says so instead of forgetting it.
// expect: [banter]
// expect: survey
#include <banter/flow/dispatcher.hpp>
using namespace banter;

struct survey {
    struct asking {};

    static asking start(context& ctx) {
        ctx.reply("Ready?");
        return {};
    }
    static end answer() { return {}; }

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<asking>(on(text, answer)), persistent<"survey">);
    }
};

struct notebook {
    using stores = persistent_sessions;
    std::vector<stored_session> load(std::string_view) { return {}; }
    void save(std::string_view, std::string_view, std::string_view) {}
    void erase(std::string_view, std::string_view) {}
};

void use(bot& api) {
#ifdef FIXED
    notebook pages;
    basic_dispatcher<services<notebook>, survey> work(api, services(pages));
#else
    dispatcher<survey> work(api, services<>{});
#endif
    (void)work.in_conversation<survey>(1, 2);
}
