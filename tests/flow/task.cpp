// task<T>: every kind of result, coroutines that end without co_return, exceptions, coroutines that
// are destroyed while they wait, tasks in tasks; and that Asio's insides, which task.hpp leans on,
// are still what it expects.
// With -fsanitize=address, g++ 12 takes Asio's recycled frames for a mismatch of new and delete.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include <banter/flow/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using banter::end;
using banter::missing_co_return;
using banter::next;
using banter::stay;
using banter::task;
namespace asio = boost::asio;

namespace {

constexpr const char* long_text = "a text that is long enough to live on the heap";

/// Really suspends: the rest runs from the io_context.
asio::awaitable<void> wait() {
    const auto executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable);
}

template <class T>
asio::awaitable<void> keep(task<T> running, std::optional<T>& result, std::exception_ptr& error) {
    try {
        auto got = co_await std::move(running);
        result.emplace(std::move(got.value()));
    } catch (...) {
        error = std::current_exception();
    }
}

/// What a task returns; throws what it throws.
template <class T>
T run(asio::awaitable<banter::outcome<T>> running) {
    asio::io_context context{1};
    std::optional<T> result;
    std::exception_ptr error;
    asio::co_spawn(context, keep<T>(std::move(running), result, error), asio::detached);
    context.run();
    if (error) std::rethrow_exception(error);
    REQUIRE(result);
    return std::move(*result);
}

struct counted {
    static inline int alive = 0;
    counted() { ++alive; }
    counted(const counted& other) : text(other.text) { ++alive; }
    counted(counted&& other) noexcept : text(std::move(other.text)) { ++alive; }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) = default;
    ~counted() { --alive; }
    std::string text = long_text;
};

struct empty_state {};
struct plain_state {
    std::int64_t amount;
};
struct owning_state {
    std::string name;
    std::vector<std::string> notes = {};
    std::optional<std::string> nick = {};
};
struct move_only_state {
    std::unique_ptr<std::string> held;
    counted count = {};
};
struct large_state {
    std::array<std::int64_t, 1024> numbers{};
};
/// No default constructor.
class guarded_state {
  public:
    explicit guarded_state(std::string held) : held_(std::move(held)) {}
    const std::string& held() const { return held_; }

  private:
    std::string held_;
};

// ---- results ----

template <class T>
task<T> give(T value) {
    co_await wait();
    co_return value;
}
task<stay> give_stay() {
    co_await wait();
    co_return stay{};
}
task<empty_state> give_braces() {
    co_await wait();
    co_return {};
}
task<owning_state> give_filled_braces() {
    co_await wait();
    co_return {long_text, {long_text, "short"}};
}
task<owning_state> give_designated() {
    co_await wait();
    co_return owning_state{.name = std::string(long_text) + "!", .notes = {long_text}};
}
task<move_only_state> give_move_only() {
    auto held = std::make_unique<std::string>(long_text);
    co_await wait();
    co_return move_only_state{std::move(held)};
}
task<next<move_only_state, guarded_state, stay, end>> give_one_of(int which) {
    co_await wait();
    if (which == 0) co_return move_only_state{std::make_unique<std::string>(long_text)};
    if (which == 1) co_return guarded_state(long_text);
    if (which == 2) co_return stay{};
    co_return end{};
}
task<void> give_nothing(bool& ran) {
    co_await wait();
    ran = true;
}

// ---- no result ----

// clang warns of these coroutines; g++ 12 says nothing.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wreturn-type"

task<stay> forget_at_once() {
    if (counted::alive < 0) co_return stay{};
}
task<owning_state> forget_later() {
    const counted kept;
    co_await wait();
}
task<next<owning_state, end>> forget_in_a_branch(bool returns) {
    co_await wait();
    if (returns) co_return owning_state{.name = long_text};
}

#pragma GCC diagnostic pop

// ---- exceptions ----

struct own_error {
    std::string why;
};
task<end> throw_at_once() {
    throw std::runtime_error(long_text);
    co_return end{};
}
task<end> throw_later() {
    const counted kept;
    co_await wait();
    throw own_error{long_text};
}
task<end> throw_between() {
    const counted kept;
    try {
        co_await throw_later();
    } catch (const own_error& error) {
        if (error.why != long_text) co_return end{};
    }
    co_await wait();
    throw 17;
}

// ---- tasks in tasks ----

task<owning_state> whole_answer() { co_return co_await give_designated(); }
task<next<owning_state, end>> one_of_answers() {
    owning_state there = co_await give_designated();
    there.notes.push_back(std::string("from ") + long_text);
    co_return there;
}
task<next<owning_state, end>> same_set() { co_return co_await one_of_answers(); }
task<move_only_state> passed_on() {
    auto there = co_await give_move_only();
    co_await wait();
    co_return std::move(there.value());
}
task<end> deep(int levels) {
    const counted kept;
    if (levels == 0) {
        co_await wait();
    } else {
        co_await deep(levels - 1);
    }
    co_return end{};
}

/// Waits for ever.
task<end> sleep(counted, owning_state here) {
    const counted kept;
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::hours{24});
    co_await timer.async_wait(asio::use_awaitable);
    co_return here.name.empty() ? end{} : end{};
}
asio::awaitable<void> discard(task<end> running) { co_await std::move(running); }

}  // namespace

TEST_CASE("a task gives what was returned") {
    run(give_stay());
    run(give(end{}));
    run(give(empty_state{}));
    run(give_braces());
    CHECK(run(give(plain_state{100})).amount == 100);
    CHECK(run(give(owning_state{.name = long_text, .nick = long_text})).nick == long_text);
    CHECK(run(give_filled_braces()).notes.front() == long_text);
    CHECK(run(give_designated()).name == std::string(long_text) + "!");
    CHECK(run(give(guarded_state(long_text))).held() == long_text);
    large_state large;
    large.numbers.back() = 7;
    CHECK(run(give(large)).numbers.back() == 7);
}

TEST_CASE("a task gives what can only be moved") {
    CHECK(*run(give_move_only()).held == long_text);
    CHECK(counted::alive == 0);
}

TEST_CASE("a task gives one of several") {
    const auto first = run(give_one_of(0));
    CHECK(*std::get<move_only_state>(first.target()).held == long_text);
    CHECK(std::get<guarded_state>(run(give_one_of(1)).target()).held() == long_text);
    CHECK(std::holds_alternative<stay>(run(give_one_of(2)).target()));
    CHECK(std::holds_alternative<end>(run(give_one_of(3)).target()));
}

TEST_CASE("a task that gives nothing may run off its end") {
    asio::io_context context{1};
    bool ran = false;
    asio::co_spawn(context, give_nothing(ran), asio::detached);
    context.run();
    CHECK(ran);
}

TEST_CASE("a task that ends without co_return says so") {
    CHECK_THROWS_AS(run(forget_at_once()), missing_co_return);
    CHECK_THROWS_AS(run(forget_later()), missing_co_return);
    CHECK_THROWS_AS(run(forget_in_a_branch(false)), missing_co_return);
    CHECK(std::get<owning_state>(run(forget_in_a_branch(true)).target()).name == long_text);
    CHECK(counted::alive == 0);
}

TEST_CASE("a task throws what its coroutine throws") {
    CHECK_THROWS_AS(run(throw_at_once()), std::runtime_error);
    CHECK_THROWS_AS(run(throw_later()), own_error);
    CHECK_THROWS_AS(run(throw_between()), int);
    CHECK(counted::alive == 0);
}

TEST_CASE("tasks in tasks") {
    CHECK(run(whole_answer()).name == std::string(long_text) + "!");
    CHECK(std::get<owning_state>(run(one_of_answers()).target()).notes.size() == 2);
    CHECK(std::get<owning_state>(run(same_set()).target()).notes.size() == 2);
    CHECK(*run(passed_on()).held == long_text);
    run(deep(500));
    CHECK(counted::alive == 0);
}

TEST_CASE("a task that nobody awaits does not run, and leaves nothing behind") {
    {
        bool ran = false;
        const task<void> never = give_nothing(ran);
        const task<end> other = sleep(counted(), {.name = long_text});
        CHECK_FALSE(ran);
        CHECK(counted::alive == 1);  // the parameter
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("a task that is destroyed while it waits leaves nothing behind") {
    {
        asio::io_context context{1};
        asio::co_spawn(context, discard(sleep(counted(), {.name = long_text})), asio::detached);
        context.poll();
        CHECK(counted::alive == 2);
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("the memory of a frame is kept for the next of its size") {
    using memory = banter::detail::frame_memory;
    void* const first = memory::allocate(300);
    memory::deallocate(first, 300);
    void* const second = memory::allocate(310);
    if (banter::detail::recycle_frames) CHECK(second == first);
    void* const larger = memory::allocate(1000);
    CHECK(larger != second);
    memory::deallocate(second, 310);
    memory::deallocate(larger, 1000);
    void* const huge = memory::allocate(100000);
    memory::deallocate(huge, 100000);
}

// What task.hpp takes from Asio's insides. Where a Boost version changes them, this is where the
// compiler says so first.
namespace {

using executor = asio::any_io_executor;
template <class T>
using promise = typename std::coroutine_traits<task<T>, int, std::string&>::promise_type;
template <class T>
using frame = asio::detail::awaitable_frame<banter::outcome<T>, executor>;

// A task is Asio's awaitable, and its promise is our frame, above Asio's base.
static_assert(std::same_as<task<end>, asio::awaitable<banter::outcome<end>>>);
static_assert(std::same_as<task<>, asio::awaitable<banter::outcome<void>>>);
static_assert(std::same_as<promise<end>, frame<end>>);
static_assert(std::same_as<promise<next<owning_state, end>>, frame<next<owning_state, end>>>);
static_assert(std::derived_from<frame<end>, asio::detail::awaitable_frame_base<executor>>);
// Asio's own frame keeps the result as raw memory and a flag; ours answers with a type of its own.
static_assert(std::same_as<decltype(std::declval<frame<end>&>().get()), banter::outcome<end>>);
static_assert(std::same_as<decltype(std::declval<frame<end>&>().get_return_object()), task<end>>);
static_assert(noexcept(std::declval<frame<end>&>().get_return_object()));

// What it uses of the base: the coroutine's handle, the caller, the exception.
struct base_probe : asio::detail::awaitable_frame_base<executor> {
    static constexpr bool has_what_we_use() {
        using probe = base_probe;
        return std::same_as<decltype(probe::coro_), asio::detail::coroutine_handle<void>> &&
               std::is_pointer_v<decltype(probe::caller_)> &&
               std::is_void_v<decltype(std::declval<probe&>().rethrow_exception())> &&
               std::is_void_v<decltype(std::declval<probe&>().unhandled_exception())>;
    }
};
static_assert(base_probe::has_what_we_use());

// A wrong co_return is refused (check C2; its words are tested in tests/compile_fail).
static_assert(banter::detail::co_return_matches<next<owning_state, end>, owning_state>);
static_assert(!banter::detail::co_return_matches<next<owning_state, end>, stay>);
static_assert(!banter::detail::co_return_matches<end, stay>);

}  // namespace
