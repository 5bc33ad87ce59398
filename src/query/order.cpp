// Sorts all rows by a key, stably on top of the default order.
#include "query/order.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "query/field_value.h"

namespace rekognition_jobs {
namespace {

std::vector<Row> default_order(const JobStore& store) {
  std::vector<Row> rows(store.row_count());
  std::iota(rows.begin(), rows.end(), Row{0});
  std::sort(rows.begin(), rows.end(), [&](Row a, Row b) {
    const bool a_has = store.has(a, Member::CreationTimestamp);
    const bool b_has = store.has(b, Member::CreationTimestamp);
    if (a_has != b_has) return a_has;
    if (store.creation_timestamp(a) != store.creation_timestamp(b)) {
      return store.creation_timestamp(a) > store.creation_timestamp(b);
    }
    return store.text(a, Member::JobId) < store.text(b, Member::JobId);
  });
  return rows;
}

/// Puts `rows` in the order of `keys` (by row), in either direction, equal ones as they are.
template <class Key>
void sort_by(std::vector<Row>::iterator begin, std::vector<Row>::iterator end, const std::vector<Key>& keys,
             bool is_descending) {
  if (is_descending) {
    std::stable_sort(begin, end, [&](Row a, Row b) { return keys[b] < keys[a]; });
  } else {
    std::stable_sort(begin, end, [&](Row a, Row b) { return keys[a] < keys[b]; });
  }
}

/// For each row, the rank of its value among the column's distinct values.
std::vector<std::size_t> ranks(const InternedColumn& column, std::size_t row_count) {
  const auto& values = column.values();
  std::vector<InternedColumn::Symbol> order(values.size());
  std::iota(order.begin(), order.end(), InternedColumn::Symbol{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<std::size_t> rank_of(values.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) rank_of[order[rank]] = rank;
  std::vector<std::size_t> by_row(row_count);
  for (std::size_t row = 0; row < row_count; ++row) by_row[row] = rank_of[column.symbol(static_cast<Row>(row))];
  return by_row;
}

template <class Key, class KeyOf>
std::vector<Key> keys_of(const JobStore& store, const KeyOf& key_of) {
  std::vector<Key> keys;
  keys.reserve(store.row_count());
  for (std::size_t row = 0; row < store.row_count(); ++row) keys.push_back(key_of(static_cast<Row>(row)));
  return keys;
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

std::vector<Row> RowOrder::sorted(const JobStore& store, const RowSet& rows, SortKey key) {
  std::vector<Row> sorted;
  for (const Row row : order(store, key)) {
    if (rows.contains(row)) sorted.push_back(row);
  }
  return sorted;
}

const std::vector<Row>& RowOrder::order(const JobStore& store, SortKey key) {
  if (row_count_ != store.row_count()) {
    row_count_ = store.row_count();
    known_.clear();
  }
  const auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& entry) { return entry.key == key; });
  if (known != known_.end()) return known->rows;
  if (key.field == nullptr) return known_.emplace_back(Known{key, default_order(store)}).rows;

  std::vector<Row> rows = order(store, SortKey{});
  const Field& field = *key.field;
  const auto with_value =
      std::stable_partition(rows.begin(), rows.end(), [&](Row row) { return has_value(store, row, field); });
  if (is_numeric(field.type)) {
    sort_by(rows.begin(), with_value,
            keys_of<double>(store, [&](Row row) { return number_in(store, row, field).value_or(0); }),
            key.is_descending);
  } else if (field.type == FieldType::s3_uri) {
    std::string scratch;
    sort_by(rows.begin(), with_value,
            keys_of<std::string>(
                store,
                [&](Row row) { return std::string(text_in(store, row, field, scratch).value_or(std::string_view())); }),
            key.is_descending);
  } else if (is_interned(field.member)) {
    sort_by(rows.begin(), with_value, ranks(store.interned(field.member), store.row_count()), key.is_descending);
  } else {
    sort_by(rows.begin(), with_value,
            keys_of<std::string_view>(store, [&](Row row) { return store.text(row, field.member); }),
            key.is_descending);
  }
  return known_.emplace_back(Known{key, std::move(rows)}).rows;
}

}  // namespace rekognition_jobs
