// Builds the tree from the events of json/sax.h.
#include "json_text.h"

#include <string>
#include <vector>

#include "../json/json_writer.h"
#include "../json/sax.h"

namespace rekognition_jobs::formats {
namespace {

class TreeBuilder final : public JsonHandler {
 public:
  explicit TreeBuilder(ValueTree& tree) : tree_(tree) {}

  bool on_null() override { return add(ValueKind::null, "null"); }
  bool on_boolean() override { return add(ValueKind::boolean, "true"); }
  bool on_number(double value) override {
    std::string text;
    append_json_number(text, value);
    return add(ValueKind::number, text);
  }
  bool on_string(const std::string& value) override { return add(ValueKind::text, value); }
  bool on_object() override { return open(ValueKind::object); }
  bool on_array() override { return open(ValueKind::array); }
  bool on_object_end() override { return close(); }
  bool on_array_end() override { return close(); }
  bool on_name(const std::string& name) override {
    name_ = name;
    return true;
  }

 private:
  bool add(ValueKind kind, std::string_view text) {
    if (open_.empty()) return false;
    const std::uint32_t name = tree_.add_text(name_);
    const std::uint32_t begin = tree_.add_text(text);
    tree_.add({.kind = kind,
               .name = name,
               .name_size = static_cast<std::uint32_t>(name_.size()),
               .text = begin,
               .text_size = static_cast<std::uint32_t>(text.size())});
    name_.clear();
    return true;
  }

  bool open(ValueKind kind) {
    open_.push_back(static_cast<NodeIndex>(tree_.size()));
    return add(kind, {});
  }

  bool close() {
    tree_.close(open_.back());
    open_.pop_back();
    return true;
  }

  ValueTree& tree_;
  std::string name_;
  std::vector<NodeIndex> open_;
};

}  // namespace

std::optional<ValueTree> read_json_text(std::string_view text) {
  ValueTree tree;
  TreeBuilder builder(tree);
  if (read_json({.text = text}, builder).end != JsonReading::End::complete) return std::nullopt;
  return tree;
}

}  // namespace rekognition_jobs::formats
