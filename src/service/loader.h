// What to ask the service to bring a store up to date: pages of the list, then single jobs that the pages did not
// reach.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "service/lister.h"
#include "service/request.h"
#include "service/service_error.h"

namespace rekognition_jobs {

/// Reads the list from its newest page (or from a token) on. A refresh stops at the first page that brings nothing new,
/// and then asks for each unfinished job that no page has shown. Knows nothing of stores: it is told what was seen.
class Loader {
 public:
  /// Every page from `first_token` on, or from the newest.
  [[nodiscard]] static Loader all(std::optional<std::string> first_token);

  /// Only what is new, and what was unfinished.
  [[nodiscard]] static Loader refresh(std::vector<std::string> unfinished_job_ids);

  /// The next request, or nothing when all is read.
  [[nodiscard]] std::optional<OrServiceError<Request>> next_request();

  /// Whether the last request was for a page; otherwise it was for a job.
  [[nodiscard]] bool is_listing() const { return !lister_.done() && !has_caught_up_; }

  /// A job was read; `is_news` when it is unfinished, or was unknown or otherwise when the list was last known whole. A
  /// page without news means that there is none behind it either.
  void saw(std::string_view job_id, bool is_news);

  /// The job that the last request was for has been read.
  void job_read() { asked_job_id_.reset(); }

  /// The page that the last request was for has been read. A RepeatedTokenError is final.
  [[nodiscard]] std::optional<ServiceError> page_read(std::optional<std::string> next_token);

  /// The last request failed. True when there is a way on: the list is read again from its start, or the service has
  /// forgotten the job that was asked for.
  [[nodiscard]] bool recovers_from(const ServiceError& error);

  [[nodiscard]] bool done() const { return !is_listing() && unfinished_.empty() && !asked_job_id_; }
  [[nodiscard]] int pages() const { return lister_.pages(); }

  /// Where the list goes on; nothing at its start, at its end, or once only single jobs are left to ask for.
  [[nodiscard]] std::optional<std::string> next_token() const;

 private:
  explicit Loader(ListInput first) : lister_(std::move(first)) {}

  Lister lister_;
  bool stops_without_news_ = false;
  bool has_caught_up_ = false;
  bool page_has_news_ = false;
  std::unordered_set<std::string> unfinished_;
  std::optional<std::string> asked_job_id_;
};

}  // namespace rekognition_jobs
