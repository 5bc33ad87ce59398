// Counts jobs by the columns and sort indexes of their fields.
#include "counts.h"

#include <limits>
#include <span>
#include <string>

#include "field_value.h"

namespace rekognition_jobs {

std::optional<std::vector<ValueCount>> facets(const JobStore& store, JobSortIndexes& order, const Bitmap& rows,
                                              const Field& field) {
  const DictionaryColumn* const column = field.type == FieldType::s3_uri ? nullptr : store.interned(field.member);
  const std::uint64_t bytes = column == nullptr
                                  ? order.growth(store, &field)
                                  : sizeof(std::size_t) * std::uint64_t{column->values().size()} + rows.size();
  if (!can_allocate(bytes + store.bytes_of_a_record())) return std::nullopt;
  ValueCounts counts(store.bytes_of_a_record());
  if (column == nullptr) {
    std::string scratch;
    count_groups(counts, *order.ascending(store, &field), rows, [&](Row row) {
      return is_numeric(field.type) ? display(field, *number_in(store, row, field) + 0.0)
                                    : std::string(*text_in(store, row, field, scratch));
    });
  } else {
    MemberSet members;
    members.insert(field.member);
    count_column(counts, *column, rows, [&] { return rows_with_any(store, members, rows).count(); });
  }
  return std::move(counts).sorted();
}

std::optional<std::vector<StatusBucket>> histogram(const JobStore& store, const Bitmap& rows, const Field& field,
                                                   std::size_t bucket_count) {
  const DictionaryColumn& statuses = *store.interned(Member::Status);
  if (!can_allocate(CellCounts::bytes_to_count(bucket_count, statuses.values().size(), rows.size())))
    return std::nullopt;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return fill_buckets(bucket_count, std::span(statuses.values()), infinity, -infinity, [&](const auto& function) {
    for_each_number(store, rows, field, [&](Row row, double number) {
      function(number, [&]() -> std::size_t {
        const Symbol status = statuses.symbols()[row];
        return status != 0 || store.has(row, Member::Status) ? status : statuses.values().size();
      });
    });
  });
}

}  // namespace rekognition_jobs
