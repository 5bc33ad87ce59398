// Any bytes as a saved file: chunks change nothing, and what comes of it are jobs as the service writes them.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/format_reader.h"
#include "jobs/reader.h"

namespace {

using rekognition_jobs::MediaAnalysisJob;
using rekognition_jobs::formats::FormatReader;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

class CountingSink final : public rekognition_jobs::JobSink {
 public:
  void on_job(const MediaAnalysisJob& /*job*/) override { ++jobs; }
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override { ++rejected; }
  std::size_t jobs = 0;
  std::size_t rejected = 0;
};

/// All that the reader finds, as text.
std::string read(std::string_view source, std::size_t chunk_size) {
  FormatReader reader;
  std::string jobs;
  for (std::size_t at = 0; at < source.size(); at += chunk_size) {
    reader.read(source.substr(at, chunk_size));
    jobs += reader.take_jobs();
  }
  reader.finish();
  jobs += reader.take_jobs();

  CountingSink sink;
  rekognition_jobs::JobReader plain(sink);
  if (!jobs.empty()) plain.read_whole(jobs);
  require(sink.rejected == 0, "a job is not as the service writes it");
  for (const auto& rejection : reader.rejections()) {
    require(rejection.place.offset <= source.size(), "a rejection lies beyond the source");
    jobs +=
        std::to_string(rejection.place.offset) + ":" + std::to_string(rejection.place.line) + rejection.message + "\n";
  }
  for (const auto& notice : reader.notices().all()) {
    require(!notice.place || notice.place->offset <= source.size(), "a notice lies beyond the source");
    jobs += notice.message + std::to_string(notice.count) + notice.sample + "\n";
  }
  return jobs + reader.format() + reader.next_token().value_or("");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view source(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::string whole = read(source, source.size() + 1);
  require(read(source, 1 + data[0] % 37) == whole, "chunks change what is read");
  return 0;
}
