// Searches a text for many texts at once, in one pass (Aho-Corasick).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rekognition_jobs {

/// A. V. Aho and M. J. Corasick, "Efficient string matching": a tree of all texts, in which each node knows the longest
/// other beginning of a text that ends as it does. Without regard to ASCII case. add() what is looked for, then
/// finish(), then ask.
class TextAutomaton {
 public:
  /// `lower` is in lower case. It is to be the whole text, or else a part of it. Linear in it.
  void add(std::string_view lower, bool is_whole);

  [[nodiscard]] bool is_empty() const { return nodes_.size() == 1 && !nodes_[0].is_part && !nodes_[0].is_whole; }

  /// Linear in all that was added.
  void finish();

  /// Linear in the text, however many were added.
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  using Index = std::uint32_t;

  struct Node {
    Index child = 0;    ///< the first of its children, 0 for none
    Index sibling = 0;  ///< its parent's next child
    Index shorter = 0;  ///< the longest other beginning of a text that ends as this one does
    char last = '\0';   ///< the last character
    bool is_part = false;
    bool is_whole = false;
  };

  static std::size_t place_of(char c) { return static_cast<unsigned char>(c); }

  [[nodiscard]] Index child_of(Index node, char c) const;

  std::vector<Node> nodes_{1};
  std::array<Index, 256> first_{};  ///< the root's children, by their characters
};

}  // namespace rekognition_jobs
