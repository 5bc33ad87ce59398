// Writes results as JSON and as CSV.
#include "writer.h"

#include <string_view>

#include "../json/json_writer.h"

namespace rekognition_jobs {
namespace {

constexpr std::string_view csv_header =
    "Image,Label,ParentLabel,TaxonomyLevel,Confidence,ContentTypes,ModerationModelVersion,ErrorCode,ErrorMessage";

void append_member(std::string& out, std::string_view start, const std::optional<std::string_view>& text) {
  if (!text) return;
  out += start;
  append_json_string(out, *text);
}

void append_member(std::string& out, std::string_view start, double number) {
  if (!is_number(number)) return;
  out += start;
  append_json_number(out, number);
}

/// Appends the items' objects as an array.
template <class Items, class AppendMembers>
void append_array(std::string& out, const Items& items, const AppendMembers& append_members) {
  out += '[';
  bool is_first = true;
  for (const auto& item : items) {
    out += is_first ? "{\"Name\":" : ",{\"Name\":";
    is_first = false;
    append_json_string(out, item.name);
    append_members(item);
    out += '}';
  }
  out += ']';
}

void append_number_cell(std::string& out, double number) {
  if (is_number(number)) append_json_number(out, number);
}

}  // namespace

void append_json(std::string& out, const ImageResult& image) {
  out += "{\"source-ref\":";
  append_json_string(out, image.source_ref);
  if (image.has_detection) {
    out += ",\"detect-moderation-labels\":{\"ModerationLabels\":";
    append_array(out, image.labels, [&](const ModerationLabel& label) {
      append_member(out, ",\"ParentName\":", label.parent_name);
      append_member(out, ",\"Confidence\":", label.confidence);
      append_member(out, ",\"TaxonomyLevel\":", label.taxonomy_level);
    });
    append_member(out, ",\"ModerationModelVersion\":", image.model_version);
    if (image.has_content_types) {
      out += ",\"ContentTypes\":";
      append_array(out, image.content_types,
                   [&](const ContentType& type) { append_member(out, ",\"Confidence\":", type.confidence); });
    }
    out += '}';
  }
  append_member(out, ",\"code\":", image.code);
  append_member(out, ",\"message\":", image.message);
  out += '}';
}

void append_result_csv_header(std::string& out) { out.append(csv_header).append(csv_line_end); }

void append_csv(std::string& out, const ImageResult& image, FormulaGuard guard) {
  std::string types;
  for (const ContentType& type : image.content_types) {
    if (&type != &image.content_types.front()) types += ';';
    types += type.name;
  }
  const auto cell = [&](std::string_view text) {
    out += ',';
    append_csv_cell(out, text, guard);
  };
  const auto record = [&](const ModerationLabel& label) {
    append_csv_cell(out, image.source_ref, guard);
    cell(label.name);
    cell(label.parent_name.value_or(std::string_view()));
    out += ',';
    append_number_cell(out, label.taxonomy_level);
    out += ',';
    append_number_cell(out, label.confidence);
    cell(types);
    cell(image.model_version.value_or(std::string_view()));
    cell(image.code.value_or(std::string_view()));
    cell(image.message.value_or(std::string_view()));
    out += csv_line_end;
  };
  if (image.labels.empty()) record({});
  for (const ModerationLabel& label : image.labels) record(label);
}

}  // namespace rekognition_jobs
