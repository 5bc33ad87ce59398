// The scan of plainly written lines against the full parser alone: the same images, the same rejections at the same
// bytes, whatever the source is and wherever its chunks end; and what was read is written so that it reads the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "results/reader.h"
#include "results/view.h"
#include "results/writer.h"

namespace {

using namespace rekognition_jobs;

/// All that a reader tells, as text, and the images by themselves.
class Transcript : public ResultSink {
 public:
  void on_image(const ImageResult& image) override {
    append_json(images, image);
    images += '\n';
    set->store.put(image);
    text.append("image ").append(std::to_string(images.size())).append("\n");
  }
  void on_summary(const ManifestSummary& summary) override {
    append_json(text.append("summary "), summary);
    text += '\n';
  }
  void on_rejected(std::uint64_t line, std::uint64_t offset, std::string_view message) override {
    text.append("rejected ").append(std::to_string(line)).append(" ").append(std::to_string(offset)).append(" ");
    text.append(message).append("\n");
  }

  std::string images;
  std::string text;
  std::shared_ptr<ResultSet> set = std::make_shared<ResultSet>();
};

Transcript read(std::string_view source, std::size_t chunk_size, bool scans_plain_lines) {
  Transcript transcript;
  ResultsReader reader(transcript, {.longest_line = 2048, .scans_plain_lines = scans_plain_lines});
  for (std::size_t at = 0; at < source.size(); at += chunk_size) reader.read(source.substr(at, chunk_size));
  reader.finish();
  return transcript;
}

void require_equal(const std::string& expected, const std::string& found, const char* what) {
  if (expected == found) return;
  std::fprintf(stderr, "%s\n--- expected:\n%s--- found:\n%s", what, expected.c_str(), found.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view source(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t chunk_size = 1 + data[0] % 64;
  const Transcript expected = read(source, source.size() + 1, false);
  for (const std::size_t chunk : {source.size() + 1, chunk_size}) {
    const Transcript found = read(source, chunk, true);
    require_equal(expected.images, found.images, "images by the scan");
    require_equal(expected.text, found.text, "what else is told by the scan");
  }
  ResultView view(expected.set);
  std::string written;
  view.append_part(written, ExportFormat::ndjson, 0, view.size());
  require_equal(expected.images, written, "out of the store");
  const bool fits = written.size() <= 2048;
  if (fits && !written.empty())
    require_equal(written, read(written, chunk_size, true).images, "written and read again");
  static_cast<void>(view.labels(50));
  static_cast<void>(view.facets(ResultField::parent));
  return 0;
}
