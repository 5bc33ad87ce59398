// Sorts all rows by a key, stably on top of the default order.
#include "query/order.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "query/field_value.h"
#include "query/radix_sort.h"

namespace rekognition_jobs {
namespace {

/// CreationTimestamp, newest first, then JobId.
class DefaultKeys : public KeySource {
 public:
  explicit DefaultKeys(const JobStore& store) : store_(store) {}

  KeyPart part(std::uint32_t row, std::size_t depth) override {
    if (depth > 0) return text_part(store_.job_ids().text(row, scratch_), depth - 1);
    const Timestamp created = store_.timestamps(Member::CreationTimestamp)[row];
    return {~number_bits(static_cast<double>(created)), false};
  }

 private:
  const JobStore& store_;
  std::string scratch_;
};

class NumberKeys : public KeySource {
 public:
  NumberKeys(const JobStore& store, const Field& field) : store_(store), field_(field) {}

  KeyPart part(std::uint32_t row, std::size_t /*depth*/) override {
    return {number_bits(number_in(store_, row, field_).value_or(0))};
  }

 private:
  const JobStore& store_;
  const Field& field_;
};

/// Text of a column of its own, found once a row: most keys are looked at several times.
class PackedKeys : public KeySource {
 public:
  PackedKeys(const TextColumn& column, std::span<const Row> rows, std::size_t row_count) : texts_(row_count) {
    for (const Row row : rows) texts_[row] = column[row];
  }

  KeyPart part(std::uint32_t row, std::size_t depth) override { return text_part(texts_[row], depth); }

 private:
  std::vector<std::string_view> texts_;
};

class TextKeys : public KeySource {
 public:
  TextKeys(const JobStore& store, const Field& field) : store_(store), field_(field) {}

  KeyPart part(std::uint32_t row, std::size_t depth) override {
    return text_part(text_in(store_, row, field_, scratch_).value_or(std::string_view()), depth);
  }

 private:
  const JobStore& store_;
  const Field& field_;
  std::string scratch_;
};

class ValueKeys : public KeySource {
 public:
  explicit ValueKeys(const std::vector<std::string_view>& values) : values_(values) {}

  KeyPart part(std::uint32_t symbol, std::size_t depth) override { return text_part(values_[symbol], depth); }

 private:
  const std::vector<std::string_view>& values_;
};

/// For each row, the rank of its value among the column's distinct values.
class RankKeys : public KeySource {
 public:
  explicit RankKeys(const InternedColumn& column) : column_(column), ranks_(column.values().size()) {
    std::vector<Symbol> symbols(column.values().size());
    std::iota(symbols.begin(), symbols.end(), Symbol{0});
    ValueKeys values(column.values());
    sort_by_keys(symbols, values);
    for (std::size_t rank = 0; rank < symbols.size(); ++rank) ranks_[symbols[rank]] = rank;
  }

  KeyPart part(std::uint32_t row, std::size_t /*depth*/) override { return {ranks_[column_.symbols()[row]]}; }

 private:
  const InternedColumn& column_;
  std::vector<std::uint64_t> ranks_;
};

std::unique_ptr<KeySource> keys_of(const JobStore& store, const Field& field, std::span<const Row> rows) {
  if (is_numeric(field.type)) return std::make_unique<NumberKeys>(store, field);
  const InternedColumn* const interned = store.interned(field.member);
  if (interned != nullptr && field.type != FieldType::s3_uri) return std::make_unique<RankKeys>(*interned);
  const TextColumn* const packed = store.packed(field.member);
  if (packed != nullptr && field.type == FieldType::text)
    return std::make_unique<PackedKeys>(*packed, rows, store.row_count());
  return std::make_unique<TextKeys>(store, field);
}

/// As jobs mostly arrive: then there is nothing to sort.
bool is_in_default_order(const JobStore& store) {
  const Column<Timestamp>& created = store.timestamps(Member::CreationTimestamp);
  for (std::size_t row = 1; row < created.size(); ++row) {
    const auto later = static_cast<Row>(row);
    if (created[later] >= created[later - 1]) return false;
  }
  return true;
}

SortedRows default_order(const JobStore& store) {
  SortedRows order;
  order.rows.resize(store.row_count());
  std::iota(order.rows.begin(), order.rows.end(), Row{0});
  order.with_value = order.rows.size();
  if (is_in_default_order(store)) return order;
  DefaultKeys keys(store);
  sort_by_keys(order.rows, keys);
  return order;
}

SortedRows order_by(const JobStore& store, const Field& field, const SortedRows& default_order) {
  SortedRows order;
  order.rows.reserve(default_order.rows.size());
  std::vector<Row> without;
  for (const Row row : default_order.rows) (has_value(store, row, field) ? order.rows : without).push_back(row);
  order.with_value = order.rows.size();
  const std::unique_ptr<KeySource> keys = keys_of(store, field, order.rows);
  order.run_starts = sort_by_keys(order.rows, *keys);
  order.rows.insert(order.rows.end(), without.begin(), without.end());
  return order;
}

}  // namespace

std::optional<SortKey> parse_sort_key(std::string_view text) {
  if (text.empty()) return SortKey{};
  SortKey key;
  key.is_descending = text.front() == '-';
  if (key.is_descending) text.remove_prefix(1);
  key.field = find_field_or_member(text);
  return key.field == nullptr ? std::nullopt : std::optional(key);
}

std::shared_ptr<const SortedRows> RowOrder::ascending(const JobStore& store, const Field* field) {
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
  SortedRows sorted = field == nullptr ? default_order(store) : order_by(store, *field, *ascending(store, nullptr));
  if (known_.size() == most_known) known_.erase(known_.begin());
  return known_.emplace_back(Known{field, std::make_shared<const SortedRows>(std::move(sorted))}).order;
}

}  // namespace rekognition_jobs
