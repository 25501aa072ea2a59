// Every PDF is a document: behind a handler of all documents it never arrives.
// expect: [banter C5]
// expect: desk::receipt
// expect: desk::any_file
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void any_file(context& ctx);
    static void receipt(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(document, any_file), on(pdf_document, receipt));
#else
        return handlers(on(document && !pdf_document, any_file), on(pdf_document, receipt));
#endif
    }
};

static_assert(verify<desk>);
