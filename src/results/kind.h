// Results as a kind of record: how the shared layers sort, page and write them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "../columns/sort_index_cache.h"
#include "../query/export_format.h"
#include "fields.h"
#include "result.h"
#include "store.h"
#include "writer.h"

namespace rekognition_jobs {

struct ResultKind {
  using Store = ResultStore;
  using SortField = std::optional<ResultField>;  ///< nothing for the file's order
  using Scratch = ImageResult;

  static SortIndex default_order(const ResultStore& store) { return SortIndex(store.row_count()); }
  static bool has_value(const ResultStore& store, Row row, SortField field);
  static Bitmap sort(const ResultStore& store, std::span<Row> rows, SortField field);
  static std::uint64_t bytes_to_order(const ResultStore& store, SortField field);

  static const ImageResult& read(const ResultStore& store, Row row, ImageResult& image) {
    store.read(row, image);
    return image;
  }

  static constexpr std::string_view json_start = "[";
  static constexpr std::string_view json_end = "]";
  static void append_csv_header(std::string& out) { append_result_csv_header(out); }
  static void append_csv(std::string& out, const ImageResult& image, FormulaGuard guard) {
    rekognition_jobs::append_csv(out, image, guard);
  }
  static void append_json(std::string& out, const ImageResult& image, ExportFormat /*format*/) {
    rekognition_jobs::append_json(out, image);
  }
};

extern template class SortIndexCache<ResultKind>;

/// What to sort by: text by its UTF-8 bytes.
using ResultSortKey = SortKeyOf<std::optional<ResultField>>;

/// Reads `image`, `-confidence` …, as read_sort_key(). Nothing for what has no order.
[[nodiscard]] constexpr std::optional<ResultSortKey> parse_result_sort_key(std::string_view text) {
  return read_sort_key<std::optional<ResultField>>(text, find_result_sort_field);
}

}  // namespace rekognition_jobs
