// Sorts jobs by a field, or newest first.
#include "kind.h"

#include <numeric>
#include <utility>

#include "../base/s3_uri.h"
#include "../base/text_slice.h"
#include "../columns/radix_sort.h"
#include "field_value.h"

namespace rekognition_jobs {
namespace {

/// As jobs mostly arrive: then there is nothing to sort.
bool is_in_default_order(const JobStore& store) {
  const Column<Timestamp>& created = store.timestamps(Member::CreationTimestamp);
  for (std::size_t row = 1; row < created.size(); ++row) {
    const auto later = static_cast<Row>(row);
    if (created[later] >= created[later - 1]) return false;
  }
  return true;
}

}  // namespace

template class SortIndexCache<JobKind>;

SortIndex JobKind::default_order(const JobStore& store) {
  SortIndex order;
  order.rows.resize(store.row_count());
  std::iota(order.rows.begin(), order.rows.end(), Row{0});
  order.with_value = order.rows.size();
  if (is_in_default_order(store)) return order;
  std::string scratch;
  sort_by(order.rows, [&](Row row, std::size_t depth) -> KeyChunk {
    if (depth > 0) return text_chunk(store.job_ids().text(row, scratch), depth - 1);
    const Timestamp created = store.timestamps(Member::CreationTimestamp)[row];
    return {~sortable_bits(static_cast<double>(created)), false};
  });
  return order;
}

bool JobKind::has_value(const JobStore& store, Row row, const Field* field) {
  return rekognition_jobs::has_value(store, row, *field);
}

Bitmap JobKind::sort(const JobStore& store, std::span<Row> rows, const Field* field) {
  if (is_numeric(field->type)) {
    return sort_by(rows, [&](Row row, std::size_t /*depth*/) {
      return KeyChunk{sortable_bits(number_in(store, row, *field).value_or(0))};
    });
  }
  std::string scratch;
  if (field->type == FieldType::s3_uri) {  // of which only the chunks that are asked for are put together
    return sort_by(rows, [&](Row row, std::size_t depth) {
      TextSlice slice(depth * text_chunk_size, text_chunk_size + 1);
      slice.add(s3_scheme);
      slice.add(store.text(row, field->member, scratch));
      slice.add("/");
      store.add_text(row, field->key, slice);
      return text_chunk(slice.text(), 0);
    });
  }
  if (const DictionaryColumn* const column = store.interned(field->member)) return sort_by_column(rows, *column);
  if (const TextColumn* const column = store.packed(field->member)) return sort_by_column(rows, *column);
  return sort_by(rows, [&](Row row, std::size_t depth) {
    return text_chunk(text_in(store, row, *field, scratch).value_or(std::string_view()), depth);
  });
}

std::uint64_t JobKind::bytes_to_order(const JobStore& store, const Field* field) {
  if (field == nullptr && is_in_default_order(store)) return bytes_to_list(store.row_count());
  const DictionaryColumn* const column = field == nullptr ? nullptr : store.interned(field->member);
  const std::size_t values = column == nullptr ? 0 : column->values().size();
  return store.bytes_of_a_record() + bytes_to_sort(store.row_count() + values);
}

}  // namespace rekognition_jobs
