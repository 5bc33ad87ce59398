// The s3:// URI of a job's object, by which it is searched, sorted and shown.
#pragma once

#include <string>
#include <string_view>

namespace rekognition_jobs {

inline constexpr std::string_view s3_scheme = "s3://";

/// Appends `s3://bucket/key`; without a key, `s3://bucket/`.
inline void append_s3_uri(std::string& out, std::string_view bucket, std::string_view key) {
  out.append(s3_scheme).append(bucket).append(1, '/').append(key);
}

}  // namespace rekognition_jobs
