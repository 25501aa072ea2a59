// A handler says what the catalogue does not have.
// expect: [banter C19]
// expect: words
// expect: "helo"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() { return catalogue(in_language("en", phrase("hello", "Hello!"))); }
};

#ifdef FIXED
inline auto greet() { return say<words, "hello">("de"); }
#else
inline auto greet() { return say<words, "helo">("de"); }
#endif
