// Reads lines of a results file that are written plainly, as the service writes them, at the speed of a scan.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/image_result.h"
#include "results/result_member.h"

namespace rekognition_jobs {

/// Takes a line whose members are all known, of their types, there once and not null, and that carries no error.
/// Declines everything else, whatever it is: what it takes is what a full JSON reader would read, member for member, so
/// that only one reader need know what is wrong with the rest.
///
/// Between two values all lines of a source have the same few texts (`","Confidence":`), so each is parsed once, and
/// from then on compared: what is left to scan are the values.
class PlainLineReader {
 public:
  /// The number of bytes of the line's object at the front of `text`, without what follows it; `image` then holds it,
  /// with its text in `text` or in here until the next read. Nothing when it declines, or when the object does not end
  /// before a line feed or the text does. Linear in those bytes.
  [[nodiscard]] std::optional<std::size_t> read(std::string_view text, ImageResult& image);

 private:
  class Scan;

  /// What stands between two values, or before the first, or after the last. In this order: an object of a list ends,
  /// one begins, members are named.
  struct Link {
    std::string text;
    bool ends_item = false;
    bool begins_item = false;
    ResultMemberBits opened = 0;             ///< members of the line and its objects that begin in the text
    ResultMemberBits named = 0;              ///< the member of a list's object whose value is next, if it is one
    ResultMember next = ResultMember::Line;  ///< whose value follows; the line itself when it has ended
  };

  /// By the member whose value is before them, the line itself for the start.
  std::array<std::vector<Link>, result_member_count> links_;
  std::deque<std::string> decoded_;  ///< texts that had escapes
  std::size_t decoded_count_ = 0;
};

}  // namespace rekognition_jobs
