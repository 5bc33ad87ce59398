// A query's answer: some of a store's rows in an order, paged, counted and written out.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "job/job_writer.h"
#include "query/summary.h"
#include "store/job_store.h"

namespace rekognition_jobs {

enum class ExportFormat : std::uint8_t {
  json,    ///< the API's response: { "MediaAnalysisJobs": [ … ] }
  ndjson,  ///< a job a line
  csv,     ///< RFC 4180, with a header
};

/// A snapshot: rows never change, so what the store takes in later does not show here.
class JobView {
 public:
  JobView(std::shared_ptr<const JobStore> store, std::vector<Row> rows)
      : store_(std::move(store)), rows_(std::move(rows)) {}

  [[nodiscard]] std::size_t size() const { return rows_.size(); }

  /// At most `count` rows from `first` on; fewer at the end.
  [[nodiscard]] std::span<const Row> rows(std::size_t first, std::size_t count) const;

  /// Appends those rows as a JSON array of jobs, timestamps in milliseconds.
  void append_array(std::string& out, std::size_t first, std::size_t count) const;

  /// Appends the part of an export that holds those rows. Parts from row 0 on, in succession and without a gap, make
  /// the whole; the last one, which an empty view has too, is the one that reaches size().
  void append_export(std::string& out, ExportFormat format, std::size_t first, std::size_t count) const;

  [[nodiscard]] std::vector<Facet> facets(const Field& field) const {
    return rekognition_jobs::facets(*store_, rows_, field);
  }
  [[nodiscard]] std::vector<Bucket> histogram(const Field& field, std::size_t bucket_count) const {
    return rekognition_jobs::histogram(*store_, rows_, field, bucket_count);
  }

 private:
  void append_jobs(std::string& out, std::span<const Row> rows, bool follows_others, TimestampUnit unit) const;

  std::shared_ptr<const JobStore> store_;
  std::vector<Row> rows_;
};

}  // namespace rekognition_jobs
