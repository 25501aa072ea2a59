// A reference to whoever is told about something that goes on for a while.
#pragma once

#include <memory>
#include <type_traits>

namespace banter {

/// Refers to a function, or to a lambda that captures something and therefore has a name: it must live
/// as long as what it watches. Owns nothing; may be empty, and then tells nobody.
template <class Told> class watcher {
  public:
    constexpr watcher() noexcept = default;

    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, watcher> && std::is_invocable_v<F&, Told>)
    constexpr watcher(F&& told) noexcept {
        using plain = std::remove_reference_t<F>;
        if constexpr (std::is_convertible_v<F, void (*)(Told)>) {
            function_ = told;
        } else {
            static_assert(std::is_lvalue_reference_v<F>,
                          "[banter] give the lambda a name first: it must live as long as what it "
                          "watches");
            object_ = const_cast<void*>(static_cast<const void*>(std::addressof(told)));
            call_ = [](void* of, Told now) { (*static_cast<plain*>(of))(now); };
        }
    }

    explicit constexpr operator bool() const noexcept {
        return call_ != nullptr || function_ != nullptr;
    }
    void operator()(Told now) const {
        if (call_ != nullptr)
            call_(object_, now);
        else if (function_ != nullptr)
            function_(now);
    }

  private:
    void (*call_)(void*, Told) = nullptr;
    void (*function_)(Told) = nullptr;
    void* object_ = nullptr;
};

} // namespace banter
