// State data in words, and Hana structs as typed callback data.
#include <banter/flow/state_text.hpp>

#include <boost/hana/define_struct.hpp>

#include <doctest/doctest.h>

namespace {
struct order {
    struct plain {
        int amount;
    };
    struct described {
        BOOST_HANA_DEFINE_STRUCT(described, (int, amount), (std::string, way), (bool, fast));
    };
    struct pressed {
        BOOST_HANA_DEFINE_STRUCT(pressed, (short, item), (bool, fast));
    };
};
}  // namespace

TEST_CASE("a Hana struct is described member by member, others by their name") {
    order::described state;
    state.amount = 100;
    state.way = "bank";
    state.fast = true;
    CHECK(banter::state_text(state).ends_with(
        "order::described{amount: 100, way: \"bank\", fast: true}"));
    CHECK(banter::state_text(order::plain{5}).ends_with("order::plain"));
}

TEST_CASE("a Hana struct is callback data like any other struct") {
    order::pressed value;
    value.item = -7;
    value.fast = true;
    using codec = banter::callback_codec<order::pressed>;
    static_assert(codec::fault == banter::callback_type_fault::none);
    const auto back = codec::decode(codec::encode(value));
    REQUIRE(back);
    CHECK(back->item == -7);
    CHECK(back->fast);
}
