// Buttons of inline and reply keyboards, as a user sees them.
#pragma once

#include <string>
#include <vector>

namespace banter::testkit {

/// A button as a user sees it. `kind` is the Bot API's field that says what it does
/// ("callback_data", "url", "web_app", "pay", "request_contact", ...; "text" for a plain button of a
/// reply keyboard), `value` that field's text.
struct button_view {
    std::string label;
    std::string kind;
    std::string value;
};
using button_rows = std::vector<std::vector<button_view>>;

}  // namespace banter::testkit
