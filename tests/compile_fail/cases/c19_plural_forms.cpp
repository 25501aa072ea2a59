// Russian has three forms beside a number, and here are two.
// expect: [banter C19]
// expect: "ru"
// expect: "eggs"
#include <banter/flow/i18n.hpp>
using namespace banter;

struct words {
    static constexpr auto texts() {
        return catalogue(in_language("en", phrase("eggs", "{} egg", "{} eggs")),
#ifdef FIXED
                         in_language("ru", phrase("eggs", "{} яйцо", "{} яйца", "{} яиц")));
#else
                         in_language("ru", phrase("eggs", "{} яйцо", "{} яйца")));
#endif
    }
};
static_assert(verify_texts<words>);
