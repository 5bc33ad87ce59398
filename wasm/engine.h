// The engine as JavaScript holds it: a store, its orders, and what its calls of the service share.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <memory>
#include <string>

#include "jobs/intake.h"
#include "jobs/query.h"
#include "service/page_token.h"
#include "service/peers.h"
#include "service/sync_state.h"

namespace rekognition_jobs::wasm {

/// What an engine and all that work for it share; lives as long as the last of them.
struct EngineState {
  EngineState(std::uint32_t seed, const RetryOptions& retries)
      : jobs{.store = std::make_shared<JobStore>(seed)}, peers(seed, retries) {}

  JobIndex jobs;
  Peers peers;

  SyncState sync;

  GivenTokens given_tokens;

  /// How often the store was cleared. A reading of the list that began before the last time must begin anew.
  std::uint32_t clears = 0;

  RunningIntakes imports;

  /// Forgets all, as if that came before every call that runs. What imports have put in stays, since they cannot read
  /// their sources again. False, and nothing is forgotten, when memory is full.
  bool clear();

  /// Lets go of replaced rows when they outnumber the current ones, before more come in. Views keep theirs.
  void make_room();
};

class Engine {
 public:
  /// `seed` is for the jitter of waits, and keys the hashes of the store. `max_retry_after` is in milliseconds.
  Engine(std::uint32_t seed, int max_attempts, double max_retry_after, bool renews_credentials)
      : state_(std::make_shared<EngineState>(seed, RetryOptions{.max_attempts = max_attempts,
                                                                .can_renew_credentials = renews_credentials,
                                                                .max_retry_after = max_retry_after})) {}

  [[nodiscard]] std::size_t size() const { return state_->jobs.store->size(); }
  bool clear() { return state_->clear(); }

  /// Whether a job has an object in the bucket, or is to write there.
  [[nodiscard]] bool names_bucket(const std::string& bucket) const { return state_->jobs.store->names_bucket(bucket); }

  /// The job as bytes of JSON, null if there is none, or undefined when memory is full. The bytes are a view of the
  /// module's memory: copy them at once.
  emscripten::val get(const std::string& job_id);

  /// See run_query(): of a View.
  emscripten::val query(const std::string& text, const std::string& sort, double now);

  /// A query's tokens as bytes of JSON, a view of the module's memory: copy them at once. Undefined when memory is
  /// full.
  emscripten::val tokens(const std::string& text);

  [[nodiscard]] const std::shared_ptr<EngineState>& state() const { return state_; }

 private:
  std::shared_ptr<EngineState> state_;
  std::string json_;
  std::string scratch_;
};

/// Whether `name` is what facets count, and a field or top-level member of a type that makes a histogram.
[[nodiscard]] bool is_facet_field(const std::string& name);
[[nodiscard]] bool is_histogram_field(const std::string& name);

/// A JobView for JavaScript. All texts are views of the module's memory: copy them at once. Whatever is asked for is
/// undefined when memory is full.
class View {
 public:
  explicit View(JobView view) : view_(std::move(view)) {}

  [[nodiscard]] std::size_t size() const { return view_.size(); }
  /// See JobView::append_part(); `format` is an ExportFormat. written() tells how many rows it holds.
  emscripten::val part(int format_number, std::size_t first, std::size_t count);
  [[nodiscard]] std::size_t written() const { return written_; }
  /// -1 when the job is not among the rows.
  [[nodiscard]] emscripten::val index_of(const std::string& job_id);
  emscripten::val facets(const std::string& field);
  emscripten::val histogram(const std::string& field, std::size_t buckets);

 private:
  JobView view_;
  std::string text_;
  std::size_t written_ = 0;
};

}  // namespace rekognition_jobs::wasm
