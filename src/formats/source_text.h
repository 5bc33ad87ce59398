// The text of a source that is not read yet, with the place of each character in the source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../base/notice.h"
#include "text_decoder.h"
#include "value_tree.h"

namespace rekognition_jobs::formats {

/// Decodes chunks to one text, from whose front the reader forgets what it has read. "At" is an index of text();
/// "position" counts the bytes of all text since the start, and stays valid.
class SourceText {
 public:
  /// `context` is text before the first chunk that the source does not have: its places are those of `start`.
  SourceText(SourcePlace start, std::string context)
      : decoder_(start.offset), text_(std::move(context)), context_size_(text_.size()), lines_(start.line) {}

  void decode(std::string_view bytes, bool is_last) { decoder_.decode(bytes, is_last, text_); }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] const TextDecoder& decoder() const { return decoder_; }

  /// The position of the first character of text().
  [[nodiscard]] std::uint64_t begin() const { return begin_; }
  [[nodiscard]] std::size_t at(std::uint64_t position) const { return static_cast<std::size_t>(position - begin_); }

  [[nodiscard]] SourcePlace place_at(std::size_t at) const { return {offset_of(begin_ + at), line_at(at)}; }
  [[nodiscard]] SourcePlace place_of(const ValueNode& node) const { return {offset_of(node.position), node.line}; }

  /// The line of a character, from 1. Linear in the distance from the character that was asked for last.
  [[nodiscard]] std::uint32_t line_at(std::size_t at) const;

  /// Whether white space alone lies between `at` and the beginning of its line.
  [[nodiscard]] bool begins_line(std::size_t at) const;

  /// Drops the text before `at`.
  void forget_before(std::size_t at);

 private:
  [[nodiscard]] std::uint64_t offset_of(std::uint64_t position) const;

  TextDecoder decoder_;
  std::string text_;
  std::uint64_t begin_ = 0;
  std::uint64_t context_size_;
  bool begins_line_ = true;  ///< whether no more than white space of text_'s first line was before it
  mutable std::size_t counted_to_ = 0;
  mutable std::uint64_t lines_;  ///< the line of text_[counted_to_]
};

}  // namespace rekognition_jobs::formats
