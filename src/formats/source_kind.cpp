// Looks at the names of members, and at the first line of a CSV.
#include "source_kind.h"

#include <string>

#include "../base/ascii.h"
#include "../base/spelling.h"
#include "csv_images.h"
#include "csv_rows.h"
#include "text_decoder.h"

namespace rekognition_jobs::formats {
namespace {

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> wanted) {
  for (const std::string_view each : wanted) {
    if (is_spelling_of(name, each)) return true;
  }
  return false;
}

/// The text before `end`, from the quote that opens it; backslashes may stand before quotes of JSON within a text.
std::string_view name_before(std::string_view text, std::size_t end) {
  constexpr std::size_t longest_member = 64;
  while (end > 0 && (ascii::is_space(text[end - 1]) || text[end - 1] == '"' || text[end - 1] == '\\')) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest_member && text[begin - 1] != '"') --begin;
  return text.substr(begin, end - begin);
}

}  // namespace

SourceKind source_kind(std::string_view head) {
  std::string text;
  TextDecoder decoder(0);
  decoder.decode(head, /*is_last=*/true, text);
  if (!csv_header_of(text, CsvImages::is_header).empty()) return SourceKind::results;
  bool has_summary = false;
  bool has_image = false;
  for (std::size_t colon = text.find(':'); colon != std::string::npos; colon = text.find(':', colon + 1)) {
    const std::size_t before = colon == 0 ? std::string::npos : text.find_last_not_of(" \t\r\n", colon - 1);
    if (before == std::string::npos || text[before] != '"') continue;
    const std::string_view name = name_before(text, colon);
    if (is_any_of(name, {"MediaAnalysisJobs", "JobId"}) && !has_image && !has_summary) return SourceKind::listing;
    if (is_any_of(name, {"detect-moderation-labels", "ModerationLabels"})) return SourceKind::results;
    has_image = has_image || is_any_of(name, {"source-ref"});
    has_summary = has_summary || is_any_of(name, {"statistics", "total-json-lines", "line-number", "line-numer"});
  }
  if (has_summary) return SourceKind::summary;
  return has_image ? SourceKind::results : SourceKind::listing;
}

}  // namespace rekognition_jobs::formats
