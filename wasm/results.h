// The results of a job for JavaScript: the reader of a results file, its views, and the comparison of two views.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/can_allocate.h"
#include "bytes.h"
#include "results/comparison.h"
#include "results/image_checks.h"
#include "results/reader.h"
#include "results/sink.h"
#include "results/view.h"

namespace rekognition_jobs::wasm {

class ComparisonHandle;

/// A ResultView for JavaScript. All texts are views of the module's memory: copy them at once. Each function returns
/// undefined, or nothing, when memory is full.
class ResultsView {
 public:
  explicit ResultsView(ResultView view) : view_(std::move(view)) {}

  [[nodiscard]] std::size_t size() const { return view_.size(); }
  /// See ResultView::append_part(); `format` is an ExportFormat. written() is the number of rows in it.
  emscripten::val part(int format_number, std::size_t first, std::size_t count);
  [[nodiscard]] std::size_t written() const { return written_; }
  /// -1 when the image is not among the rows.
  emscripten::val index_of(const std::string& source_ref);
  emscripten::val facets(const std::string& field);

  /// `label` may be undefined.
  emscripten::val histogram(std::size_t buckets, const emscripten::val& label);

  /// `threshold` may be undefined.
  emscripten::val labels(const emscripten::val& threshold);
  [[nodiscard]] ResultsView* flagged(double threshold) const;

  /// See run_query(): of a ResultsView.
  emscripten::val query(const std::string& text, const std::string& sort);
  emscripten::val tokens(const std::string& text);

  [[nodiscard]] ComparisonHandle* compare(const ResultsView& other, const emscripten::val& threshold) const;

 private:
  /// Bytes that facets() and labels() allocate at most.
  [[nodiscard]] std::uint64_t bytes_to_count() const;

  ResultView view_;
  std::string text_;
  std::size_t written_ = 0;
};

/// A Comparison for JavaScript.
class ComparisonHandle {
 public:
  explicit ComparisonHandle(Comparison comparison) : comparison_(std::move(comparison)) {}

  [[nodiscard]] emscripten::val counts() const;

  /// As many changed images as fit into a part, as bytes of JSON, a view of the module's memory: copy them at once.
  /// Undefined when memory is full.
  emscripten::val rows(std::size_t first, std::size_t count);

 private:
  Comparison comparison_;
  std::string text_;
};

/// Reads the bytes of a source, chunk by chunk from JavaScript, into a set of results. Once it has stopped at another
/// form, what is left over goes to a FormatReading, whose lines come in again by readLines().
class ResultsReading : private ResultSink {
 public:
  /// `seed` keys the hashes of the store.
  explicit ResultsReading(std::uint32_t seed)
      : set_(std::make_shared<ResultSet>(seed)),
        plain_(std::make_unique<ResultsReader>(sink(), ResultsReader::Options{.stops_at_other_forms = true})) {}

  /// A Uint8Array of `size` bytes in the module's memory: fill it at once, then commit(). Undefined when memory is
  /// full.
  emscripten::val reserve(std::size_t size);

  // commit() reads the bytes in reserve(); finish() ends the source. False when memory became full: what did not fit is
  // left out.
  bool commit(std::size_t size);
  bool finish();

  [[nodiscard]] bool has_stopped() const { return plain_->has_stopped(); }

  /// Where it stopped: { offset, line, context, followsRecords } as bytes of JSON, and all bytes from there on. Views
  /// of the module's memory: copy them at once.
  emscripten::val place();
  [[nodiscard]] emscripten::val left_over() const { return view_of(plain_->left_over()); }

  /// From here on the source is lines of JSON, as the service writes results.
  void read_lines() { lines_ = std::make_unique<ResultsReader>(sink()); }

  [[nodiscard]] std::size_t images() const { return set_->store.row_count(); }
  [[nodiscard]] std::size_t rejected_count() const { return rejected_count_; }

  /// { format, rejectedCount, rejected, notices } as bytes of JSON, a view of the module's memory.
  emscripten::val found();

  /// The manifest summary as bytes of JSON, if the source was or contained one; else undefined. The bytes are a view of
  /// the module's memory: copy them at once.
  emscripten::val summary();

  /// Every image, once the source has ended; nothing when memory is full.
  [[nodiscard]] ResultsView* view() const;

 private:
  struct Rejected {
    std::uint64_t line;
    std::uint64_t offset;
    std::string message;
  };

  /// Rejections that are kept; all are counted.
  static constexpr std::size_t most_rejected = 100;

  /// Announces text of so many bytes; returns whether there is memory to read it.
  [[nodiscard]] bool expects(std::size_t text_size) {
    room_.begin(text_size);
    return room_.has_room(set_->store);
  }

  [[nodiscard]] ResultSink& sink() { return *this; }
  [[nodiscard]] ResultsReader& reader() { return lines_ ? *lines_ : *plain_; }

  void on_image(const ImageResult& image) override {
    is_full_ = is_full_ || !room_.has_room(set_->store);
    if (is_full_) return;
    if (!set_->store.put(image)) return on_rejected(0, 0, "the store is full");
    checks_.take(image);
  }
  void on_summary(const ManifestSummary& summary) override;
  void on_rejected(std::uint64_t line, std::uint64_t offset, std::string_view message) override;

  std::shared_ptr<ResultSet> set_;
  std::unique_ptr<ResultsReader> plain_;
  std::unique_ptr<ResultsReader> lines_;
  std::span<char> room_for_bytes_;
  std::string head_;
  ImageChecks checks_;
  std::string json_;
  std::string summary_;  ///< as JSON, or empty
  std::vector<Rejected> rejected_;
  std::size_t rejected_count_ = 0;
  StoreRoom room_;
  bool is_full_ = false;
};

/// Whether facets() can count the field of that name.
[[nodiscard]] bool is_result_facet(const std::string& name);

}  // namespace rekognition_jobs::wasm
