// What a handler declared beside its calls: carried out when its transition is committed, forgotten if
// it fails. Part of a list that belongs to the update in work.
#pragma once

namespace banter::detail {

struct declared {
    /// Called once, when the handler and all that follows from it has ended.
    void (*settle)(declared& self, bool committed) = nullptr;
    declared* next = nullptr;
};

/// The list of one update in work.
class declarations {
  public:
    [[nodiscard]] bool empty() const { return first_ == nullptr; }
    void add(declared& one) {
        one.next = first_;
        first_ = &one;
    }
    void settle(bool committed) {
        while (declared* const one = first_) {
            first_ = one->next;
            one->settle(*one, committed);
        }
    }

  private:
    declared* first_ = nullptr;
};

}  // namespace banter::detail
