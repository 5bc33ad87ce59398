// Answers questions about results from JavaScript, as JSON bytes.
#include "results.h"

#include <algorithm>

#include "base/checked_size.h"
#include "bytes.h"
#include "columns/cell_counts.h"
#include "columns/radix_sort.h"
#include "count_values.h"
#include "json/json_writer.h"
#include "notices_json.h"
#include "query/memory_bounds.h"
#include "query/predicate_tree.h"
#include "query_values.h"
#include "results/results_form.h"

namespace rekognition_jobs::wasm {
namespace {

using emscripten::val;

std::optional<double> optional_number(const val& value) {
  return value.isNumber() ? std::optional(value.as<double>()) : std::nullopt;
}

void append_nodes(std::string& out, const LabelTree& tree, const std::vector<std::size_t>& nodes) {
  out += '[';
  for (const std::size_t& index : nodes) {
    const LabelNode& node = tree.nodes[index];
    if (&index != &nodes.front()) out += ',';
    out += "{\"name\":";
    append_json_string(out, node.name);
    out += ",\"level\":";
    append_json_number(out, node.level);
    out += ",\"count\":";
    append_count(out, node.count);
    out += ",\"children\":";
    append_nodes(out, tree, node.children);
    out += '}';
  }
  out += ']';
}

}  // namespace

bool is_result_facet(const std::string& name) { return find_result_facet(name).has_value(); }

val ResultsView::part(int format_number, std::size_t first, std::size_t count) {
  const auto format = static_cast<ExportFormat>(format_number);
  if (!can_allocate(view_.bytes_of_part(format, checked_sum(first, count)))) return val::undefined();
  text_.clear();
  written_ = view_.append_part(text_, format, first, count);
  return view_of(text_);
}

val ResultsView::index_of(const std::string& source_ref) {
  if (!can_allocate(view_.bytes_up_to(size()))) return val::undefined();
  const auto index = view_.index_of(source_ref);
  return val(index ? static_cast<double>(*index) : -1);
}

val ResultsView::facets(const std::string& field) {
  if (!can_allocate(bytes_to_count())) return val::undefined();
  return counts_value(text_, view_.facets(*find_result_facet(field)));
}

val ResultsView::histogram(std::size_t buckets, const val& label) {
  const auto name = label.isString() ? std::optional(label.as<std::string>()) : std::nullopt;
  const ResultStore& store = view_.store();
  const auto bytes =
      CellCounts::bytes_to_count(buckets, store.label_kinds().kinds().size(), store.labels().item_count());
  if (!can_allocate(bytes + store.bytes_of_values())) return val::undefined();
  return buckets_value(text_, std::optional(view_.histogram(buckets, name)), "byLevel");
}

val ResultsView::labels(const val& threshold) {
  if (!can_allocate(bytes_to_count())) return val::undefined();
  const LabelTree tree = view_.labels(optional_number(threshold));
  text_.clear();
  append_nodes(text_, tree, tree.roots);
  return view_of(text_);
}

val ResultsView::query(const std::string& text, const std::string& sort) {
  const auto query = [&]() -> std::optional<Expected<ResultView, QueryError>> {
    const auto key = parse_result_sort_key(sort);
    if (!key) return std::nullopt;
    return view_.query(text, *key);
  };
  const ResultStore& store = view_.store();
  constexpr std::uint64_t bytes_of_a_value =
      64 + 16 * most_passes;  // what is left to be asked of a label, by each term
  const auto bytes = bytes_to_answer(text, store.row_count()) + store.bytes_of_a_record() +
                     bytes_of_a_value * store.value_count() + (sort.empty() ? 0 : bytes_to_sort(store.row_count()));
  return run_query<ResultsView>(query, bytes);
}

val ResultsView::tokens(const std::string& text) { return tokens_value(text_, text, result_query_schema); }

ResultsView* ResultsView::flagged(double threshold) const {
  return can_allocate((1U << 16) + view_.store().row_count()) ? new ResultsView(view_.flagged(threshold)) : nullptr;
}

ComparisonHandle* ResultsView::compare(const ResultsView& other, const val& threshold) const {
  if (!can_allocate(Comparison::bytes_to_compare(view_, other.view_))) return nullptr;
  return new ComparisonHandle(Comparison(view_, other.view_, optional_number(threshold)));
}

std::uint64_t ResultsView::bytes_to_count() const {
  return (1U << 16) + view_.store().row_count() + view_.store().bytes_of_values();
}

val ComparisonHandle::counts() const {
  const Comparison::Counts& counts = comparison_.counts();
  val value = val::object();
  value.set("both", counts.both);
  value.set("onlyHere", counts.only_here);
  value.set("onlyThere", counts.only_there);
  value.set("unchanged", counts.unchanged);
  value.set("nowFlagged", counts.now_flagged);
  value.set("nowUnflagged", counts.now_unflagged);
  value.set("otherLabels", counts.other_labels);
  return value;
}

val ComparisonHandle::rows(std::size_t first, std::size_t count) {
  if (!can_allocate(comparison_.bytes_of_a_part())) return val::undefined();
  text_.clear();
  comparison_.append_array(text_, first, count);
  return view_of(text_);
}

val ResultsReading::reserve(std::size_t size) {
  if (!expects(reader().bytes_kept() + size)) return val::undefined();
  room_for_bytes_ = reader().prepare(size);
  return view_of({room_for_bytes_.data(), room_for_bytes_.size()});
}

bool ResultsReading::commit(std::size_t size) {
  constexpr std::size_t head_size = 64;
  if (head_.size() < head_size) head_.append(room_for_bytes_.data(), std::min(size, head_size - head_.size()));
  reader().commit(size);
  return !is_full_;
}

bool ResultsReading::finish() {
  if (!expects(reader().bytes_kept())) return false;
  if (!lines_ || lines_->bytes_read() > 0) reader().finish();
  return !is_full_;
}

val ResultsReading::place() {
  json_ = "{";
  append_place(json_, {plain_->left_over_offset(), plain_->left_over_line()});
  append_member(json_, "context", std::string_view());
  append_member(json_, "followsRecords", std::uint64_t{plain_->has_found_records()});
  close_json(json_, '}');
  return view_of(json_);
}

val ResultsReading::found() {
  json_ = "{";
  std::string_view format = results_form(head_);
  if (images() == 0 && !summary_.empty()) format = "manifest summary";
  if (images() > 0 && checks_.bare() == images()) format = input_manifest;
  append_member(json_, "format", format);
  append_member(json_, "rejectedCount", std::uint64_t{rejected_count_});
  json_.append("\"rejected\":[");
  for (const Rejected& rejected : rejected_) {
    json_ += '{';
    append_place(json_, {rejected.offset, rejected.line});
    append_member(json_, "message", rejected.message);
    close_json(json_, '}');
    json_ += ',';
  }
  close_json(json_, ']');
  json_.append(",\"notices\":");
  Notices notices;
  checks_.add_to(notices);
  append_notices(json_, notices);
  json_ += '}';
  return view_of(json_);
}

ResultsView* ResultsReading::view() const {
  return can_allocate((1U << 16) + set_->store.row_count()) ? new ResultsView(ResultView(set_)) : nullptr;
}

val ResultsReading::summary() { return summary_.empty() ? val::undefined() : view_of(summary_); }

void ResultsReading::on_summary(const ManifestSummary& summary) {
  summary_.clear();
  append_json(summary_, summary);
}

void ResultsReading::on_rejected(std::uint64_t line, std::uint64_t offset, std::string_view message) {
  ++rejected_count_;
  if (rejected_.size() < most_rejected) rejected_.push_back({line, offset, std::string(message)});
}

}  // namespace rekognition_jobs::wasm
