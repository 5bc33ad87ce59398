// Any bytes as a saved file: chunks change nothing, and what comes of it are jobs, or results, as the service writes
// them; plain results are as the plain reader has them.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "formats/format_reader.h"
#include "formats/source_kind.h"
#include "jobs/reader.h"
#include "jobs/writer.h"
#include "results/reader.h"
#include "results/writer.h"

namespace {

using rekognition_jobs::MediaAnalysisJob;
using rekognition_jobs::formats::FormatReader;
using rekognition_jobs::formats::RecordKind;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

class JobSinkOfTexts final : public rekognition_jobs::JobSink {
 public:
  void on_job(const MediaAnalysisJob& job) override { append_json(jobs, job); }
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override { ++rejected; }
  std::string jobs;
  std::size_t rejected = 0;
};

class ImageSink final : public rekognition_jobs::ResultSink {
 public:
  void on_image(const rekognition_jobs::ImageResult& image) override { append_json(images, image); }
  void on_summary(const rekognition_jobs::ManifestSummary& summary) override { append_json(images, summary); }
  void on_rejected(std::uint64_t /*line*/, std::uint64_t /*offset*/, std::string_view /*message*/) override {
    ++rejected;
  }
  std::string images;
  std::size_t rejected = 0;
};

void require_as_written(const std::string& lines, RecordKind kind) {
  if (lines.empty()) return;
  JobSinkOfTexts jobs;
  ImageSink images;
  rekognition_jobs::ResultsReader results(images);
  if (kind == RecordKind::jobs) {
    rekognition_jobs::JobReader(jobs).read_whole(lines);
  } else {
    results.read(lines);
    results.finish();
  }
  require(jobs.rejected + images.rejected == 0, "a record is not as the service writes it");
}

/// All that the reader finds, as text.
std::string read(std::string_view source, std::size_t chunk_size, RecordKind kind) {
  FormatReader reader({.kind = kind});
  std::string lines;
  for (std::size_t at = 0; at < source.size(); at += chunk_size) {
    reader.read(source.substr(at, chunk_size));
    lines += reader.take_lines();
  }
  reader.finish();
  lines += reader.take_lines();
  require_as_written(lines, kind);
  for (const auto& rejection : reader.rejections().kept()) {
    require(rejection.place.offset <= source.size(), "a rejection lies beyond the source");
    lines +=
        std::to_string(rejection.place.offset) + ":" + std::to_string(rejection.place.line) + rejection.message + "\n";
  }
  for (const auto& notice : reader.notices().all()) {
    require(!notice.place || notice.place->offset <= source.size(), "a notice lies beyond the source");
    lines += notice.message + std::to_string(notice.count) + notice.sample + "\n";
  }
  return lines + reader.format() + reader.next_token().value_or("");
}

/// Reads lines that a FormatReader wrote, or a whole source, by the plain reader of a kind. Nothing if that one stops.
std::optional<std::string> read_plainly(std::string_view source, RecordKind kind, bool is_strict) {
  if (kind == RecordKind::jobs) {
    JobSinkOfTexts sink;
    rekognition_jobs::JobReader reader(sink, {.stops_at_other_forms = is_strict});
    reader.read(source);
    reader.finish();
    return is_strict && reader.has_stopped() ? std::nullopt : std::optional(sink.jobs);
  }
  ImageSink sink;
  rekognition_jobs::ResultsReader reader(sink, {.stops_at_other_forms = is_strict});
  reader.read(source);
  reader.finish();
  return is_strict && reader.has_stopped() ? std::nullopt : std::optional(sink.images);
}

/// Where the plain reader takes all of a source, what the other one makes of it is the same.
void compare_with_plain(std::string_view source, RecordKind kind) {
  const auto plain = read_plainly(source, kind, /*is_strict=*/true);
  if (!plain) return;
  FormatReader other({.kind = kind});
  other.read(source);
  other.finish();
  const std::string lines = other.take_lines();
  require(*plain == (lines.empty() ? "" : read_plainly(lines, kind, /*is_strict=*/false)),
          "a plain source is read as something else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view source(reinterpret_cast<const char*>(data + 1), size - 1);
  for (const RecordKind kind : {RecordKind::jobs, RecordKind::images}) {
    const std::string whole = read(source, source.size() + 1, kind);
    require(read(source, 1 + data[0] % 37, kind) == whole, "chunks change what is read");
    compare_with_plain(source, kind);
  }
  static_cast<void>(rekognition_jobs::formats::source_kind(source));
  return 0;
}
