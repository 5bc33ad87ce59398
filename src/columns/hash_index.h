// Finds numbers (of rows, of symbols) by the hash of what they stand for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "../base/can_allocate.h"
#include "../base/checked_size.h"

namespace rekognition_jobs {

/// An open-addressing hash table of numbers. It holds no keys, only half of each hash: the caller compares a candidate,
/// which nearly always is the right one. Expected constant time a look-up. A large table is many small ones, each of
/// which grows alone, so that no insertion has to move everything.
class HashIndex {
 public:
  /// The number for which `is_wanted(number)` holds, among those filed under `hash`.
  template <class IsWanted>
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, const IsWanted& is_wanted) const {
    const std::uint32_t half = half_of(hash);
    const Part& part = parts_[part_of(half)];
    return part.slots.empty() ? std::nullopt : part.slots[part.slot_of(half, is_wanted)].filed();
  }

  /// As find(); if there is none, `number` is filed under `hash`.
  template <class IsWanted>
  std::optional<std::uint32_t> find_or_insert(std::uint64_t hash, std::uint32_t number, const IsWanted& is_wanted) {
    const std::uint32_t half = half_of(hash);
    Part& part = parts_[part_of(half)];
    if (!part.slots.empty()) {
      Slot& slot = part.slots[part.slot_of(half, is_wanted)];
      if (slot.number != vacant) return slot.number;
      if (part.has_room()) {
        slot = {half, number};
        ++part.count;
        return std::nullopt;
      }
    }
    insert_growing({half, number});
    return std::nullopt;
  }

  /// Files `number` instead of `old_number` under their common `hash`.
  void replace(std::uint64_t hash, std::uint32_t old_number, std::uint32_t number) {
    const std::uint32_t half = half_of(hash);
    Part& part = parts_[part_of(half)];
    part.slots[part.slot_of(half, [&](std::uint32_t filed) { return filed == old_number; })].number = number;
  }

  /// Makes room in an empty table for so many numbers, so that filing them moves none.
  void reserve(std::size_t count) {
    if (count > largest_whole) divide();
    largest_ = slots_for(count / parts_.size());
    for (Part& part : parts_) part.grow_to(largest_);
  }

  /// Bytes that reserve() allocates at most.
  [[nodiscard]] static std::uint64_t bytes_to_reserve(std::size_t count) {
    constexpr std::uint64_t of_parts = std::uint64_t{part_count} * (sizeof(Part) + first_size * sizeof(Slot));
    return 2 * of_parts + std::uint64_t{4} * sizeof(Slot) * count;
  }

  /// Bytes that filing so many more, of which few go to one part, allocates at most: each may have its part double.
  [[nodiscard]] std::uint64_t growth(std::size_t count = puts_at_once) const;

 private:
  static constexpr std::uint32_t vacant = ~std::uint32_t{0};
  static constexpr std::size_t first_size = 64;
  /// Three quarters of a power of two: a table of so many is divided where it would grow.
  static constexpr std::size_t largest_whole = 6 * 1024;
  static constexpr std::size_t part_count = 256;

  struct Slot {
    std::uint32_t half = 0;
    std::uint32_t number = vacant;

    [[nodiscard]] std::optional<std::uint32_t> filed() const {
      return number == vacant ? std::nullopt : std::optional(number);
    }
  };

  struct Part {
    std::vector<Slot> slots;  ///< a power of two of them
    std::size_t count = 0;

    [[nodiscard]] std::size_t home(std::uint32_t half) const { return half & (slots.size() - 1); }
    [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (slots.size() - 1); }

    [[nodiscard]] bool has_room() const { return (count + 1) * 4 <= slots.size() * 3; }

    /// Where the wanted number is, or the vacant slot in which it is to be filed.
    template <class IsWanted>
    [[nodiscard]] std::size_t slot_of(std::uint32_t half, const IsWanted& is_wanted) const {
      std::size_t slot = home(half);
      while (slots[slot].number != vacant && !(slots[slot].half == half && is_wanted(slots[slot].number))) {
        slot = next(slot);
      }
      return slot;
    }

    void insert(Slot filed) {
      if (!has_room()) grow();
      place(filed);
      ++count;
    }

    void place(Slot filed) {
      slots[slot_of(filed.half, [](std::uint32_t) { return false; })] = filed;
    }

    void grow() { grow_to(slots.empty() ? first_size : checked_product(slots.size(), 2)); }

    void grow_to(std::size_t size) {
      const std::vector<Slot> old = std::exchange(slots, std::vector<Slot>(size));
      for (const Slot& filed : old) {
        if (filed.number != vacant) place(filed);
      }
    }
  };

  /// Of a part that has so many by average.
  [[nodiscard]] static std::size_t slots_for(std::size_t count) {
    std::size_t slots = first_size;
    while (slots / 4 * 3 < count + count / 8) slots *= 2;
    return slots;
  }

  [[nodiscard]] static std::uint32_t half_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }

  /// By the upper bits; the lower ones tell the place within a part.
  [[nodiscard]] std::size_t part_of(std::uint32_t half) const {
    return static_cast<std::size_t>(std::uint64_t{half} * parts_.size() >> 32);
  }

  void insert_growing(Slot filed) {
    if (parts_.size() == 1 && parts_[0].count >= largest_whole) divide();
    insert_into_part(filed);
  }

  void insert_into_part(Slot filed) {
    Part& part = parts_[part_of(filed.half)];
    part.insert(filed);
    if (part.slots.size() > largest_) largest_ = part.slots.size();
  }

  void divide() {
    const std::vector<Part> whole = std::exchange(parts_, std::vector<Part>(part_count));
    largest_ = first_size;
    for (const Slot& filed : whole[0].slots) {
      if (filed.number != vacant) insert_into_part(filed);
    }
  }

  std::vector<Part> parts_{1};
  std::size_t largest_ = first_size;  ///< slots of the largest part
};

}  // namespace rekognition_jobs
