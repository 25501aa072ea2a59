// A translation has no place for the value.
// expect: [banter C19]
// expect: "de"
// expect: "hello"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() {
        return catalogue(in_language("en", phrase("hello", "Hello, {}!")),
#ifdef FIXED
                         in_language("de", phrase("hello", "Hallo, {}!")));
#else
                         in_language("de", phrase("hello", "Hallo!")));
#endif
    }
};
static_assert(verify_texts<words>);
