// Compares jobs member by member.
#include "job.h"

#include <cmath>

namespace rekognition_jobs {

bool operator==(const MediaAnalysisJob& a, const MediaAnalysisJob& b) {
  if (a.members != b.members) return false;
  for (std::size_t i = 0; i < member_count; ++i) {
    const auto member = static_cast<Member>(i);
    if (!a.has(member)) continue;
    switch (shape_of(member).type) {
      case MemberType::list:
      case MemberType::object: break;
      case MemberType::text:
        if (a.texts[i] != b.texts[i]) return false;
        break;
      case MemberType::timestamp:
        if (a.timestamp(member) != b.timestamp(member)) return false;
        break;
      case MemberType::number:
        if (a.min_confidence != b.min_confidence) return false;
        if (std::signbit(a.min_confidence) != std::signbit(b.min_confidence)) return false;  // 0 and −0
        break;
    }
  }
  return true;
}

}  // namespace rekognition_jobs
