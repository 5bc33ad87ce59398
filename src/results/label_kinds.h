// Numbers the distinct labels by name, parent and level; a file has a few dozen.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "../base/hash.h"
#include "../columns/dictionary.h"
#include "../columns/hash_index.h"
#include "result.h"

namespace rekognition_jobs {

/// A label without its confidence.
struct LabelKind {
  Symbol name = 0;
  Symbol parent_name = 0;
  bool has_parent_name = false;
  double taxonomy_level = no_number;
};

class LabelKinds {
 public:
  /// The number of the label's kind. Expected constant time, plus its name.
  std::uint32_t number_of(const ModerationLabel& label, const TextHash& hash) {
    const std::string_view parent = label.parent_name.value_or(std::string_view());
    const std::uint64_t names = std::uint64_t{hash(label.name)} << 32 | hash(parent);
    const auto number = static_cast<std::uint32_t>(kinds_.size());
    const auto known = numbers_.find_or_insert(
        hash(std::array{names, bits_of(label.taxonomy_level)}), number, [&](std::uint32_t known_number) {
          const LabelKind& kind = kinds_[known_number];
          return is_text(kind.name, label.name) && is_text(kind.parent_name, parent) &&
                 kind.has_parent_name == label.parent_name.has_value() &&
                 bits_of(kind.taxonomy_level) == bits_of(label.taxonomy_level);
        });
    if (known) return *known;
    kinds_.push_back({.name = names_.intern(label.name, hash),
                      .parent_name = names_.intern(parent, hash),
                      .has_parent_name = label.parent_name.has_value(),
                      .taxonomy_level = label.taxonomy_level});
    return number;
  }

  [[nodiscard]] const std::vector<LabelKind>& kinds() const { return kinds_; }

  /// Bytes that so many more allocate at most, beside twice their names; their owner's lists of them are part of it.
  [[nodiscard]] std::uint64_t growth(std::size_t count) const {
    return names_.growth(count) + numbers_.growth(count) + std::uint64_t{4} * sizeof(LabelKind) * kinds_.size();
  }

  /// The names of labels and of their parents, by Symbol.
  [[nodiscard]] const std::vector<std::string_view>& names() const { return names_.values(); }
  [[nodiscard]] std::string_view name(const LabelKind& kind) const { return names()[kind.name]; }
  [[nodiscard]] std::string_view parent_name(const LabelKind& kind) const { return names()[kind.parent_name]; }

 private:
  static std::uint64_t bits_of(double number) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    return bits;
  }

  [[nodiscard]] bool is_text(Symbol symbol, std::string_view text) const {
    const std::string_view name = names()[symbol];
    return name.size() == text.size() && equal_bytes(name.data(), text.data(), text.size());
  }

  Dictionary names_;
  std::vector<LabelKind> kinds_;
  HashIndex numbers_;
};

}  // namespace rekognition_jobs
