// Notices what is implausible about the images of a source as a whole.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "../base/notice.h"
#include "../json/json_writer.h"
#include "result.h"

namespace rekognition_jobs {

/// Counts images without an answer, and confidences that cannot be percent: outside of 0 to 100, or, when no label of
/// the source has more, of 1 at most.
class ImageChecks {
 public:
  void take(const ImageResult& image) {
    if (!image.has_detection) {
      if (unanswered_++ == 0) first_unanswered_ = image.source_ref;
      if (image.code || image.message) ++errors_;
      return;
    }
    for (const ModerationLabel& label : image.labels) {
      if (!is_number(label.confidence)) continue;
      if (confidences_++ == 0) first_confidence_ = label.confidence;
      highest_ = std::max(highest_, label.confidence);
      if (label.confidence >= 0 && label.confidence <= 100) continue;
      if (outside_++ == 0) first_outside_ = label.confidence;
    }
  }

  /// Images that have neither an answer nor an error.
  [[nodiscard]] std::uint64_t bare() const { return unanswered_ - errors_; }

  void add_to(Notices& notices) const {
    if (unanswered_ > 0) {
      notices.add(NoticeCode::no_answer,
                  "images without detect-moderation-labels: whether they are flagged is not known", unanswered_,
                  std::nullopt, first_unanswered_);
    }
    const auto implausible = [&](std::string_view message, std::uint64_t count, double first) {
      std::string sample;
      append_json_number(sample, first);
      if (count > 0) notices.add(NoticeCode::implausible, message, count, std::nullopt, sample);
    };
    implausible("confidences outside of 0 to 100 percent", outside_, first_outside_);
    if (highest_ <= 1) {
      implausible("confidences of 1 or less, and none of more: they may be fractions, and are taken for percent",
                  confidences_, first_confidence_);
    }
  }

 private:
  std::uint64_t unanswered_ = 0;
  std::string first_unanswered_;
  std::uint64_t errors_ = 0;  ///< of the unanswered
  std::uint64_t confidences_ = 0;
  double first_confidence_ = 0;
  double highest_ = -std::numeric_limits<double>::infinity();
  std::uint64_t outside_ = 0;
  double first_outside_ = 0;
};

}  // namespace rekognition_jobs
