// Pages of a view of results and the parts of its exports.
#include "results/result_view.h"

#include <algorithm>

#include "results/result_matcher.h"
#include "results/result_writer.h"

namespace rekognition_jobs {

std::span<const Row> ResultView::rows(std::size_t first, std::size_t count) {
  const std::size_t begin = std::min(first, size_);
  const std::size_t end = begin + std::min(count, size_ - begin);
  if (end > followed_.size() && key_.field && !cursor_) {
    cursor_ = {set_->order.ascending(store(), *key_.field), key_.is_descending};
  }
  while (followed_.size() < end) {
    const Row row = key_.field ? cursor_.next() : next_++;
    if (rows_.contains(row)) followed_.push_back(row);
  }
  return std::span(followed_).subspan(begin, end - begin);
}

void ResultView::append_array(std::string& out, std::size_t first, std::size_t count) {
  out += '[';
  append_images(out, rows(first, count), /*follows_others=*/false);
  out += ']';
}

void ResultView::append_export(std::string& out, ExportFormat format, std::size_t first, std::size_t count) {
  const std::span<const Row> part = rows(first, count);
  const bool is_first = first == 0;
  const bool is_last = first + part.size() == size_;
  switch (format) {
    case ExportFormat::json:
      if (is_first) out += '[';
      append_images(out, part, !is_first);
      if (is_last) out += ']';
      break;
    case ExportFormat::ndjson:
      for (const Row row : part) {
        store().read(row, image_);
        append_json(out, image_);
        out += '\n';
      }
      break;
    case ExportFormat::csv:
      if (is_first) append_result_csv_header(out);
      for (const Row row : part) {
        store().read(row, image_);
        append_csv(out, image_);
      }
      break;
  }
}

ResultView ResultView::flagged(double threshold) const { return {set_, flagged_rows(store(), threshold, rows_), key_}; }

OrQueryError<ResultView> ResultView::query(std::string_view text, ResultSortKey key) const {
  auto rows = match_results(store(), text, rows_);
  if (auto* error = std::get_if<QueryError>(&rows)) return std::move(*error);
  return ResultView(set_, std::move(std::get<RowSet>(rows)), key);
}

void ResultView::append_images(std::string& out, std::span<const Row> rows, bool follows_others) {
  for (const Row row : rows) {
    if (follows_others) out += ',';
    store().read(row, image_);
    append_json(out, image_);
    follows_others = true;
  }
}

}  // namespace rekognition_jobs
