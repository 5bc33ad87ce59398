// Finds the members of an image's result, in any order, and writes them in the service's order.
#include "image_record.h"

#include <array>

#include "../base/spelling.h"
#include "../json/json_writer.h"
#include "../results/error_part.h"
#include "json_text.h"
#include "tree_values.h"

namespace rekognition_jobs::formats {
namespace {

constexpr std::string_view source_ref = "source-ref";
constexpr std::string_view detection = "detect-moderation-labels";
constexpr std::string_view metadata = "detect-moderation-labels-metadata";  // job-name, creation-date and the like
constexpr std::string_view labels = "ModerationLabels";
constexpr std::string_view content_types = "ContentTypes";

enum class Type { text, number };

struct Field {
  std::string_view name;
  Type type;
};

constexpr std::array<Field, 4> label_fields{
    {{"Name", Type::text}, {"ParentName", Type::text}, {"Confidence", Type::number}, {"TaxonomyLevel", Type::number}}};
constexpr std::array<Field, 2> type_fields{{{"Name", Type::text}, {"Confidence", Type::number}}};

class ImageRecord {
 public:
  using Place = std::function<SourcePlace(NodeIndex)>;

  ImageRecord(const ValueTree& tree, Notices& notices, const Place& place)
      : tree_(tree), notices_(notices), place_(place) {}

  std::optional<std::string> append(std::string& out, NodeIndex node) {
    std::optional<NodeIndex> ref;
    std::optional<NodeIndex> answer;
    std::string errors;
    tree_.for_each_child(node, [&](NodeIndex child) {
      const std::string_view name = tree_.name(child);
      if (is_called(child, source_ref)) {
        ref = child;
      } else if (is_called(child, detection)) {
        answer = child;
      } else if (error_part(name) != ErrorPart::none) {
        append_member(errors, name, child);
      } else if (!is_spelling_of(name, metadata)) {
        ignore(child, "");
      }
    });
    if (!ref || tree_[*ref].kind == ValueKind::null) return "source-ref is missing";
    const NodeIndex text = unwrap(*ref, /*is_object_wanted=*/false);
    if (tree_[text].kind != ValueKind::text) return "source-ref must be a string";
    if (tree_.text(text).empty()) return "source-ref must not be empty";
    out += "{\"source-ref\":";
    append_json_string(out, tree_.text(text));
    if (answer) append_answer(out, *answer);
    out.append(errors).append("}\n");
    return std::nullopt;
  }

 private:
  void append_answer(std::string& out, NodeIndex given) {
    const NodeIndex node = unwrap(given, /*is_object_wanted=*/true);
    if (tree_[node].kind == ValueKind::null) return;
    if (tree_[node].kind == ValueKind::object) return append_detection(out, node);
    auto inner = tree_[node].kind == ValueKind::text ? read_json_text(tree_.text(node)) : std::nullopt;
    if (!inner || (*inner)[0].kind != ValueKind::object) return drop(node, detection, "an object");
    notice(NoticeCode::converted, "objects as JSON in a text", node);
    const SourcePlace here = place_(node);
    const Place place = [here](NodeIndex /*node*/) { return here; };
    ImageRecord(*inner, notices_, place).append_detection(out, 0);
  }

  void append_detection(std::string& out, NodeIndex node) {
    out.append(",\"").append(detection).append("\":{");
    const std::size_t begin = out.size();
    tree_.for_each_child(node, [&](NodeIndex child) {
      const std::string_view name = tree_.name(child);
      if (is_called(child, labels)) {
        append_list(out, labels, label_fields, child);
      } else if (is_called(child, content_types)) {
        append_list(out, content_types, type_fields, child);
      } else if (is_called(child, "ModerationModelVersion")) {
        append_field(out, "", {"ModerationModelVersion", Type::text}, child);
      } else if (error_part(name) != ErrorPart::none) {
        append_member(out, name, child);
      } else {
        ignore(child, detection);
      }
    });
    if (out.size() > begin) out.erase(begin, 1);  // the first comma
    out += '}';
  }

  template <class Fields>
  void append_list(std::string& out, std::string_view list, const Fields& fields, NodeIndex given) {
    NodeIndex node = given;
    if (tree_[node].kind == ValueKind::object && tree_.child_count(node) == 1 && tree_.name(node + 1) == "L") ++node;
    if (tree_[node].kind == ValueKind::null) return;
    if (tree_[node].kind != ValueKind::array) return drop(node, list, "a list");
    out.append(",\"").append(list).append("\":[");
    const std::size_t begin = out.size();
    tree_.for_each_child(node, [&](NodeIndex child) { append_item(out, list, fields, unwrap_item(child)); });
    if (out.size() > begin) out.erase(begin, 1);
    out += ']';
  }

  template <class Fields>
  void append_item(std::string& out, std::string_view list, const Fields& fields, NodeIndex node) {
    if (tree_[node].kind != ValueKind::object) return drop(node, list, "a list of objects");
    std::string item;
    bool has_name = false;
    tree_.for_each_child(node, [&](NodeIndex child) {
      const Field* field = nullptr;
      for (const Field& each : fields) {
        if (field == nullptr && is_called(child, each.name)) field = &each;
      }
      if (field == nullptr) return ignore(child, list);
      const bool is_there = append_field(item, list, *field, child);
      has_name = has_name || (is_there && field == &fields.front());
    });
    if (!has_name) {
      return notice(NoticeCode::dropped_value, std::string("an item of ").append(list).append(" has no Name"), node);
    }
    out.append(",{").append(item, 1).append("}");
  }

  /// Appends a comma and the member; false if it has no value.
  bool append_field(std::string& out, std::string_view list, const Field& field, NodeIndex given) {
    const NodeIndex node = unwrap(given, /*is_object_wanted=*/false);
    const ValueKind kind = tree_[node].kind;
    if (kind == ValueKind::null) return false;
    const std::string path = list.empty() ? std::string(field.name) : std::string(list).append(".").append(field.name);
    std::string value;
    if (field.type == Type::number) {
      const auto number = number_of(tree_, node);
      if (!number) return drop(node, path, "a number"), false;
      if (kind == ValueKind::text) notice(NoticeCode::converted, numbers_in_text, node);
      append_json_number(value, *number);
    } else {
      if (kind != ValueKind::text && kind != ValueKind::number) return drop(node, path, "a string"), false;
      if (kind == ValueKind::number) notice(NoticeCode::converted, "numbers in place of text", node);
      append_json_string(value, tree_.text(node));
    }
    out.append(",\"").append(field.name).append("\":").append(value);
    return true;
  }

  void append_member(std::string& out, std::string_view name, NodeIndex node) {
    out += ',';
    append_json_string(out, name);
    out += ':';
    append_value(out, tree_, node);
  }

  /// Whether a member has that name, or another spelling of it, which is noted.
  bool is_called(NodeIndex node, std::string_view wanted) {
    const std::string_view name = tree_.name(node);
    if (name == wanted) return true;
    if (!is_spelling_of(name, wanted)) return false;
    notices_.add(NoticeCode::converted, spelling_message, 1, place_(node), name);
    return true;
  }

  NodeIndex unwrap(NodeIndex node, bool is_object_wanted) {
    return unwrapped(tree_, node, is_object_wanted,
                     [&](NodeIndex wrapper) { notice(NoticeCode::converted, wrapped_message, wrapper); });
  }

  /// `{"M": {…}}` of DynamoDB.
  [[nodiscard]] NodeIndex unwrap_item(NodeIndex node) const {
    const bool is_map =
        tree_[node].kind == ValueKind::object && tree_.child_count(node) == 1 && tree_.name(node + 1) == "M";
    return is_map ? node + 1 : node;
  }

  void ignore(NodeIndex node, std::string_view parent) {
    std::string message = "unknown member ";
    if (!parent.empty()) message.append(parent).append(".");
    notice(NoticeCode::ignored_member, message.append(tree_.name(node)), node);
  }
  void drop(NodeIndex node, std::string_view path, std::string_view type) {
    notice(NoticeCode::dropped_value, std::string(path).append(" must be ").append(type), node);
  }
  void notice(NoticeCode code, std::string_view message, NodeIndex node) {
    std::string sample;
    append_sample(sample, tree_, node);
    notices_.add(code, message, 1, place_(node), sample);
  }

  const ValueTree& tree_;
  Notices& notices_;
  const Place& place_;
};

}  // namespace

bool names_image_member(std::string_view name) {
  return is_spelling_of(name, source_ref) || is_spelling_of(name, detection);
}

std::optional<std::string> append_image(std::string& out, const ValueTree& tree, NodeIndex node, Notices& notices,
                                        const std::function<SourcePlace(NodeIndex)>& place) {
  Notices found;
  auto error = ImageRecord(tree, found, place).append(out, node);
  if (error) return error;
  for (const Notice& each : found.all()) notices.add(each.code, each.message, each.count, each.place, each.sample);
  return std::nullopt;
}

bool is_summary(const ValueTree& tree, NodeIndex node) {
  bool has_statistics = false;
  bool has_version = false;
  bool has_errors = false;
  bool is_image = false;
  tree.for_each_child(node, [&](NodeIndex child) {
    const std::string_view name = tree.name(child);
    has_statistics = has_statistics || (name == "statistics" && tree[child].kind == ValueKind::object);
    has_version = has_version || name == "version";
    has_errors = has_errors || (name == "errors" && tree[child].kind == ValueKind::array);
    is_image = is_image || names_image_member(name);
  });
  return !is_image && (has_statistics || (has_version && has_errors));
}

void append_summary(std::string& out, const ValueTree& tree, NodeIndex node) {
  bool has_statistics = false;
  tree.for_each_child(node,
                      [&](NodeIndex child) { has_statistics = has_statistics || tree.name(child) == "statistics"; });
  const std::size_t begin = out.size();
  append_value(out, tree, node);
  if (!has_statistics) out.insert(begin + 1, "\"statistics\":{},");
  out += '\n';
}

}  // namespace rekognition_jobs::formats
