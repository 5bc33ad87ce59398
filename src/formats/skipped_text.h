// The text between records that a reader passes over, gathered into one notice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "../base/notice.h"
#include "source_text.h"

namespace rekognition_jobs::formats {

class SkippedText {
 public:
  void add(const SourceText& source, std::size_t from, std::size_t to) {
    if (!place_) place_ = source.place_at(from);
    if (sample_.size() < Notices::most_sample_bytes) {
      if (end_ != source.begin() + from && !sample_.empty()) sample_ += ' ';
      sample_.append(source.text(), from, to - from);
    }
    end_ = source.begin() + to;
    size_ += to - from;
  }

  /// Notes what was added since the last call.
  void tell(Notices& notices) {
    if (size_ == 0) return;
    notices.add(NoticeCode::skipped, "bytes between records", size_, place_, sample_);
    size_ = 0;
    place_.reset();
    sample_.clear();
  }

 private:
  std::string sample_;
  std::uint64_t end_ = 0;  ///< the position after what was added last
  std::optional<SourcePlace> place_;
  std::uint64_t size_ = 0;
};

}  // namespace rekognition_jobs::formats
