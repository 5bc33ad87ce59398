// Finds where the next record begins after an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "../base/notice.h"
#include "kind_rules.h"
#include "source_text.h"

namespace rekognition_jobs::formats {

/// A record begins with an id, or, as an element or a line, with any member's name or that of the last record's first
/// member. Linear in the text that it passes over.
class RecordSearch {
 public:
  /// The error is at `from` in the source; the last record began with the member `first_member`.
  RecordSearch(const SourceText& source, std::size_t from, const KindRules& rules, std::string first_member)
      : rules_(&rules),
        first_member_(std::move(first_member)),
        from_(source.begin() + from),
        place_(source.place_at(from)) {}

  /// Moves `at` to the brace of the next record, and returns true; or to where another call, with more text, goes on.
  /// Notes the lines that begin as a document and not as a record.
  [[nodiscard]] bool find(const SourceText& source, std::size_t& at, bool is_last, Notices& notices);

  /// Notes how much was not read, once the source has ended.
  void tell_unread(const SourceText& source, Notices& notices) const;

  /// The NextToken of the last page, if the end of what was not read has it.
  [[nodiscard]] std::optional<std::string> next_token(const SourceText& source) const;

 private:
  [[nodiscard]] bool begins_record(const std::string& text, std::size_t brace, std::string_view name) const;

  const KindRules* rules_;
  std::string first_member_;
  std::uint64_t from_;
  SourcePlace place_;
  std::string sample_;
};

}  // namespace rekognition_jobs::formats
