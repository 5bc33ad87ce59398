// The engine as JavaScript holds it: a store, its order, and what its calls of the service share.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "query/query.h"
#include "service/client.h"

namespace rekognition_jobs::wasm {

/// What an engine and all that work for it share; lives as long as the last of them.
struct EngineState {
  EngineState(std::uint32_t seed, int max_attempts, bool renews_credentials)
      : client(seed, max_attempts, renews_credentials) {}

  Collection jobs;
  Client client;

  /// Where a reading of the list, from its newest page on without a gap, has stopped, and its Loader::newest().
  std::optional<std::string> stopped_at_token;
  std::optional<Timestamp> stopped_newest;

  /// All jobs in the service's list that were created up to then have been read.
  std::optional<Timestamp> covered;

  /// Lets go of replaced rows when they outnumber the current ones, before more come in. Views keep theirs.
  void make_room();
};

class View;

class Engine {
 public:
  /// `seed` is for the jitter of waits.
  Engine(std::uint32_t seed, int max_attempts, bool renews_credentials)
      : state_(std::make_shared<EngineState>(seed, max_attempts, renews_credentials)) {}

  [[nodiscard]] std::size_t size() const { return state_->jobs.store->size(); }
  void clear();

  /// The job as bytes of JSON, or null. The bytes are a view of the module's memory: copy them at once.
  emscripten::val get(const std::string& job_id);

  /// See answer_of(): it is fault() that tells why there is no answer.
  View* query(const std::string& text, const std::string& sort, double now);
  [[nodiscard]] emscripten::val fault() const { return fault_; }

  [[nodiscard]] const std::shared_ptr<EngineState>& state() const { return state_; }

 private:
  std::shared_ptr<EngineState> state_;
  std::string json_;
  std::string scratch_;
  emscripten::val fault_ = emscripten::val::null();
};

/// Whether `name` is what facets count, and a field or top-level member of a type that makes a histogram.
[[nodiscard]] bool is_facet_field(const std::string& name);
[[nodiscard]] bool is_histogram_field(const std::string& name);

/// A JobView for JavaScript. All texts are views of the module's memory: copy them at once.
class View {
 public:
  explicit View(JobView view) : view_(std::move(view)) {}

  [[nodiscard]] std::size_t size() const { return view_.size(); }
  emscripten::val rows(std::size_t first, std::size_t count);
  /// -1 when the job is not among the rows.
  [[nodiscard]] int index_of(const std::string& job_id);
  emscripten::val facets(const std::string& field);
  emscripten::val histogram(const std::string& field, std::size_t buckets);
  emscripten::val export_part(const std::string& format, std::size_t first, std::size_t count);

 private:
  JobView view_;
  std::string text_;
};

}  // namespace rekognition_jobs::wasm
