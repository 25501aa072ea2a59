// The border between whatever fetches updates (long polling, a webhook) and whatever handles them
// (a dispatcher). Plain function pointers: the fetching side is compiled once and knows no bot's
// types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter::net {

/// What became of an update that was offered.
enum class offer_result : std::uint8_t {
    done,     ///< handled (or refused for good) before the call returned
    pending,  ///< taken; its id is reported later, when its handling has finished
    busy,     ///< not taken, because its key's queue or the whole bot is full: offer it again later
};

/// Takes updates. `offer` gets the text of one update, which lives only during the call.
struct update_sink {
    using finished_function = void (*)(void* listener, std::int64_t update_id);

    void* object = nullptr;
    /// Offers one update; stores its id where it has one.
    offer_result (*offer)(void* object, std::string_view json, std::int64_t& update_id) = nullptr;
    /// Registers the one listener that hears of each pending update when it has finished.
    void (*listen)(void* object, finished_function finished, void* listener) = nullptr;
    /// Told why updates could not be fetched, for the bot's error handlers; may be null.
    void (*fetching_failed)(void* object, std::exception_ptr error) = nullptr;
};

/// Makes a sink of anything shaped like a dispatcher: `offer(text, id)`, whose result has the
/// values done, pending, busy, and `on_done` of a function and a pointer; `fetching_failed(error)`
/// if it likes. The object must outlive the sink.
template <class Dispatcher>
update_sink sink_of(Dispatcher& target) noexcept {
    update_sink sink;
    sink.object = std::addressof(target);
    sink.offer = [](void* object, std::string_view json, std::int64_t& update_id) {
        const auto result = static_cast<Dispatcher*>(object)->offer(json, update_id);
        using results = std::remove_const_t<decltype(result)>;
        if (result == results::done)
            return offer_result::done;
        return result == results::pending ? offer_result::pending : offer_result::busy;
    };
    sink.listen = [](void* object, update_sink::finished_function finished, void* listener) {
        auto& self = *static_cast<Dispatcher*>(object);
        if constexpr (requires { self.on_done(finished, listener); })
            self.on_done(finished, listener);
        else
            self.on_done({finished, listener});
    };
    if constexpr (requires(std::exception_ptr error) { target.fetching_failed(error); })
        sink.fetching_failed = [](void* object, std::exception_ptr error) {
            static_cast<Dispatcher*>(object)->fetching_failed(std::move(error));
        };
    return sink;
}

}  // namespace banter::net
