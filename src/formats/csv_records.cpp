// Makes a tree of a row, with the header's cells as names, so that a job is read as from JSON.
#include "csv_records.h"

#include <algorithm>
#include <utility>

#include "../base/utf8.h"
#include "job_record.h"
#include "kind_rules.h"
#include "value_tree.h"

namespace rekognition_jobs::formats {
namespace {

bool names_jobs(const std::vector<std::string>& header) {
  return std::any_of(header.begin(), header.end(), [](const std::string& cell) { return is_job_id(cell); });
}

ValueTree tree_of(const std::vector<std::string>& header, const std::vector<std::string>& cells) {
  ValueTree tree;
  tree.add({.kind = ValueKind::object});
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    const std::uint32_t name = tree.add_text(header[i]);
    const std::uint32_t text = tree.add_text(cells[i]);
    tree.add({.kind = ValueKind::text,
              .name = name,
              .name_size = static_cast<std::uint32_t>(header[i].size()),
              .text = text,
              .text_size = static_cast<std::uint32_t>(cells[i].size())});
  }
  tree.close(0);
  return tree;
}

}  // namespace

std::optional<CsvRecords> CsvRecords::of(std::string_view head, RecordKind kind) {
  auto header = csv_header_of(head, kind == RecordKind::images ? CsvImages::is_header : names_jobs);
  if (header.empty()) return std::nullopt;
  return CsvRecords(std::move(header), csv_separator(head), kind);
}

CsvRecords::CsvRecords(std::vector<std::string> header, char separator, RecordKind kind)
    : header_(std::move(header)), separator_(separator) {
  if (kind == RecordKind::images) images_.emplace(header_);
}

std::optional<std::string> CsvRecords::append(const CsvRow& row, std::string_view text, SourcePlace place,
                                              std::string& out, Notices& notices) {
  if (row.is_broken) return "a cell in quotes does not end";
  if (row.cells.size() > header_.size()) return "a row has more cells than the header";
  if (!is_utf8(text)) return "invalid UTF-8";
  if (images_) {
    if (images_->take(row.cells, out, notices, place)) return std::nullopt;
    return "a row names no image";
  }
  return append_job(
      out, tree_of(header_, row.cells), 0, notices, [place](NodeIndex /*node*/) { return place; },
      /*is_csv=*/true);
}

}  // namespace rekognition_jobs::formats
