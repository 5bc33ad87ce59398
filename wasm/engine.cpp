// Questions from JavaScript and their answers, as JSON bytes.
#include "engine.h"

#include <optional>
#include <utility>

#include "bytes.h"
#include "job/job_writer.h"
#include "query/facet_field.h"
#include "query_values.h"
#include "text/json_text.h"

namespace rekognition_jobs::wasm {
namespace {

using emscripten::val;

void append_count(std::string& out, std::size_t count) { out.append(std::to_string(count)); }

}  // namespace

bool is_facet_field(const std::string& name) { return find_facet_field(name) != nullptr; }

bool is_histogram_field(const std::string& name) {
  const Field* field = find_field_or_member(name);
  return field != nullptr && (field->type == FieldType::time || field->type == FieldType::duration);
}

void EngineState::make_room() {
  if (jobs.store->row_count() <= 2 * jobs.store->size()) return;
  jobs = {.store = jobs.store->compacted()};
}

void Engine::clear() {
  state_->jobs = {};
  state_->stopped_at_token.reset();
  state_->stopped_newest.reset();
  state_->covered.reset();
}

val Engine::get(const std::string& job_id) {
  const JobStore& store = *state_->jobs.store;
  const auto row = store.find(job_id);
  if (!row) return val::null();
  json_.clear();
  append_json(json_, store.job(*row, scratch_), TimestampUnit::milliseconds);
  return view_of(json_);
}

View* Engine::query(const std::string& text, const std::string& sort, double now) {
  const auto query = [&]() -> std::optional<OrQueryError<JobView>> {
    const auto key = parse_sort_key(sort);
    if (!key) return std::nullopt;
    return query_jobs(state_->jobs, text, *key, static_cast<Timestamp>(now));
  };
  return answer_of<View>(query, size(), sort, fault_);
}

val View::rows(std::size_t first, std::size_t count) {
  text_.clear();
  view_.append_array(text_, first, count);
  return view_of(text_);
}

int View::index_of(const std::string& job_id) {
  const auto index = view_.index_of(job_id);
  return index ? static_cast<int>(*index) : -1;
}

val View::facets(const std::string& field) {
  text_ = "[";
  for (const Facet& facet : view_.facets(*find_facet_field(field))) {
    if (text_.size() > 1) text_ += ',';
    text_ += "{\"value\":";
    append_json_string(text_, facet.value);
    text_ += ",\"count\":";
    append_count(text_, facet.count);
    text_ += '}';
  }
  text_ += ']';
  return view_of(text_);
}

val View::histogram(const std::string& field, std::size_t buckets) {
  text_ = "[";
  for (const Bucket& bucket : view_.histogram(*find_field_or_member(field), buckets)) {
    if (text_.size() > 1) text_ += ',';
    text_ += "{\"from\":";
    append_json_number(text_, bucket.from);
    text_ += ",\"to\":";
    append_json_number(text_, bucket.to);
    text_ += ",\"count\":";
    append_count(text_, bucket.count);
    text_ += ",\"byStatus\":{";
    for (const StatusCount& status : bucket.by_status) {
      if (&status != &bucket.by_status.front()) text_ += ',';
      append_json_string(text_, status.status);
      text_ += ':';
      append_count(text_, status.count);
    }
    text_ += "}}";
  }
  text_ += ']';
  return view_of(text_);
}

val View::export_part(const std::string& format, std::size_t first, std::size_t count) {
  text_.clear();
  if (const auto known = find_export_format(format)) view_.append_export(text_, *known, first, count);
  return view_of(text_);
}

}  // namespace rekognition_jobs::wasm
