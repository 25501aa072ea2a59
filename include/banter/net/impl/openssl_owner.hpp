// Who frees OpenSSL's objects. For impl/*.ipp of this room only.
#pragma once

namespace banter::net::detail {

/// A deleter for std::unique_ptr: calls the function that OpenSSL has for the type.
template <auto Free>
struct free_with {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};

}  // namespace banter::net::detail
