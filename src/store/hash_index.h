// Finds numbers (of rows, of symbols) by the hash of what they stand for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace rekognition_jobs {

/// An open-addressing hash table of numbers. It holds no keys, only half of each hash: the caller compares a candidate,
/// which nearly always is the right one. Expected constant time a look-up.
class HashIndex {
 public:
  /// The number for which `is_wanted(number)` holds, among those filed under `hash`.
  template <class IsWanted>
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, const IsWanted& is_wanted) const {
    if (slots_.empty()) return std::nullopt;
    const std::uint32_t half = half_of(hash);
    for (std::size_t slot = home(half); slots_[slot].number != vacant; slot = next(slot)) {
      if (slots_[slot].half == half && is_wanted(slots_[slot].number)) return slots_[slot].number;
    }
    return std::nullopt;
  }

  /// Files `number`, which is not in the table.
  void insert(std::uint64_t hash, std::uint32_t number) {
    if ((count_ + 1) * 4 > slots_.size() * 3) grow();
    place({half_of(hash), number});
    ++count_;
  }

  /// Files `number` instead of `old_number` under their common `hash`.
  void replace(std::uint64_t hash, std::uint32_t old_number, std::uint32_t number) {
    std::size_t slot = home(half_of(hash));
    while (slots_[slot].number != old_number) slot = next(slot);
    slots_[slot].number = number;
  }

 private:
  static constexpr std::uint32_t vacant = ~std::uint32_t{0};
  static constexpr std::size_t first_size = 64;

  struct Slot {
    std::uint32_t half = 0;
    std::uint32_t number = vacant;
  };

  [[nodiscard]] static std::uint32_t half_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }
  [[nodiscard]] std::size_t home(std::uint32_t half) const { return half & (slots_.size() - 1); }
  [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }

  void place(Slot filed) {
    std::size_t slot = home(filed.half);
    while (slots_[slot].number != vacant) slot = next(slot);
    slots_[slot] = filed;
  }

  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? first_size : old.size() * 2, Slot{});
    for (const Slot& filed : old) {
      if (filed.number != vacant) place(filed);
    }
  }

  std::vector<Slot> slots_;  ///< a power of two of them
  std::size_t count_ = 0;
};

}  // namespace rekognition_jobs
