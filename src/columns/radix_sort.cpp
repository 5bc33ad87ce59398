// A radix sort of key parts, least significant byte first, that goes on with the next part where rows are still equal.
#include "radix_sort.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace rekognition_jobs {
namespace {

struct Item {
  std::uint64_t bits;
  std::uint32_t number;
  bool is_last;
};

constexpr std::size_t few_items = 48;

void insertion_sort(std::span<Item> items) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    const Item item = items[i];
    std::size_t place = i;
    for (; place > 0 && item.bits < items[place - 1].bits; --place) items[place] = items[place - 1];
    items[place] = item;
  }
}

/// Sorts items of which many have the same bits, as names that begin alike have: counts each, and moves every item
/// once. Does nothing and is false when more than most_keys differ. Stable; `spare` has as many items.
bool sort_few_keys(std::span<Item> items, std::span<Item> spare) {
  constexpr std::size_t most_keys = 128;
  constexpr unsigned slot_bits = 8;
  std::array<std::uint16_t, std::size_t{1} << slot_bits> slots{};  // 1 + the place in `keys`, or 0
  std::array<Item, most_keys> keys{};                              // `number` counts
  std::size_t key_count = 0;
  const auto slot_of = [&](std::uint64_t bits) {
    constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15;
    auto slot = static_cast<std::size_t>((bits * multiplier) >> (64 - slot_bits));
    while (slots[slot] != 0 && keys[slots[slot] - 1U].bits != bits) slot = (slot + 1) % slots.size();
    return slot;
  };
  for (const Item& item : items) {
    const std::size_t slot = slot_of(item.bits);
    if (slots[slot] == 0) {
      if (key_count == most_keys) return false;
      keys[key_count] = {item.bits, 0, item.is_last};
      slots[slot] = static_cast<std::uint16_t>(++key_count);
    }
    ++keys[slots[slot] - 1U].number;
  }

  std::copy(items.begin(), items.end(), spare.begin());
  std::array<Item, most_keys> ordered = keys;
  const std::span<Item> ascending = std::span(ordered).first(key_count);
  insertion_sort(ascending);
  std::uint32_t place = 0;
  for (const Item& key : ascending) {
    keys[slots[slot_of(key.bits)] - 1U].number = place;
    place += key.number;
  }
  for (const Item& item : spare) items[keys[slots[slot_of(item.bits)] - 1U].number++] = item;
  return true;
}

/// Stable. `spare` has as many items.
void sort_items(std::span<Item> items, std::span<Item> spare) {
  if (items.size() <= few_items) return insertion_sort(items);
  if (sort_few_keys(items, spare)) return;
  std::uint64_t varying = 0;
  for (const Item& item : items) varying |= item.bits ^ items.front().bits;
  std::span<Item> from = items;
  std::span<Item> to = spare;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    if (((varying >> shift) & 0xFF) == 0) continue;
    std::array<std::uint32_t, 257> places{};
    const auto digit = [shift](const Item& item) { return static_cast<std::uint8_t>(item.bits >> shift); };
    for (const Item& item : from) ++places[digit(item) + 1U];
    for (std::size_t i = 1; i < places.size(); ++i) places[i] += places[i - 1];
    for (const Item& item : from) to[places[digit(item)]++] = item;
    std::swap(from, to);
  }
  if (from.data() != items.data()) std::copy(from.begin(), from.end(), items.begin());
}

/// What text_chunk() gives; the loop that most sorts spend their time in has it without a call.
[[gnu::always_inline]] inline KeyChunk part_of(std::string_view text, std::size_t depth) {
  constexpr std::size_t size = text_chunk_size;
  const std::size_t begin = std::min(depth * size, text.size());
  const std::size_t left = text.size() - begin;
  std::uint64_t bits = 0;
  if (left > size) {
    std::memcpy(&bits, text.data() + begin, sizeof bits);
    return {(__builtin_bswap64(bits) & ~std::uint64_t{0xFF}) | (size + 1), false};
  }
  for (std::size_t i = 0; i < size; ++i) {
    bits = (bits << 8) | (i < left ? static_cast<unsigned char>(text[begin + i]) : 0U);
  }
  return {(bits << 8) | std::min(left, size + 1), left <= size};
}

}  // namespace

KeyChunk text_chunk(std::string_view text, std::size_t depth) { return part_of(text, depth); }

KeyChunk TextKeys::part(std::uint32_t number, std::size_t depth) { return part_of(texts_[number], depth); }

std::uint64_t sortable_bits(double number) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  std::uint64_t bits = 0;
  number += 0.0;
  std::memcpy(&bits, &number, sizeof bits);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

Bitmap sort_by_keys(std::span<std::uint32_t> numbers, SortKeyReader& keys) {
  struct Range {
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
  };
  Bitmap starts(numbers.size());
  std::vector<Range> ranges;
  if (!numbers.empty()) ranges.push_back({0, numbers.size(), 0});
  std::vector<Item> items(numbers.size());
  std::vector<Item> spare(numbers.size());
  while (!ranges.empty()) {
    const Range range = ranges.back();
    ranges.pop_back();
    const std::span<std::uint32_t> part = numbers.subspan(range.begin, range.end - range.begin);
    const std::span<Item> sorted = std::span(items).first(part.size());
    for (std::size_t i = 0; i < part.size(); ++i) {
      const KeyChunk key = keys.part(part[i], range.depth);
      sorted[i] = {key.bits, part[i], key.is_last};
    }
    sort_items(sorted, std::span(spare).first(part.size()));
    for (std::size_t begin = 0, end = 0; begin < part.size(); begin = end) {
      for (end = begin; end < part.size() && sorted[end].bits == sorted[begin].bits; ++end)
        part[end] = sorted[end].number;
      if (sorted[begin].is_last || end == begin + 1) {
        starts.insert(static_cast<Row>(range.begin + begin));
      } else {
        ranges.push_back({range.begin + begin, range.begin + end, range.depth + 1});
      }
    }
  }
  return starts;
}

}  // namespace rekognition_jobs
