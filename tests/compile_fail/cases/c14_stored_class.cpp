// A class of one's own, which the library cannot look into.
// expect: [banter C14]
// expect: note::writing
// expect: money
#include <banter/flow.hpp>

#include <string>
using namespace banter;

class money {
  public:
    money() = default;
    explicit money(int cents) : cents_(cents) {}

  private:
    int cents_ = 0;
};
#ifdef FIXED
template <>
struct banter::serialisable<money> : std::true_type {};
#endif

struct note {
#ifdef FIXED
    struct writing {
        std::string words;
        money price;
    };
#else
    struct writing {
        std::string words;
        money price;
    };
#endif
    static writing start(context& ctx);
    static end write(context& ctx, writing& here, matched<text> words);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"note">, start)),
                            state<writing>(on(text, write)), persistent<"note">);
    }
};

static_assert(verify<note>);
