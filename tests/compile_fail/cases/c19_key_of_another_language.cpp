// A language has a key that the first one, which says what keys there are, does not have.
// expect: [banter C19]
// expect: "de"
// expect: "helo"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() {
        return catalogue(in_language("en", phrase("hello", "Hello!")),
#ifdef FIXED
                         in_language("de", phrase("hello", "Hallo!")));
#else
                         in_language("de", phrase("helo", "Hallo!")));
#endif
    }
};
static_assert(verify_texts<words>);
