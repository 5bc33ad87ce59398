// The scan of plain jobs against the full JSON parser alone: the same jobs, the same rejections at the same bytes,
// whatever the source is and wherever its chunks end.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "jobs/reader.h"
#include "jobs/writer.h"

namespace {

using namespace rekognition_jobs;

/// All that a reader tells, as text.
class Transcript : public JobSink {
 public:
  void on_job(const MediaAnalysisJob& job) override {
    append_json(text, job);
    text += '\n';
  }
  void on_rejected(std::uint64_t offset, std::string_view message) override {
    text.append("rejected ").append(std::to_string(offset)).append(" ").append(message).append("\n");
  }
  void on_next_token(std::string_view token) override { text.append("token ").append(token).append("\n"); }

  std::string text;
};

std::string read(std::string_view source, std::size_t chunk_size, bool scans_plain_jobs) {
  Transcript transcript;
  JobReader reader(transcript, {.scans_plain_jobs = scans_plain_jobs});
  for (std::size_t at = 0; at < source.size(); at += chunk_size) reader.read(source.substr(at, chunk_size));
  reader.finish();
  return transcript.text;
}

void require_equal(const std::string& expected, const std::string& found, const char* what) {
  if (expected == found) return;
  std::fprintf(stderr, "%s\n--- without the scan:\n%s--- the scan:\n%s", what, expected.c_str(), found.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view source(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t chunk_size = 1 + data[0] % 64;
  const std::string expected = read(source, source.size() + 1, false);
  require_equal(expected, read(source, source.size() + 1, true), "in one piece");
  require_equal(expected, read(source, chunk_size, true), "in chunks");
  return 0;
}
