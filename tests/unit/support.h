// What the unit tests share: jobs from short descriptions, and sinks that remember.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/reader.h"
#include "jobs/sink.h"
#include "jobs/store.h"
#include "jobs/writer.h"

namespace rekognition_jobs::test {

/// Remembers what a reader finds; jobs in their JSON form.
class RememberingSink : public JobSink {
 public:
  struct Rejected {
    std::uint64_t offset;
    std::string message;
  };

  void on_job(const MediaAnalysisJob& job) override { append_json(jobs.emplace_back(), job); }
  void on_rejected(std::uint64_t offset, std::string_view message) override {
    rejected.push_back({offset, std::string(message)});
  }
  void on_next_token(std::string_view token) override { tokens.emplace_back(token); }

  std::vector<std::string> jobs;
  std::vector<Rejected> rejected;
  std::vector<std::string> tokens;
};

/// Puts every job into a store.
class StoringSink : public JobSink {
 public:
  explicit StoringSink(JobStore& store) : store_(store) {}

  void on_job(const MediaAnalysisJob& job) override { store_.put(job); }
  void on_rejected(std::uint64_t /*offset*/, std::string_view message) override { rejected.emplace_back(message); }

  std::vector<std::string> rejected;

 private:
  JobStore& store_;
};

/// Reads `text` in chunks of `chunk_size` bytes.
inline void read_all(JobReader& reader, std::string_view text, std::size_t chunk_size = 1 << 16) {
  for (std::size_t at = 0; at < text.size(); at += chunk_size) reader.read(text.substr(at, chunk_size));
  reader.finish();
}

/// "a, b, c", for failures that can be read.
inline std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

inline RememberingSink read_text(std::string_view text, std::size_t chunk_size = 1 << 16) {
  RememberingSink sink;
  JobReader reader(sink);
  read_all(reader, text, chunk_size);
  return sink;
}

/// A job with a JobId and, unless it is empty, a JobName.
inline MediaAnalysisJob make_job(std::string_view id, std::string_view name = {}) {
  MediaAnalysisJob job;
  job.members.insert(Member::Job);
  job.members.insert(Member::JobId);
  job.texts[index_of(Member::JobId)] = id;
  if (!name.empty()) {
    job.members.insert(Member::JobName);
    job.texts[index_of(Member::JobName)] = name;
  }
  return job;
}

/// A store of what `text` holds.
inline std::shared_ptr<JobStore> store_of(std::string_view text) {
  auto store = std::make_shared<JobStore>();
  StoringSink sink(*store);
  JobReader reader(sink);
  read_all(reader, text);
  return store;
}

}  // namespace rekognition_jobs::test
