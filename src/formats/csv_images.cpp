// Joins rows that differ only in their label to one image.
#include "csv_images.h"

#include <algorithm>

#include "../base/spelling.h"
#include "../json/json_writer.h"
#include "tree_values.h"

namespace rekognition_jobs::formats {
namespace {

void append_text(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out.append(",\"").append(name).append("\":");
  append_json_string(out, text);
}

void append_number(std::string& out, std::string_view name, std::string_view text, Notices& notices,
                   SourcePlace place) {
  if (text.empty()) return;
  const auto number = number_from(text);
  if (!number) {
    notices.add(NoticeCode::dropped_value, std::string(name).append(" must be a number"), 1, place, text);
    return;
  }
  out.append(",\"").append(name).append("\":");
  append_json_number(out, *number);
}

}  // namespace

CsvImages::CsvImages(const std::vector<std::string>& header) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find_if(header.begin(), header.end(),
                                    [&](const std::string& cell) { return is_spelling_of(cell, names[i]); });
    places_[i] = static_cast<std::size_t>(found - header.begin());
  }
}

bool CsvImages::is_header(const std::vector<std::string>& header) {
  const auto names_column = [&](std::string_view name) {
    return std::any_of(header.begin(), header.end(),
                       [&](const std::string& cell) { return is_spelling_of(cell, name); });
  };
  return names_column(names[image]) && names_column(names[label]);
}

bool CsvImages::take(const std::vector<std::string>& row, std::string& out, Notices& notices, SourcePlace place) {
  Cells cells;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (places_[i] < row.size()) cells[i] = row[places_[i]];
  }
  if (cells[image].empty()) return false;
  if (!has_image_ || !continues(cells)) {
    finish(out);
    begin(cells);
  }
  if (cells[label].empty()) return true;
  labels_.append(labels_.empty() ? "{\"Name\":" : ",{\"Name\":");
  append_json_string(labels_, cells[label]);
  labels_.append(",\"ParentName\":");
  append_json_string(labels_, cells[parent]);
  append_number(labels_, "Confidence", cells[confidence], notices, place);
  append_number(labels_, "TaxonomyLevel", cells[level], notices, place);
  labels_ += '}';
  return true;
}

/// A row without a label is an image of its own.
bool CsvImages::continues(const Cells& cells) const {
  if (labels_.empty() || cells[label].empty()) return false;
  constexpr std::array<Column, 5> of_the_image{image, types, model, code, message};
  return std::all_of(of_the_image.begin(), of_the_image.end(),
                     [&](Column column) { return held_[column] == cells[column]; });
}

void CsvImages::begin(const Cells& cells) {
  for (std::size_t i = 0; i < names.size(); ++i) held_[i] = cells[i];
  has_image_ = true;
  labels_.clear();
}

void CsvImages::finish(std::string& out) {
  if (!has_image_) return;
  has_image_ = false;
  out += "{\"source-ref\":";
  append_json_string(out, held_[image]);
  const bool has_answer = !labels_.empty() || !held_[model].empty() || !held_[types].empty();
  if (has_answer) {
    out.append(",\"detect-moderation-labels\":{\"ModerationLabels\":[").append(labels_).append("]");
    append_text(out, "ModerationModelVersion", held_[model]);
    std::string_view rest = held_[types];
    if (!rest.empty()) out += ",\"ContentTypes\":[";
    for (bool is_first = true; !rest.empty(); is_first = false) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      out.append(is_first ? "{\"Name\":" : ",{\"Name\":");
      append_json_string(out, rest.substr(0, end));
      out += '}';
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (!held_[types].empty()) out += ']';
    out += '}';
  }
  append_text(out, "code", held_[code]);
  append_text(out, "message", held_[message]);
  out += "}\n";
}

}  // namespace rekognition_jobs::formats
