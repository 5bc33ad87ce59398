// What to ask the service to bring a store up to date: pages of the list, then single jobs that the pages did not
// reach.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/lister.h"
#include "service/request.h"
#include "service/service_error.h"
#include "time/timestamp.h"

namespace rekognition_jobs {

/// Reads the list from its newest page (or from a token) on. A refresh stops at the first page that brings nothing new
/// and reaches what an earlier reading has covered, and then asks for each unfinished job that no page has shown. Knows
/// nothing of stores: it is told what was seen.
class Loader {
 public:
  /// Every page from `first_token` on, or from the newest. `newest` is that of the reading which is gone on with.
  [[nodiscard]] static Loader all(std::optional<std::string> first_token, std::optional<Timestamp> newest);

  /// Only what is new, and what was unfinished; a JobId that the service would refuse came from a file and is not asked
  /// for. All jobs created up to `covered` have been read before; nothing when no
  /// reading has ever reached the list's end.
  [[nodiscard]] static Loader refresh(std::vector<std::string> unfinished_job_ids, std::optional<Timestamp> covered);

  /// The next request, or nothing when all is read.
  [[nodiscard]] std::optional<OrServiceError<Request>> next_request();

  /// The request that a page with this body most likely leads to, so that it can be sent before the page is read.
  /// Nothing when that is not plain to see, or when the page decides.
  [[nodiscard]] std::optional<Request> request_after(std::string_view page) const;

  /// Whether the last request was for a page; otherwise it was for a job.
  [[nodiscard]] bool is_listing() const { return !lister_.done() && !has_caught_up_; }

  /// A job was read; `is_news` when it was unknown, has changed, or is unfinished.
  void saw(std::string_view job_id, std::optional<Timestamp> created, bool is_news);

  /// The job that the last request was for has been read.
  void job_read() { asked_job_id_.reset(); }

  /// The page that the last request was for has been read. A RepeatedTokenError is final.
  [[nodiscard]] std::optional<ServiceError> page_read(std::optional<std::string> next_token);

  /// The last request failed. True when there is a way on: the list is read again from its start, or the service has
  /// forgotten the job that was asked for.
  [[nodiscard]] bool recovers_from(const ServiceError& error);

  [[nodiscard]] bool done() const { return !is_listing() && unfinished_.empty() && !asked_job_id_; }
  [[nodiscard]] int pages() const { return lister_.pages(); }

  /// When the newest job on the reading's first page was created: once the reading is done, all up to then is covered.
  [[nodiscard]] std::optional<Timestamp> newest() const { return newest_; }

  /// Where the list goes on; nothing at its start, at its end, or once only single jobs are left to ask for.
  [[nodiscard]] std::optional<std::string> next_token() const;

 private:
  Loader(ListInput first, bool reads_all) : lister_(std::move(first)), reads_all_(reads_all) {}

  Lister lister_;
  bool reads_all_;
  std::optional<Timestamp> covered_;
  std::optional<Timestamp> newest_;
  bool has_caught_up_ = false;
  bool page_has_news_ = false;
  bool page_reaches_covered_ = false;
  std::set<std::string> unfinished_;
  std::optional<std::string> asked_job_id_;
};

}  // namespace rekognition_jobs
