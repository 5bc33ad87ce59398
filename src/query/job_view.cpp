// Pages of a view and the parts of its exports.
#include "query/job_view.h"

#include <algorithm>

namespace rekognition_jobs {

std::span<const Row> JobView::rows(std::size_t first, std::size_t count) {
  const std::size_t begin = std::min(first, size_);
  const std::size_t end = begin + std::min(count, size_ - begin);
  if (end > rows_.size() && !cursor_) cursor_ = orders_->from_start(*store_, key_);
  while (rows_.size() < end) {
    const Row row = cursor_.next();
    if (row < set_.size() && set_.contains(row)) rows_.push_back(row);
  }
  return std::span(rows_).subspan(begin, end - begin);
}

std::optional<std::size_t> JobView::index_of(std::string_view job_id) {
  const JobIdKey key(job_id);
  std::optional<Row> found;
  set_.for_each([&](Row row) {
    if (store_->job_ids().is(row, key)) found = row;
  });
  if (!found) return std::nullopt;
  for (std::size_t index = 0;; ++index) {
    if (rows(index, 1).front() == *found) return index;
  }
}

void JobView::append_array(std::string& out, std::size_t first, std::size_t count) {
  out += '[';
  append_jobs(out, rows(first, count), /*follows_others=*/false, TimestampUnit::milliseconds);
  out += ']';
}

void JobView::append_export(std::string& out, ExportFormat format, std::size_t first, std::size_t count) {
  const std::span<const Row> part = rows(first, count);
  const bool is_first = first == 0;
  const bool is_last = first + part.size() == size_;
  switch (format) {
    case ExportFormat::json:
      if (is_first) out += R"({"MediaAnalysisJobs":[)";
      append_jobs(out, part, !is_first, TimestampUnit::seconds);
      if (is_last) out += "]}";
      break;
    case ExportFormat::ndjson:
      for (const Row row : part) {
        append_json(out, store_->job(row, scratch_));
        out += '\n';
      }
      break;
    case ExportFormat::csv:
      if (is_first) append_csv_header(out);
      for (const Row row : part) append_csv(out, store_->job(row, scratch_));
      break;
  }
}

void JobView::append_jobs(std::string& out, std::span<const Row> rows, bool follows_others, TimestampUnit unit) {
  for (const Row row : rows) {
    if (follows_others) out += ',';
    append_json(out, store_->job(row, scratch_), unit);
    follows_others = true;
  }
}

}  // namespace rekognition_jobs
