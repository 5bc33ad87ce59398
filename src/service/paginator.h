// Requests the pages of ListMediaAnalysisJobs: which one comes next, and when to stop.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>

#include "request.h"
#include "service_error.h"

namespace rekognition_jobs {

/// Follows NextTokens from one page to the next, newest jobs first. Sees to it that nothing loops: a token is sent
/// once, and a walk whose token the service no longer takes starts again from the first page 3 times at most.
class Paginator {
 public:
  explicit Paginator(ListInput first) : next_(std::move(first)) {}

  /// The request for the next page; InvalidParameterException when the input is bad. Only while !done().
  [[nodiscard]] Expected<Request, ServiceError> request();

  /// The page has been read; `next_token` leads on, an absent or empty one ends the list. An error is final: a
  /// RepeatedTokenError, or an InvalidResponseError for a token of more than longest_service_token.
  [[nodiscard]] std::optional<ServiceError> page_read(std::optional<std::string> next_token);

  /// The request that will follow a page with this token; nothing when it will not be followed.
  [[nodiscard]] std::optional<Request> request_after(std::string_view next_token) const;

  /// The page could not be had. True when the walk starts again instead of failing.
  [[nodiscard]] bool recovers_from(const ServiceError& error);

  /// The list has been read to its end.
  [[nodiscard]] bool done() const { return is_done_; }

  /// Pages read.
  [[nodiscard]] int pages() const { return pages_; }

  /// Where to go on from: the token of the page that comes next. Nothing at the first page or the end.
  [[nodiscard]] const std::optional<std::string>& next_token() const { return next_.next_token; }

 private:
  ListInput next_;
  std::set<std::string> sent_tokens_;  ///< by their keys
  int pages_ = 0;
  int restarts_ = 0;
  bool is_done_ = false;
};

}  // namespace rekognition_jobs
