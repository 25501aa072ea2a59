// A phrase that depends on a number is said with a text in front.
// expect: [banter C19]
// expect: "eggs"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() {
        return catalogue(in_language("en", phrase("eggs", "{} egg", "{} eggs")));
    }
};

#ifdef FIXED
inline auto count() { return say<words, "eggs">("en", 3); }
#else
inline auto count() { return say<words, "eggs">("en", "three"); }
#endif
