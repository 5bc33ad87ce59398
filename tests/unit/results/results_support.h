// What the unit tests of results share: a sink that remembers, and results from short texts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "results/reader.h"
#include "results/view.h"
#include "results/writer.h"

namespace rekognition_jobs::test {

/// Remembers what a reader finds, all in its JSON form.
class RememberingResults : public ResultSink {
 public:
  struct Rejected {
    std::uint64_t line;
    std::uint64_t offset;
    std::string message;
  };

  void on_image(const ImageResult& image) override { append_json(images.emplace_back(), image); }
  void on_summary(const ManifestSummary& summary) override { append_json(summaries.emplace_back(), summary); }
  void on_rejected(std::uint64_t line, std::uint64_t offset, std::string_view message) override {
    rejected.push_back({line, offset, std::string(message)});
  }

  std::vector<std::string> images;
  std::vector<std::string> summaries;
  std::vector<Rejected> rejected;
};

/// Puts every image into a set.
class StoringResults : public ResultSink {
 public:
  void on_image(const ImageResult& image) override { set->store.put(image); }
  void on_summary(const ManifestSummary& /*summary*/) override {}
  void on_rejected(std::uint64_t /*line*/, std::uint64_t /*offset*/, std::string_view message) override {
    rejected.emplace_back(message);
  }

  std::shared_ptr<ResultSet> set = std::make_shared<ResultSet>();
  std::vector<std::string> rejected;
};

inline void read_all(ResultsReader& reader, std::string_view text, std::size_t chunk_size) {
  for (std::size_t at = 0; at < text.size(); at += chunk_size) reader.read(text.substr(at, chunk_size));
  reader.finish();
}

inline RememberingResults read_results(std::string_view text, std::size_t chunk_size = 1 << 16,
                                       ResultsReader::Options options = {}) {
  RememberingResults sink;
  ResultsReader reader(sink, options);
  read_all(reader, text, chunk_size);
  return sink;
}

inline ResultView view_of_results(std::string_view text) {
  StoringResults sink;
  ResultsReader reader(sink);
  read_all(reader, text, 1 << 16);
  return ResultView(sink.set);
}

/// A line of an image "s3://b/<name>" with these labels, each the inside of an object.
inline std::string result_line(std::string_view name, const std::vector<std::string>& labels,
                               std::string_view more = {}) {
  std::string line = "{\"source-ref\":\"s3://b/" + std::string(name) + "\",\"detect-moderation-labels\":{";
  line += "\"ModerationLabels\":[";
  for (const std::string& label : labels) line.append(&label == &labels.front() ? "{" : ",{").append(label).append("}");
  return line.append("]").append(more).append("}}\n");
}

/// The inside of a label's object.
inline std::string label(std::string_view name, std::string_view parent, int level, std::string_view confidence) {
  return "\"Confidence\":" + std::string(confidence) + ",\"Name\":\"" + std::string(name) + "\",\"ParentName\":\"" +
         std::string(parent) + "\",\"TaxonomyLevel\":" + std::to_string(level);
}

}  // namespace rekognition_jobs::test
