// A text with two places is said with one value.
// expect: [banter C19]
// expect: "moved"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() {
        return catalogue(in_language("en", phrase("moved", "{} moved to {}.")));
    }
};

#ifdef FIXED
inline auto tell(std::string_view who) { return say<words, "moved">("en", who, "Rome"); }
#else
inline auto tell(std::string_view who) { return say<words, "moved">("en", who); }
#endif
