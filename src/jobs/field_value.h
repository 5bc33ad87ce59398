// A field's value in a row of the store: as a number, or as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fields.h"
#include "store.h"

namespace rekognition_jobs {

[[nodiscard]] constexpr bool is_numeric(FieldType type) {
  return type == FieldType::number || type == FieldType::time || type == FieldType::duration;
}

/// Those rows `among` the given that have one of the members.
[[nodiscard]] Bitmap rows_with_any(const JobStore& store, MemberSet members, const Bitmap& among);

[[nodiscard]] bool has_value(const JobStore& store, Row row, const Field& field);

/// Of a numeric field: percent, or milliseconds (since the epoch, or of duration).
[[nodiscard]] std::optional<double> number_in(const JobStore& store, Row row, const Field& field);

/// Calls `function(row, number)` for each of the rows that has a value of the numeric field, as number_in() gives it.
template <class Function>
void for_each_number(const JobStore& store, const Bitmap& rows, const Field& field, const Function& function) {
  const Column<Timestamp>& begins = store.timestamps(Member::CreationTimestamp);
  const Column<Timestamp>& ends = store.timestamps(field.member);
  rows.for_each([&](Row row) {
    if (field.type == FieldType::number) {
      if (const auto number = number_in(store, row, field)) function(row, *number);
      return;
    }
    const Timestamp begin = field.type == FieldType::duration ? begins[row] : 0;
    const Timestamp end = ends[row];
    if (begin != no_timestamp && end != no_timestamp) function(row, static_cast<double>(end - begin));
  });
}

/// Of a text field; in `scratch` or in the store. Valid until the next put() or change of `scratch`.
[[nodiscard]] std::optional<std::string_view> text_in(const JobStore& store, Row row, const Field& field,
                                                      std::string& scratch);

/// The value of any field as it could stand in a query: `75`, `2026-11-24T09:30:00.000Z`, `90.5s`, text as it is.
[[nodiscard]] std::string display(const Field& field, double number);

}  // namespace rekognition_jobs
