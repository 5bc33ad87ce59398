// Decides what to request from the service to bring a store up to date: pages of the list, then single jobs that the
// pages did not reach.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "../base/timestamp.h"
#include "paginator.h"
#include "request.h"
#include "service_error.h"

namespace rekognition_jobs {

/// What is known of the jobs that refreshes ask for one by one.
struct SingleJobs {
  std::string last_asked;
  std::set<std::string> foreign;  ///< those that the service does not know: they came from a file
};

/// Reads the list from its newest page (or from a token) on. A refresh stops at the first page that brings nothing new
/// and reaches what earlier readings have covered (see Coverage), and then asks for unfinished jobs that no page has
/// shown, one by one, most_single_jobs of them: the next refresh goes on with the others. Knows nothing of stores: it
/// is told what was seen.
class ListingSync {
 public:
  /// Single jobs that a refresh asks for at most.
  static constexpr std::size_t most_single_jobs = 100;

  /// Every page from `first_token` on, or from the newest. `newest` is that of the reading which is gone on with;
  /// nothing when the pages before `first_token` were not read. `is_token_given`: see ListInput.
  [[nodiscard]] static ListingSync all(std::optional<std::string> first_token, std::optional<Timestamp> newest,
                                       bool is_token_given = false);

  /// Only what is new, and what was unfinished; a JobId that the service would refuse came from a file and is not asked
  /// for. All jobs created before `covered` have been read before; nothing when no reading has ever reached the list's
  /// end. `singles` outlives the sync, and goes from one refresh to the next.
  [[nodiscard]] static ListingSync refresh(std::vector<std::string> unfinished_job_ids,
                                           std::optional<Timestamp> covered, SingleJobs& singles);

  /// The next request, or nothing when all is read.
  [[nodiscard]] std::optional<Expected<Request, ServiceError>> next_request();

  /// The request that a page with this body most likely leads to, so that it can be sent before the page is read.
  /// Nothing when that is not plain to see, or when the page decides.
  [[nodiscard]] std::optional<Request> request_after(std::string_view page) const;

  /// Whether the last request was for a page; otherwise it was for a job.
  [[nodiscard]] bool is_listing() const { return !paginator_.done() && !has_caught_up_; }

  /// A job was read; `changed` when it was unknown, has changed, or is unfinished.
  void observe(std::string_view job_id, std::optional<Timestamp> created, bool changed);

  /// The job that the last request was for has been read.
  void job_read() { asked_job_id_.reset(); }

  /// The page that the last request was for has been read. A RepeatedTokenError is final.
  [[nodiscard]] std::optional<ServiceError> page_read(std::optional<std::string> next_token);

  /// The last request failed. True when there is a way on: the list is read again from its start, or the service has
  /// forgotten the job that was asked for.
  [[nodiscard]] bool recovers_from(const ServiceError& error);

  [[nodiscard]] bool done() const { return !is_listing() && !asks_for_jobs() && !asked_job_id_; }
  [[nodiscard]] int pages() const { return paginator_.pages(); }

  /// When the newest job of the list's first page was created: all before then is covered once the list has been read.
  /// Nothing when the pages before the first token were not read.
  [[nodiscard]] std::optional<Timestamp> newest() const { return newest_; }

  /// Where the list goes on; nothing at its start, at its end, or once only single jobs are left to ask for.
  [[nodiscard]] std::optional<std::string> next_token() const;

 private:
  ListingSync(ListInput first, bool reads_all) : paginator_(std::move(first)), reads_all_(reads_all) {}

  [[nodiscard]] bool asks_for_jobs() const { return !unfinished_.empty() && single_jobs_ < most_single_jobs; }

  Paginator paginator_;
  bool reads_all_;
  std::optional<Timestamp> covered_;
  std::optional<Timestamp> newest_;
  bool has_caught_up_ = false;
  bool page_has_news_ = false;
  bool page_reaches_covered_ = false;
  std::set<std::string> unfinished_;
  std::size_t single_jobs_ = 0;  ///< asked for
  SingleJobs* singles_ = nullptr;
  std::optional<std::string> asked_job_id_;
};

}  // namespace rekognition_jobs
