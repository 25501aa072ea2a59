// A service that says it stores persistent conversations, and cannot: one error, about the service.
// expect: [banter]
// expect: it needs load(name)
// expect: notebook
// reject: has_a_session_store
#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
using namespace banter;

struct notebook {
    using stores = persistent_sessions;
#ifdef FIXED
    std::vector<stored_session> load(std::string_view name);
    void save(std::string_view name, std::string_view key, std::string_view text);
    void erase(std::string_view name, std::string_view key);
#endif
};

struct survey {
    struct asking {};
    static asking start(context& ctx);
    static end answer(context& ctx);
    static constexpr auto flow() {
        return conversation(persistent<"survey">, entry_points(on(command<"survey">, start)),
                            state<asking>(on(text, answer)));
    }
};

inline void start(bot& api, notebook& pages) {
    basic_dispatcher<services<notebook>, survey> running(api, services(pages));
}
