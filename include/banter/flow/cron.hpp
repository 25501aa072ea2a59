// Cron expressions: five fields, checked by the compiler where they are literals.
//
//     cron<"0 9 * * mon-fri">            // does not compile if it is none, and says where
//     cron_expression(text)              // throws cron_error if it is none, and says where
//
// minute 0-59, hour 0-23, day of the month 1-31 or L (the last one), month 1-12 or jan-dec, day of the
// week 0-7 or sun-sat (0 and 7 are Sunday); in each * for all, lists 1,15, ranges 9-17, steps */10,
// 9-17/2 and 5/10 (from 5 on). @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually
// stand for a whole expression. Where day of the month and day of the week are both said (neither
// begins with *), either is enough, as crontab(5) has it.
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/fixed_string.hpp>
#include <banter/flow/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace banter {

enum class cron_fault : std::uint8_t {
    none,
    a_field_is_missing,
    more_than_five_fields,
    no_number_or_name,
    out_of_range,
    range_runs_backwards,
    step_is_no_positive_number,
    unknown_name,
    unknown_macro,
    never_happens,
};

namespace detail {

/// What was read, or what is wrong and where, in bytes from 0.
struct cron_reading {
    cron_fields fields;
    cron_fault fault = cron_fault::none;
    std::size_t position = 0;
};

class cron_reader {
  public:
    constexpr explicit cron_reader(std::string_view text) : text_(text) {}

    constexpr cron_reading read() {
        skip_blanks();
        if (at_ != text_.size() && text_[at_] == '@') {
            read_macro();
            return out_;
        }
        cron_fields& to = out_.fields;
        to.minutes = field({0, 59, {}, 0}).bits;
        const field_read hours = field({0, 23, {}, 0});
        const field_read days = field({1, 31, {}, 0});
        to.months = static_cast<std::uint16_t>(field({1, 12, month_names, 1}).bits);
        const field_read weekdays = field({0, 7, weekday_names, 0});
        to.hours = static_cast<std::uint32_t>(hours.bits);
        to.days = static_cast<std::uint32_t>(days.bits);
        to.weekdays = static_cast<std::uint8_t>((weekdays.bits | weekdays.bits >> 7) & 0x7f);
        to.any_hour = hours.any;
        to.any_day = days.any;
        to.any_weekday = weekdays.any;
        skip_blanks();
        if (at_ != text_.size()) fail(cron_fault::more_than_five_fields, at_);
        if (good() && !happens()) fail(cron_fault::never_happens, days.begin);
        return out_;
    }

  private:
    static constexpr std::string_view month_names = "janfebmaraprmayjunjulaugsepoctnovdec";
    static constexpr std::string_view weekday_names = "sunmontuewedthufrisat";

    struct range {
        unsigned least, most;
        std::string_view names;
        unsigned first_name;
    };
    struct field_read {
        std::uint64_t bits = 0;
        bool any = false;
        std::size_t begin = 0;
    };

    constexpr bool good() const { return out_.fault == cron_fault::none; }
    constexpr void fail(cron_fault fault, std::size_t where) {
        if (!good()) return;
        out_.fault = fault;
        out_.position = where;
        at_ = text_.size();
    }
    constexpr void skip_blanks() {
        while (at_ != text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    constexpr bool accept(char wanted) {
        if (at_ == text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }
    static constexpr char lower(char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    constexpr bool is_letter() const {
        return at_ != text_.size() && lower(text_[at_]) >= 'a' && lower(text_[at_]) <= 'z';
    }
    constexpr bool is_digit() const {
        return at_ != text_.size() && text_[at_] >= '0' && text_[at_] <= '9';
    }

    constexpr unsigned number() {
        unsigned value = 0;
        for (; is_digit(); ++at_)
            if (value < 1000) value = value * 10 + static_cast<unsigned>(text_[at_] - '0');
        return value;
    }
    constexpr unsigned value(const range& in) {
        const std::size_t begin = at_;
        if (is_digit()) {
            const unsigned out = number();
            if (out < in.least || out > in.most) fail(cron_fault::out_of_range, begin);
            return out;
        }
        if (!is_letter()) {
            fail(cron_fault::no_number_or_name, begin);
            return in.least;
        }
        while (is_letter()) ++at_;
        for (std::size_t name = 0; name + 3 <= in.names.size(); name += 3) {
            bool same = at_ - begin == 3;
            for (std::size_t i = 0; same && i != 3; ++i)
                same = lower(text_[begin + i]) == in.names[name + i];
            if (same) return in.first_name + static_cast<unsigned>(name / 3);
        }
        fail(in.names.empty() ? cron_fault::no_number_or_name : cron_fault::unknown_name, begin);
        return in.least;
    }

    constexpr std::uint64_t item(const range& in) {
        const std::size_t begin = at_;
        unsigned first = in.least, end = in.most, step = 1;
        bool several = true;
        if (!accept('*')) {
            if (in.most == 31 && at_ != text_.size() && lower(text_[at_]) == 'l') {
                ++at_;
                return 1;
            }
            first = value(in);
            several = accept('-');
            if (several) {
                end = value(in);
                // Up to Sunday: it is also the seventh day.
                if (in.most == 7 && end == 0) end = 7;
                if (end < first) fail(cron_fault::range_runs_backwards, begin);
            }
        }
        if (accept('/')) {
            const std::size_t where = at_;
            if (is_digit()) step = number();
            if (where == at_ || step == 0) fail(cron_fault::step_is_no_positive_number, where);
        } else if (!several) {
            end = first;
        }
        std::uint64_t bits = 0;
        for (unsigned i = first; good() && i <= end; i += step) bits |= std::uint64_t{1} << i;
        return bits;
    }
    constexpr field_read field(const range& in) {
        skip_blanks();
        field_read out;
        out.begin = at_;
        if (at_ == text_.size()) fail(cron_fault::a_field_is_missing, at_);
        out.any = at_ != text_.size() && text_[at_] == '*';
        do out.bits |= good() ? item(in) : 0;
        while (accept(','));
        if (good() && at_ != text_.size() && text_[at_] != ' ' && text_[at_] != '\t')
            fail(cron_fault::no_number_or_name, at_);
        return out;
    }

    constexpr void read_macro() {
        struct macro {
            std::string_view name, meaning;
        };
        constexpr macro macros[] = {{"@hourly", "0 * * * *"},  {"@daily", "0 0 * * *"},
                                    {"@midnight", "0 0 * * *"}, {"@weekly", "0 0 * * 0"},
                                    {"@monthly", "0 0 1 * *"}, {"@yearly", "0 0 1 1 *"},
                                    {"@annually", "0 0 1 1 *"}};
        std::string_view rest = text_.substr(at_);
        while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\t')) rest.remove_suffix(1);
        for (const macro& one : macros) {
            bool same = rest.size() == one.name.size();
            for (std::size_t i = 0; same && i != rest.size(); ++i)
                same = lower(rest[i]) == one.name[i];
            if (same) {
                out_ = cron_reader(one.meaning).read();
                return;
            }
        }
        fail(cron_fault::unknown_macro, at_);
    }

    /// Whether some month has one of the days: there is no 30 February.
    constexpr bool happens() const {
        const cron_fields& said = out_.fields;
        if (!said.any_day && !said.any_weekday) return true;
        constexpr unsigned days_in[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (unsigned month = 1; month != 13; ++month) {
            if ((said.months >> month & 1U) == 0) continue;
            if ((said.days & 1U) != 0) return true;
            for (unsigned day = 1; day <= days_in[month]; ++day)
                if ((said.days >> day & 1U) != 0) return true;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    cron_reading out_;
};

template <fixed_string Text>
inline constexpr cron_reading read_cron = cron_reader(Text.view()).read();

}  // namespace detail

/// A text is no cron expression: what() says why and where.
class cron_error : public std::invalid_argument {
  public:
    cron_error(std::string_view text, cron_fault fault, std::size_t position);
    [[nodiscard]] cron_fault fault() const { return fault_; }
    /// Where in the text, in bytes from 0.
    [[nodiscard]] std::size_t position() const { return position_; }

  private:
    cron_fault fault_;
    std::size_t position_;
};

/// When a cron expression is due; see the head of this file.
class cron_expression {
  public:
    /// Throws cron_error.
    explicit cron_expression(std::string_view text);
    /// The second argument is where cron<...> has its check.
    constexpr explicit cron_expression(const cron_fields& fields, std::size_t = 0)
        : fields_(fields) {}

    [[nodiscard]] constexpr const cron_fields& fields() const { return fields_; }
    constexpr operator const cron_fields&() const { return fields_; }
    bool operator==(const cron_expression&) const = default;

  private:
    cron_fields fields_;
};

namespace error {
// C4. One gets here with cron<"..."> of a text that is no cron expression. The position counts bytes
// from 0.
template <auto Fault, std::size_t Position, fixed_string Text>
inline constexpr bool cron_expression_is_sound = false;
template <auto Fault, std::size_t Position, fixed_string Text>
struct cron_expression_is_invalid {
    static_assert(flow_is_sound && cron_expression_is_sound<Fault, Position, Text>,
        BANTER_SAYS("[banter C4] this is no cron expression: named here are the fault, its position in "
                    "bytes from 0, and the text; write minute, hour, day, month and day of the week",
                    "expression", Text.view(),
                    "fault", detail::name_of_value<Fault>,
                    "at byte", detail::name_of_value<Position>));
};
struct sound_cron_expression {};
}  // namespace error

namespace detail {
template <fixed_string Text, cron_fault Fault = read_cron<Text>.fault>
struct cron_check {
    using type = error::cron_expression_is_invalid<Fault, read_cron<Text>.position, Text>;
};
template <fixed_string Text>
struct cron_check<Text, cron_fault::none> {
    using type = error::sound_cron_expression;
};
}  // namespace detail

/// A cron expression that the compiler has checked: cron<"*/10 8-18 * * mon-fri">.
template <fixed_string Text>
inline constexpr cron_expression cron{
    detail::read_cron<Text>.fields, sizeof(typename detail::cron_check<Text>::type)};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/cron.ipp>
#endif
