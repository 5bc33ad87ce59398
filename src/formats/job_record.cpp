// Finds the member of the schema that each name stands for, collects the values, and writes them in the schema's order.
#include "job_record.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "../base/spelling.h"
#include "../jobs/schema.h"
#include "../json/json_writer.h"
#include "json_text.h"
#include "time_forms.h"
#include "tree_values.h"

namespace rekognition_jobs::formats {
namespace {

struct Alias {
  std::string_view name;
  Member member;
};

/// The columns of our own CSV that do not say where their member lies.
constexpr std::array<Alias, 11> aliases{{{"FailureCode", Member::FailureCode},
                                         {"FailureMessage", Member::FailureMessage},
                                         {"MinConfidence", Member::MinConfidence},
                                         {"ProjectVersion", Member::ProjectVersion},
                                         {"Model", Member::Moderation},
                                         {"InputKey", Member::InputName},
                                         {"InputVersion", Member::InputVersion},
                                         {"OutputPrefix", Member::OutputPrefix},
                                         {"ResultsKey", Member::ResultsName},
                                         {"SummaryBucket", Member::SummaryBucket},
                                         {"SummaryKey", Member::SummaryName}}};
constexpr std::array<Alias, 3> bucket_aliases{{{"InputBucket", Member::InputBucket},
                                               {"OutputBucket", Member::OutputBucket},
                                               {"ResultsBucket", Member::ResultsBucket}}};
/// A column that is worked out of others.
constexpr std::string_view derived_column = "DurationSeconds";

class JobRecord {
 public:
  JobRecord(const ValueTree& tree, Notices& notices, const std::function<SourcePlace(NodeIndex)>& place, bool is_csv)
      : tree_(tree), notices_(notices), place_(place), is_csv_(is_csv) {}

  [[nodiscard]] const std::string& value(Member member) const { return values_[index_of(member)]; }

  void take_all(Member parent, NodeIndex node) {
    tree_.for_each_child(node, [&](NodeIndex child) { take(parent, tree_.name(child), child); });
  }

  [[nodiscard]] bool has(Member member) const { return has_[index_of(member)]; }

  /// A job that has not ended has no completion, whatever stands for none in its place.
  void leave_out_zero_completion() {
    const std::string& status = value(Member::Status);
    if (!zero_completion_ || status == "SUCCEEDED" || status == "FAILED") return;
    has_[index_of(Member::CompletionTimestamp)] = false;
    notice(NoticeCode::converted, "CompletionTimestamp: a time that stands for none is left out", *zero_completion_);
  }

  void append(std::string& out) const {
    append_object(out, Member::Job);
    out += '\n';
  }

 private:
  void take(Member parent, std::string_view name, NodeIndex child) {
    if (find(parent, name, child)) return;
    if (parent == Member::Job) {
      for (const Alias& alias : aliases) {
        if (is_spelling_of(name, alias.name)) return assign(alias.member, child);
      }
      for (const Alias& alias : bucket_aliases) {
        if (is_spelling_of(name, alias.name)) return assign(alias.member, child);
      }
      if (is_spelling_of(name, derived_column)) return;
    }
    std::string path = parent == Member::Job ? "" : path_of(parent) + ".";
    path.append(tree_.name(child));
    notice(NoticeCode::ignored_member, "unknown member " + path, child);
  }

  bool find(Member parent, std::string_view name, NodeIndex child) {
    if (const auto exact = find_member(parent, name); exact) {
      assign(*exact, child);
      return true;
    }
    if (const auto spelled = find_spelled_member(parent, name); spelled) {
      notice(NoticeCode::converted, spelling_message, child, tree_.name(child));
      assign(*spelled, child);
      return true;
    }
    for (const auto& shape : SchemaOf<Member>::shapes) {
      if (shape.parent != parent || shape.type != MemberType::object || shape.member == Member::Job) continue;
      const auto rest = after_spelling(name, shape.name);
      if (!rest || rest->empty() || !find(shape.member, *rest, child)) continue;
      notice(NoticeCode::converted, "members that name their path, such as Input.S3Object.Bucket", child,
             tree_.name(child));
      return true;
    }
    return false;
  }

  void assign(Member member, NodeIndex given) {
    const MemberType type = shape_of(member).type;
    const NodeIndex node = unwrapped(tree_, given, type == MemberType::object, [&](NodeIndex wrapper) {
      notice(NoticeCode::converted, wrapped_message, wrapper);
    });
    const ValueKind kind = tree_[node].kind;
    if (kind == ValueKind::null) return;
    switch (type) {
      case MemberType::object:
        if (kind == ValueKind::object) return take_object(member, node);
        if (kind == ValueKind::text && take_json(member, node)) return;
        return drop(member, node);
      case MemberType::text:
        if (kind == ValueKind::text) return set(member, std::string(tree_.text(node)));
        if (kind != ValueKind::number || member == Member::JobId) return drop(member, node);
        notice(NoticeCode::converted, "numbers in place of text", node);
        return set(member, std::string(tree_.text(node)));
      case MemberType::number: return assign_number(member, node);
      case MemberType::timestamp: return assign_time(member, node);
      case MemberType::list: return;
    }
  }

  void take_object(Member member, NodeIndex node) {
    mark(member);
    take_all(member, node);
  }

  /// An object that is written as JSON within a text.
  bool take_json(Member member, NodeIndex node) {
    const auto inner = read_json_text(tree_.text(node));
    if (!inner || (*inner)[0].kind != ValueKind::object) return false;
    notice(NoticeCode::converted, "objects as JSON in a text", node);
    const SourcePlace here = place_(node);
    const std::function<SourcePlace(NodeIndex)> place = [here](NodeIndex /*node*/) { return here; };
    JobRecord record(*inner, notices_, place, /*is_csv=*/false);
    record.take_object(member, 0);
    for (std::size_t i = 0; i < member_count; ++i) {
      if (!record.has_[i]) continue;
      has_[i] = true;
      values_[i] = record.values_[i];
    }
    mark(member);
    return true;
  }

  void assign_number(Member member, NodeIndex node) {
    if (tree_[node].kind == ValueKind::text && tree_.text(node).empty()) return;
    const auto number = number_of(tree_, node);
    if (!number) return drop(member, node);
    if (tree_[node].kind == ValueKind::text && !is_csv_) notice(NoticeCode::converted, numbers_in_text, node);
    std::string written;
    append_json_number(written, *number);
    set(member, std::move(written));
  }

  void assign_time(Member member, NodeIndex node) {
    const ValueKind kind = tree_[node].kind;
    const std::string_view text = tree_.text(node);
    if (kind != ValueKind::number && kind != ValueKind::text) return drop(member, node);
    const WrittenTime time =
        kind == ValueKind::text ? read_time(text) : read_epoch(text, std::strtod(std::string(text).c_str(), nullptr));
    switch (time.form) {
      case WrittenTime::Form::unreadable: return drop(member, node);
      case WrittenTime::Form::empty:
        return notice(NoticeCode::converted, path_of(member) + ": an empty text is left out", node);
      case WrittenTime::Form::zero:
        if (member == Member::CompletionTimestamp) zero_completion_ = node;
        break;
      case WrittenTime::Form::converted:
        notice(NoticeCode::converted, std::string("times as ").append(time.from), node);
        break;
      case WrittenTime::Form::plain: break;
    }
    std::string written;
    append_seconds(written, time.time);
    set(member, std::move(written));
  }

  void set(Member member, std::string value) {
    values_[index_of(member)] = std::move(value);
    mark(member);
  }

  void mark(Member member) {
    for (; !has(member); member = shape_of(member).parent) has_[index_of(member)] = true;
  }

  void drop(Member member, NodeIndex node) {
    std::string message = path_of(member).append(" must be ").append(type_name(shape_of(member).type));
    const std::string_view text = tree_.text(node);
    if (text.substr(0, 2) == "@{" || text.substr(0, 19) == "System.Collections.") {
      message.append(": ConvertTo-Json left it out; save with -Depth 10");
    }
    notice(NoticeCode::dropped_value, message, node);
  }

  void notice(NoticeCode code, std::string_view message, NodeIndex node) {
    std::string sample;
    append_sample(sample, tree_, node);
    notice(code, message, node, sample);
  }
  void notice(NoticeCode code, std::string_view message, NodeIndex node, std::string_view sample) {
    notices_.add(code, message, 1, place_(node), sample);
  }

  void append_object(std::string& out, Member parent) const {
    out += '{';
    bool is_first = true;
    for (const auto& shape : SchemaOf<Member>::shapes) {
      if (shape.parent != parent || shape.member == Member::Job || !has(shape.member)) continue;
      if (!is_first) out += ',';
      is_first = false;
      append_json_string(out, shape.name);
      out += ':';
      if (shape.type == MemberType::object) {
        append_object(out, shape.member);
      } else if (shape.type == MemberType::text) {
        append_json_string(out, values_[index_of(shape.member)]);
      } else {
        out.append(values_[index_of(shape.member)]);
      }
    }
    out += '}';
  }

  const ValueTree& tree_;
  Notices& notices_;
  const std::function<SourcePlace(NodeIndex)>& place_;
  bool is_csv_;
  std::optional<NodeIndex> zero_completion_;
  std::array<bool, member_count> has_{true};
  std::array<std::string, member_count> values_;
};

}  // namespace

bool names_job_member(std::string_view name) {
  if (find_member(Member::Job, name) || find_spelled_member(Member::Job, name)) return true;
  if (name.find_first_of(".:/_") == std::string_view::npos) return false;
  for (const auto& shape : SchemaOf<Member>::shapes) {
    if (shape.parent != Member::Job || shape.member == Member::Job) continue;
    if (shape.type == MemberType::object && after_spelling(name, shape.name)) return true;
  }
  return false;
}

std::optional<std::string> append_job(std::string& out, const ValueTree& tree, NodeIndex node, Notices& notices,
                                      const std::function<SourcePlace(NodeIndex)>& place, bool is_csv) {
  Notices found;
  JobRecord record(tree, found, place, is_csv);
  record.take_all(Member::Job, node);
  record.leave_out_zero_completion();
  if (!record.has(Member::JobId)) {
    bool is_mistyped = false;
    tree.for_each_child(node, [&](NodeIndex child) {
      is_mistyped = is_mistyped || (is_spelling_of(tree.name(child), "JobId") && tree[child].kind != ValueKind::null);
    });
    return is_mistyped ? "JobId must be a string" : "JobId is missing";
  }
  if (record.value(Member::JobId).empty()) return "JobId must not be empty";
  record.append(out);
  for (const Notice& notice : found.all())
    notices.add(notice.code, notice.message, notice.count, notice.place, notice.sample);
  return std::nullopt;
}

}  // namespace rekognition_jobs::formats
