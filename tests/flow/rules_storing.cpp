// PTB's rules R90 to R98: conversations that outlive a restart. Stores for them come later; here
// stands what the types decide already. tests/rules.md lists all rules.
#include <banter/flow.hpp>
#include <banter/flow/key.hpp>
#include <banter/flow/sessions.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <concepts>
#include <memory>
#include <string>

using namespace banter;
using detail::check;

namespace rules {

template <class C, class Root = C>
constexpr bool refused(check why) {
    return detail::verdict_of<C, Root>.failed == why;
}

/// One conversation under a name; State is its only state.
template <fixed_string Name, class State, char Command>
struct kept {
    static State begin(context& ctx);
    static end stop(context& ctx);
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<fixed_string<2>({Command, '\0'})>, begin)),
            state<State>(on(command<"stop">, stop)), persistent<Name>);
    }
};

struct empty {};
struct text_and_number {
    std::string name;
    int number = 0;
};
struct pointer_inside {
    std::unique_ptr<int> secret;
};

struct child {
    static pointer_inside begin(context& ctx);
    static end stop(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"child">, begin)),
                            state<pointer_inside>(on(command<"stop">, stop)));
    }
};
template <bool Stored>
struct parent {
    static empty begin(context& ctx);
    static end stop(context& ctx);
    template <class... Options>
    static constexpr auto with(Options... options) {
        return conversation(entry_points(on(command<"parent">, begin)),
                            state<empty>(nest<child>(), on(command<"over">, stop)), options...);
    }
    static constexpr auto flow() {
        if constexpr (Stored)
            return with(persistent<"parent">);
        else
            return with();
    }
};

struct timed {
    static empty begin(context& ctx);
    static end late(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"timed">, begin)),
                            state<empty>(after(std::chrono::minutes{5}, late)));
    }
};

}  // namespace rules
using namespace rules;

TEST_CASE("R90: what is to be stored has a name of its own, and state data that can be written") {
    static_assert(refused<kept<"", empty, 'a'>>(check::c15_name));
    static_assert(refused<kept<"one", text_and_number, 'a'>>(check::passed));
    static_assert(refused<kept<"one", pointer_inside, 'a'>>(check::c14_stored));
}

TEST_CASE("R95: a nested conversation is stored with its parent, of which it is a part") {
    static_assert(refused<child>(check::passed));
    static_assert(refused<child, parent<false>>(check::passed));
    static_assert(refused<child, parent<true>>(check::c14_stored));
    static_assert(refused<parent<true>>(check::passed));
}

TEST_CASE("R96: two conversations of a bot cannot be stored under one name") {
    using first = kept<"one", empty, 'a'>;
    using same_name = kept<"one", text_and_number, 'b'>;
    using other_name = kept<"two", text_and_number, 'b'>;
    static_assert(detail::repetition<void, detail::one_group, first, same_name>::found);
    static_assert(!detail::repetition<void, detail::one_group, first, other_name>::found);
}

TEST_CASE("R98: the time at which a conversation runs out is a part of its session") {
    using session = detail::session<timed>;
    static_assert(requires(session s) { { s.due.at[0] } -> std::convertible_to<detail::due_time>; });
}
