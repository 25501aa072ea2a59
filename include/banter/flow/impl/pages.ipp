#pragma once

#include <banter/flow/pages.hpp>

namespace banter {

BANTER_COLD_DECL void disabled_label::write_json(json_writer& to) const {
    to.begin_object();
    to.key("text");
    to.string(label_);
    to.key("disabled");
    to.begin_object();
    to.end_object();
    to.end_object();
}

}  // namespace banter
