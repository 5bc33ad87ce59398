// JSON values as a tree in one array: the values within a value follow it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rekognition_jobs::formats {

/// A word is what JSON does not have as a value, such as NaN or None.
enum class ValueKind : std::uint8_t { null, boolean, number, text, word, object, array };

struct ValueNode {
  ValueKind kind{};
  bool has_records = false;  ///< that were taken out of it
  std::uint32_t size = 1;    ///< nodes, with all that lies within
  std::uint32_t name = 0;    ///< where the name begins in the tree's text
  std::uint32_t name_size = 0;
  std::uint32_t text = 0;  ///< of a text, decoded; of others, as written
  std::uint32_t text_size = 0;
  std::uint32_t line = 1;
  std::uint64_t position = 0;
};

using NodeIndex = std::uint32_t;

class ValueTree {
 public:
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::size_t bytes() const { return nodes_.size() * sizeof(ValueNode) + texts_.size(); }

  [[nodiscard]] ValueNode& operator[](NodeIndex index) { return nodes_[index]; }
  [[nodiscard]] const ValueNode& operator[](NodeIndex index) const { return nodes_[index]; }

  [[nodiscard]] std::string_view name(NodeIndex index) const { return at(nodes_[index].name, nodes_[index].name_size); }
  [[nodiscard]] std::string_view text(NodeIndex index) const { return at(nodes_[index].text, nodes_[index].text_size); }

  /// Adds a value behind all others. Its name, or its text, is put in first.
  NodeIndex add(const ValueNode& node) {
    nodes_.push_back(node);
    return static_cast<NodeIndex>(nodes_.size() - 1);
  }
  std::uint32_t add_text(std::string_view text) {
    const auto begin = static_cast<std::uint32_t>(texts_.size());
    texts_.append(text);
    return begin;
  }

  /// Ends an object or array, whose members are all that follow it.
  void close(NodeIndex index) { nodes_[index].size = static_cast<std::uint32_t>(nodes_.size() - index); }

  /// Takes off `index` and all behind it.
  void truncate(NodeIndex index) {
    if (index >= nodes_.size()) return;
    texts_.resize(nodes_[index].name);
    nodes_.resize(index);
  }

  /// Calls `function(child)` for each value directly within an object or array that has ended.
  template <class Function>
  void for_each_child(NodeIndex index, const Function& function) const {
    const NodeIndex end = index + nodes_[index].size;
    for (NodeIndex child = index + 1; child < end; child += nodes_[child].size) function(child);
  }

  [[nodiscard]] std::size_t child_count(NodeIndex index) const {
    std::size_t count = 0;
    for_each_child(index, [&](NodeIndex /*child*/) { ++count; });
    return count;
  }

 private:
  [[nodiscard]] std::string_view at(std::uint32_t begin, std::uint32_t size) const {
    return std::string_view(texts_).substr(begin, size);
  }

  std::vector<ValueNode> nodes_;
  std::string texts_;
};

}  // namespace rekognition_jobs::formats
