#pragma once

#include <banter/flow/form_steps.hpp>

namespace banter::detail {

BANTER_DECL void choice_keyboard::write_json(json_writer& to) const {
    to.begin_object();
    to.key("inline_keyboard");
    to.begin_array();
    for (std::size_t i = 0; i != choices_.size(); ++i) {
        if (i % columns_ == 0) to.begin_array();
        write_button(to, choices_[i].label, "callback_data", choices_[i].data);
        if (i % columns_ == columns_ - 1 || i + 1 == choices_.size()) to.end_array();
    }
    to.end_array();
    to.end_object();
}

}  // namespace banter::detail
