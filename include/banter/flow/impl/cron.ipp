#pragma once

#include <banter/flow/cron.hpp>

#include <string>

namespace banter {
namespace detail {

[[nodiscard]] BANTER_DECL std::string_view sentence_of(cron_fault fault) {
    switch (fault) {
        case cron_fault::none: break;
        case cron_fault::a_field_is_missing:
            return "a field is missing: there are minute, hour, day, month, day of the week";
        case cron_fault::more_than_five_fields: return "there are more than five fields";
        case cron_fault::no_number_or_name: return "a number, a name or * is expected here";
        case cron_fault::out_of_range: return "this number is out of the field's range";
        case cron_fault::range_runs_backwards: return "this range runs backwards";
        case cron_fault::step_is_no_positive_number: return "a step is a number above 0";
        case cron_fault::unknown_name: return "this is no name of a month or a day (jan, mon)";
        case cron_fault::unknown_macro: return "there is no such word with @";
        case cron_fault::never_happens: return "no month has this day";
    }
    return "nothing is wrong";
}

}  // namespace detail

BANTER_COLD_DECL cron_error::cron_error(std::string_view words, cron_fault fault, std::size_t position)
    : std::invalid_argument("\"" + std::string(words) + "\" is no cron expression: at byte " +
                            std::to_string(position) + ", " +
                            std::string(detail::sentence_of(fault))),
      fault_(fault), position_(position) {}

BANTER_COLD_DECL cron_expression::cron_expression(std::string_view words) {
    const detail::cron_reading read = detail::cron_reader(words).read();
    if (read.fault != cron_fault::none) throw cron_error(words, read.fault, read.position);
    fields_ = read.fields;
}

}  // namespace banter
