// Counts line breaks from the last place that was asked for, forwards or back.
#include "source_text.h"

#include <algorithm>

namespace rekognition_jobs::formats {

std::uint32_t SourceText::line_at(std::size_t at) const {
  at = std::min(at, text_.size());
  const auto count = [&](std::size_t from, std::size_t to) {
    return static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(from),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
  };
  if (at >= counted_to_)
    lines_ += count(counted_to_, at);
  else
    lines_ -= count(at, counted_to_);
  counted_to_ = at;
  return static_cast<std::uint32_t>(lines_);
}

bool SourceText::begins_line(std::size_t at) const {
  const std::string_view before = std::string_view(text_).substr(0, at);
  const std::size_t last = before.find_last_not_of(" \t\r\xEF\xBB\xBF");
  return last == std::string_view::npos ? begins_line_ : before[last] == '\n';
}

void SourceText::forget_before(std::size_t at) {
  static_cast<void>(line_at(at));
  begins_line_ = begins_line(at);
  text_.erase(0, at);
  begin_ += at;
  counted_to_ -= at;
  decoder_.forget_before(begin_ - std::min(begin_, context_size_));
}

std::uint64_t SourceText::offset_of(std::uint64_t position) const {
  return decoder_.source_offset(position - std::min(position, context_size_));
}

}  // namespace rekognition_jobs::formats
