// Builds the tree of the texts, and follows it.
#include "text_automaton.h"

#include "ascii.h"

namespace rekognition_jobs {

void TextAutomaton::add(std::string_view lower, bool is_whole) {
  Index node = 0;
  for (const char c : lower) {
    Index child = child_of(node, c);
    if (child == 0) {
      child = static_cast<Index>(nodes_.size());
      nodes_.push_back({.sibling = nodes_[node].child, .last = c});
      nodes_[node].child = child;
      if (node == 0) first_[place_of(c)] = child;
    }
    node = child;
  }
  (is_whole ? nodes_[node].is_whole : nodes_[node].is_part) = true;
}

void TextAutomaton::finish() {
  std::vector<Index> by_length{0};
  by_length.reserve(nodes_.size());
  for (std::size_t i = 0; i < by_length.size(); ++i) {
    const Index parent = by_length[i];
    for (Index node = nodes_[parent].child; node != 0; node = nodes_[node].sibling) {
      by_length.push_back(node);
      if (parent == 0) continue;
      Index shorter = nodes_[parent].shorter;
      Index found = child_of(shorter, nodes_[node].last);
      while (found == 0 && shorter != 0) {
        shorter = nodes_[shorter].shorter;
        found = child_of(shorter, nodes_[node].last);
      }
      nodes_[node].shorter = found;
      nodes_[node].is_part = nodes_[node].is_part || nodes_[found].is_part;
    }
  }
}

bool TextAutomaton::matches(std::string_view text) const {
  if (nodes_[0].is_part) return true;
  Index node = 0;
  bool is_beginning = true;
  for (const char upper : text) {
    const char c = ascii::to_lower(upper);
    Index next = child_of(node, c);
    is_beginning = is_beginning && next != 0;
    while (next == 0 && node != 0) {
      node = nodes_[node].shorter;
      next = child_of(node, c);
    }
    node = next;
    if (nodes_[node].is_part) return true;
  }
  return is_beginning && nodes_[node].is_whole;
}

TextAutomaton::Index TextAutomaton::child_of(Index node, char c) const {
  if (node == 0) return first_[place_of(c)];
  Index child = nodes_[node].child;
  while (child != 0 && nodes_[child].last != c) child = nodes_[child].sibling;
  return child;
}

}  // namespace rekognition_jobs
