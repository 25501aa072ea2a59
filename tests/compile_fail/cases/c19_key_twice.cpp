// A key stands twice in a language.
// expect: [banter C19]
// expect: "hello"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() {
#ifdef FIXED
        return catalogue(in_language("en", phrase("hello", "Hello!")));
#else
        return catalogue(in_language("en", phrase("hello", "Hello!"), phrase("hello", "Hi!")));
#endif
    }
};
static_assert(verify_texts<words>);
