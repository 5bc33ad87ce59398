// Answers the engine's calls from JavaScript, as JSON bytes.
#include "engine.h"

#include <optional>
#include <utility>

#include "base/can_allocate.h"
#include "base/checked_size.h"
#include "bytes.h"
#include "columns/radix_sort.h"
#include "count_values.h"
#include "jobs/facet_field.h"
#include "jobs/writer.h"
#include "query/memory_bounds.h"
#include "query_values.h"

namespace rekognition_jobs::wasm {

using emscripten::val;

bool is_facet_field(const std::string& name) { return find_facet_field(name) != nullptr; }

bool is_histogram_field(const std::string& name) {
  const Field* field = find_field_or_member(name);
  return field != nullptr && (field->type == FieldType::time || field->type == FieldType::duration);
}

bool EngineState::clear() {
  auto store = JobIntake::clear(imports, *jobs.store);
  if (!store) return false;
  jobs = {.store = std::move(store)};
  sync = {};
  ++clears;
  return true;
}

void EngineState::make_room() {
  if (auto store = JobIntake::compact(imports, *jobs.store)) jobs = {.store = std::move(store)};
}

val Engine::get(const std::string& job_id) {
  const JobStore& store = *state_->jobs.store;
  const auto row = store.find(job_id);
  if (!row) return val::null();
  if (!can_allocate(store.bytes_of_a_record())) return val::undefined();
  json_.clear();
  append_json(json_, store.job(*row, scratch_), TimestampUnit::milliseconds);
  return view_of(json_);
}

val Engine::query(const std::string& text, const std::string& sort, double now) {
  const auto query = [&]() -> std::optional<Expected<JobView, QueryError>> {
    const auto key = parse_sort_key(sort);
    if (!key) return std::nullopt;
    return query_jobs(state_->jobs, text, *key, static_cast<Timestamp>(now));
  };
  const JobStore& store = *state_->jobs.store;
  const auto bytes = bytes_to_answer(text, store.row_count()) + store.growth(0) +
                     (sort.empty() ? 0 : bytes_to_sort(store.row_count()));
  return run_query<View>(query, bytes);
}

val Engine::tokens(const std::string& text) { return tokens_value(json_, text, job_query_schema); }

val View::part(int format_number, std::size_t first, std::size_t count) {
  const auto format = static_cast<ExportFormat>(format_number);
  if (!can_allocate(view_.bytes_of_part(format, checked_sum(first, count)))) return val::undefined();
  text_.clear();
  written_ = view_.append_part(text_, format, first, count);
  return view_of(text_);
}

val View::index_of(const std::string& job_id) {
  if (!can_allocate(view_.bytes_up_to(size()))) return val::undefined();
  const auto index = view_.index_of(job_id);
  return val(index ? static_cast<double>(*index) : -1);
}

val View::facets(const std::string& field) { return counts_value(text_, view_.facets(*find_facet_field(field))); }

val View::histogram(const std::string& field, std::size_t buckets) {
  return buckets_value(text_, view_.histogram(*find_field_or_member(field), buckets), "byStatus");
}

}  // namespace rekognition_jobs::wasm
