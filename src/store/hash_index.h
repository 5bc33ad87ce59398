// Finds numbers (of rows, of symbols) by the hash of what they stand for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rekognition_jobs {

/// An open-addressing hash table of numbers. It holds neither keys nor hashes: the caller compares a candidate, and
/// tells a number's hash when the table grows. Expected constant time a look-up.
class HashIndex {
 public:
  /// The number for which `is_wanted(number)` holds, among those filed under `hash`.
  template <class IsWanted>
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, const IsWanted& is_wanted) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t slot = home(hash); slots_[slot] != vacant; slot = next(slot)) {
      if (is_wanted(slots_[slot])) return slots_[slot];
    }
    return std::nullopt;
  }

  /// Files `number`, which is not in the table. `hash_of(number)` must give the hashes of those filed before.
  template <class HashOf>
  void insert(std::uint64_t hash, std::uint32_t number, const HashOf& hash_of) {
    if ((count_ + 1) * 4 > slots_.size() * 3) grow(hash_of);
    place(hash, number);
    ++count_;
  }

  /// Files `number` instead of `old_number` under their common `hash`.
  void replace(std::uint64_t hash, std::uint32_t old_number, std::uint32_t number) {
    std::size_t slot = home(hash);
    while (slots_[slot] != old_number) slot = next(slot);
    slots_[slot] = number;
  }

 private:
  static constexpr std::uint32_t vacant = ~std::uint32_t{0};
  static constexpr std::size_t first_size = 64;

  [[nodiscard]] std::size_t home(std::uint64_t hash) const { return hash & (slots_.size() - 1); }
  [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }

  void place(std::uint64_t hash, std::uint32_t number) {
    std::size_t slot = home(hash);
    while (slots_[slot] != vacant) slot = next(slot);
    slots_[slot] = number;
  }

  template <class HashOf>
  void grow(const HashOf& hash_of) {
    const std::vector<std::uint32_t> old = std::move(slots_);
    slots_.assign(old.empty() ? first_size : old.size() * 2, vacant);
    for (const std::uint32_t number : old) {
      if (number != vacant) place(hash_of(number), number);
    }
  }

  std::vector<std::uint32_t> slots_;  ///< a power of two of them
  std::size_t count_ = 0;
};

}  // namespace rekognition_jobs
