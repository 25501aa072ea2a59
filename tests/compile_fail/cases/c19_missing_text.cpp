// A language lacks a text that the first language has.
// expect: [banter C19]
// expect: words
// expect: "de"
// expect: "bye"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() {
        return catalogue(in_language("en", phrase("hello", "Hello, {}!"), phrase("bye", "Goodbye.")),
#ifdef FIXED
                         in_language("de", phrase("hello", "Hallo, {}!"), phrase("bye", "Tschüss.")));
#else
                         in_language("de", phrase("hello", "Hallo, {}!")));
#endif
    }
};

inline auto greet(std::string_view who) { return say<words, "hello">("de", who); }
