// Prints what was measured, each line with its ratio to a floor, and each bar with its verdict.
#pragma once

#include "measure.hpp"

#include <cstdio>
#include <string_view>

namespace bench {

class report {
  public:
    void title(std::string_view text) { std::printf("\n%.*s\n", width(text), text.data()); }

    /// One way of working: nanoseconds and allocations for an update.
    void line(std::string_view name, const timing& t) {
        std::printf("  %-58.*s %8.1f ns", width(name), name.data(), t.median());
        if (counts_allocations()) std::printf("   %7.3f allocations", t.allocations);
        std::printf("\n");
    }
    void value(std::string_view name, double value, std::string_view unit) {
        std::printf("  %-58.*s %8.1f %.*s\n", width(name), name.data(), value, width(unit),
                    unit.data());
    }
    /// A ratio that has no bar.
    void ratio(std::string_view name, double value) {
        std::printf("  %-58.*s %8.3f\n", width(name), name.data(), value);
    }
    /// A ratio or a count, and the most that it may be.
    void bar(std::string_view name, double value, double most) {
        const bool kept = value <= most;
        if (!kept) ++broken_;
        std::printf("  %-58.*s %8.3f   at most %g: %s\n", width(name), name.data(), value, most,
                    kept ? "kept" : "NOT KEPT");
    }
    [[nodiscard]] int broken() const { return broken_; }

  private:
    static int width(std::string_view text) { return static_cast<int>(text.size()); }
    int broken_ = 0;
};

}  // namespace bench
