// What a job produced, as JavaScript holds it: a reading of a file, its views, and comparisons of two.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "results/comparison.h"
#include "results/result_sink.h"
#include "results/result_view.h"
#include "results/results_reader.h"

namespace rekognition_jobs::wasm {

class ComparisonHandle;

/// A ResultView for JavaScript. All texts are views of the module's memory: copy them at once.
class ResultsView {
 public:
  explicit ResultsView(ResultView view) : view_(std::move(view)) {}

  [[nodiscard]] std::size_t size() const { return view_.size(); }
  emscripten::val rows(std::size_t first, std::size_t count);
  emscripten::val facets(const std::string& field);

  /// `label` may be undefined.
  emscripten::val histogram(std::size_t buckets, const emscripten::val& label);

  /// `threshold` may be undefined.
  emscripten::val labels(const emscripten::val& threshold);
  [[nodiscard]] ResultsView flagged(double threshold) const { return ResultsView(view_.flagged(threshold)); }

  /// See answer_of(): it is fault() that tells why there is no answer.
  ResultsView* query(const std::string& text, const std::string& sort);
  [[nodiscard]] emscripten::val fault() const { return fault_; }

  [[nodiscard]] ComparisonHandle compare(const ResultsView& other, const emscripten::val& threshold) const;
  emscripten::val export_part(const std::string& format, std::size_t first, std::size_t count);

 private:
  ResultView view_;
  std::string text_;
  emscripten::val fault_ = emscripten::val::null();
};

class ComparisonHandle {
 public:
  explicit ComparisonHandle(Comparison comparison) : comparison_(std::move(comparison)) {}

  [[nodiscard]] emscripten::val counts() const;

  /// As bytes of JSON, a view of the module's memory: copy them at once.
  emscripten::val rows(std::size_t first, std::size_t count);

 private:
  Comparison comparison_;
  std::string text_;
};

/// Takes a source's bytes from JavaScript chunk by chunk into a set of results.
class ResultsReading : private ResultSink {
 public:
  ResultsReading() : reader_(*this) {}

  /// A Uint8Array of `size` bytes in the module's memory: fill it at once, then commit().
  emscripten::val reserve(std::size_t size);
  void commit(std::size_t size) { reader_.commit(size); }
  void finish() { reader_.finish(); }

  [[nodiscard]] std::size_t images() const { return set_->store.row_count(); }
  [[nodiscard]] std::size_t rejected_count() const { return rejected_count_; }

  /// The first rejections, as an array of { line, offset, message }.
  [[nodiscard]] emscripten::val rejected() const;

  /// The manifest summary as JSON text, if the source was or held one; else undefined.
  [[nodiscard]] emscripten::val summary() const;

  /// Every image, once the source has ended.
  [[nodiscard]] ResultsView view() const { return ResultsView(ResultView(set_)); }

 private:
  struct Rejected {
    std::uint64_t line;
    std::uint64_t offset;
    std::string message;
  };

  /// Rejections that are kept; all are counted.
  static constexpr std::size_t most_rejected = 100;

  void on_image(const ImageResult& image) override { set_->store.put(image); }
  void on_summary(const ManifestSummary& summary) override { summary_ = summary; }
  void on_rejected(std::uint64_t line, std::uint64_t offset, std::string_view message) override;

  std::shared_ptr<ResultSet> set_ = std::make_shared<ResultSet>();
  ResultsReader reader_;
  std::optional<ManifestSummary> summary_;
  std::vector<Rejected> rejected_;
  std::size_t rejected_count_ = 0;
};

/// Whether `name` is what facets count.
[[nodiscard]] bool is_result_facet(const std::string& name);

}  // namespace rekognition_jobs::wasm
