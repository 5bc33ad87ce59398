// Writes manifest summaries.
#include "manifest_summary.h"

#include <string_view>

#include "../json/json_writer.h"

namespace rekognition_jobs {
namespace {

/// Writes the members of an object that are there.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ~ObjectWriter() { out_ += '}'; }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;

  void name(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
  }
  void member(std::string_view name, const std::optional<std::string>& text) {
    if (!text) return;
    this->name(name);
    append_json_string(out_, *text);
  }
  void member(std::string_view name, std::optional<double> number) {
    if (!number) return;
    this->name(name);
    append_json_number(out_, *number);
  }

 private:
  std::string& out_;
};

}  // namespace

void append_json(std::string& out, const ManifestSummary& summary) {
  ObjectWriter object(out);
  object.member("version", summary.version);
  object.name("statistics");
  {
    ObjectWriter statistics(out);
    statistics.member("total-json-lines", summary.total_json_lines);
    statistics.member("valid-json-lines", summary.valid_json_lines);
    statistics.member("invalid-json-lines", summary.invalid_json_lines);
  }
  object.name("errors");
  out += '[';
  for (const ManifestSummary::Error& error : summary.errors) {
    if (&error != &summary.errors.front()) out += ',';
    ObjectWriter writer(out);
    writer.member("line-number", error.line_number);
    writer.member("source-ref", error.source_ref);
    writer.member("code", error.code);
    writer.member("message", error.message);
  }
  out += ']';
}

}  // namespace rekognition_jobs
