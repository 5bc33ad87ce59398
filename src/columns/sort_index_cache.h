// Caches the orders of a store's rows: each is computed once, and kept until the store grows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "sort_index.h"

namespace rekognition_jobs {

/// What to sort by; without a field, Field{}, the standing order.
template <class Field>
struct SortKeyOf {
  Field field{};
  bool is_descending = false;

  bool operator==(const SortKeyOf&) const = default;
};

/// Reads `created`, `-JobName` …: a name that `find(name)` knows, "-" before it for descending. Empty text is the
/// standing order; nothing for an unknown name.
template <class Field, class Find>
[[nodiscard]] constexpr std::optional<SortKeyOf<Field>> read_sort_key(std::string_view text, const Find& find) {
  if (text.empty()) return SortKeyOf<Field>{};
  SortKeyOf<Field> key;
  key.is_descending = text.front() == '-';
  if (key.is_descending) text.remove_prefix(1);
  key.field = find(text);
  return key.field == Field{} ? std::nullopt : std::optional(key);
}

/// Sorts the rows of one store, by a `Kind` of record: it names the `Store` and the `SortField`, and has
/// default_order(), has_value(), sort() and bytes_to_order(). Rows without a value come last in either direction, and
/// ties keep the standing order.
template <class Kind>
class SortIndexCache {
 public:
  using Store = typename Kind::Store;
  using Field = typename Kind::SortField;

  /// In the order of `key`, from the first row on.
  [[nodiscard]] SortCursor from_start(const Store& store, SortKeyOf<Field> key) {
    return {ascending(store, key.field), key.is_descending};
  }

  /// Bytes that finding that order allocates at most; none when it is known.
  [[nodiscard]] std::uint64_t growth(const Store& store, Field field) const;

  /// By `field`; without one, in the standing order.
  [[nodiscard]] std::shared_ptr<const SortIndex> ascending(const Store& store, Field field);

 private:
  struct Known {
    Field field;
    std::shared_ptr<const SortIndex> order;
  };

  static SortIndex order_by(const Store& store, Field field, const SortIndex& default_order);

  static constexpr std::size_t most_known = 8;

  std::size_t row_count_ = 0;
  std::vector<Known> known_;  ///< the last one used is the last one
};

template <class Kind>
std::uint64_t SortIndexCache<Kind>::growth(const Store& store, Field field) const {
  const auto is_wanted = [&](const Known& entry) { return entry.field == field; };
  if (row_count_ == store.row_count() && std::any_of(known_.begin(), known_.end(), is_wanted)) return 0;
  return Kind::bytes_to_order(store, field);
}

template <class Kind>
std::shared_ptr<const SortIndex> SortIndexCache<Kind>::ascending(const Store& store, Field field) {
  if (row_count_ != store.row_count()) {
    row_count_ = store.row_count();
    known_.clear();
  }
  const auto known =
      std::find_if(known_.begin(), known_.end(), [&](const Known& entry) { return entry.field == field; });
  if (known != known_.end()) {
    std::rotate(known, known + 1, known_.end());
    return known_.back().order;
  }
  SortIndex order = field == Field{} ? Kind::default_order(store) : order_by(store, field, *ascending(store, Field{}));
  if (known_.size() == most_known) known_.erase(known_.begin());
  return known_.emplace_back(Known{field, std::make_shared<const SortIndex>(std::move(order))}).order;
}

template <class Kind>
SortIndex SortIndexCache<Kind>::order_by(const Store& store, Field field, const SortIndex& default_order) {
  SortIndex order;
  order.rows.reserve(default_order.size());
  std::vector<Row> without;
  for (std::size_t i = 0; i < default_order.size(); ++i) {
    const Row row = default_order.row(i);
    (Kind::has_value(store, row, field) ? order.rows : without).push_back(row);
  }
  order.with_value = order.rows.size();
  order.group_starts = Kind::sort(store, order.rows, field);
  order.rows.insert(order.rows.end(), without.begin(), without.end());
  return order;
}

}  // namespace rekognition_jobs
