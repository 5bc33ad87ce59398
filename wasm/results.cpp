// Questions about results from JavaScript and their answers, as JSON bytes.
#include "results.h"

#include <span>

#include "bytes.h"
#include "query_values.h"
#include "text/json_text.h"

namespace rekognition_jobs::wasm {
namespace {

using emscripten::val;

std::optional<double> optional_number(const val& value) {
  return value.isNumber() ? std::optional(value.as<double>()) : std::nullopt;
}

/// Appends `,"name":` of a member that is not the first, and a count.
void append_count(std::string& out, std::string_view start, std::size_t count) {
  out.append(start).append(std::to_string(count));
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
    append_count(out, ",\"count\":", node.count);
    out += ",\"children\":";
    append_nodes(out, tree, node.children);
    out += '}';
  }
  out += ']';
}

}  // namespace

bool is_result_facet(const std::string& name) { return find_result_facet(name).has_value(); }

val ResultsView::rows(std::size_t first, std::size_t count) {
  text_.clear();
  view_.append_array(text_, first, count);
  return view_of(text_);
}

val ResultsView::facets(const std::string& field) {
  text_ = "[";
  for (const ValueCount& facet : view_.facets(*find_result_facet(field))) {
    text_ += text_.size() > 1 ? ",{\"value\":" : "{\"value\":";
    append_json_string(text_, facet.value);
    append_count(text_, ",\"count\":", facet.count);
    text_ += '}';
  }
  text_ += ']';
  return view_of(text_);
}

val ResultsView::histogram(std::size_t buckets, const val& label) {
  const auto name = label.isString() ? std::optional(label.as<std::string>()) : std::nullopt;
  text_ = "[";
  for (const ConfidenceBucket& bucket : view_.histogram(buckets, name)) {
    text_ += text_.size() > 1 ? ",{\"from\":" : "{\"from\":";
    append_json_number(text_, bucket.from);
    text_ += ",\"to\":";
    append_json_number(text_, bucket.to);
    append_count(text_, ",\"count\":", bucket.count);
    text_ += ",\"byLevel\":{";
    for (const auto& [level, count] : bucket.by_level) {
      text_ += text_.back() == '{' ? "\"" : ",\"";
      append_json_number(text_, level);
      append_count(text_, "\":", count);
    }
    text_ += "}}";
  }
  text_ += ']';
  return view_of(text_);
}

val ResultsView::labels(const val& threshold) {
  const LabelTree tree = view_.labels(optional_number(threshold));
  text_.clear();
  append_nodes(text_, tree, tree.roots);
  return view_of(text_);
}

ResultsView* ResultsView::query(const std::string& text, const std::string& sort) {
  const auto query = [&]() -> std::optional<OrQueryError<ResultView>> {
    const auto key = parse_result_sort_key(sort);
    if (!key) return std::nullopt;
    return view_.query(text, *key);
  };
  return answer_of<ResultsView>(query, size(), sort, fault_);
}

ComparisonHandle ResultsView::compare(const ResultsView& other, const val& threshold) const {
  return ComparisonHandle(Comparison(view_, other.view_, optional_number(threshold)));
}

val ResultsView::export_part(const std::string& format, std::size_t first, std::size_t count) {
  text_.clear();
  if (const auto known = find_export_format(format)) view_.append_export(text_, *known, first, count);
  return view_of(text_);
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
  text_.clear();
  comparison_.append_array(text_, first, count);
  return view_of(text_);
}

val ResultsReading::reserve(std::size_t size) {
  const std::span<char> room = reader_.prepare(size);
  return view_of({room.data(), room.size()});
}

val ResultsReading::rejected() const {
  val list = val::array();
  for (const Rejected& rejected : rejected_) {
    val item = val::object();
    item.set("line", static_cast<double>(rejected.line));
    item.set("offset", static_cast<double>(rejected.offset));
    item.set("message", rejected.message);
    list.call<void>("push", item);
  }
  return list;
}

val ResultsReading::summary() const {
  if (!summary_) return val::undefined();
  std::string text;
  append_json(text, *summary_);
  return val(text);
}

void ResultsReading::on_rejected(std::uint64_t line, std::uint64_t offset, std::string_view message) {
  ++rejected_count_;
  if (rejected_.size() < most_rejected) rejected_.push_back({line, offset, std::string(message)});
}

}  // namespace rekognition_jobs::wasm
