// The order of a load's and a refresh's requests.
#include "service/loader.h"

#include <algorithm>
#include <utility>

#include "service/answer.h"

namespace rekognition_jobs {

Loader Loader::all(std::optional<std::string> first_token, std::optional<Timestamp> newest) {
  ListInput first;
  first.next_token = std::move(first_token);
  Loader loader(std::move(first), /*reads_all=*/true);
  loader.newest_ = newest;
  return loader;
}

Loader Loader::refresh(std::vector<std::string> unfinished_job_ids, std::optional<Timestamp> covered) {
  Loader loader(ListInput{}, /*reads_all=*/false);
  loader.covered_ = covered;
  for (std::string& job_id : unfinished_job_ids) loader.unfinished_.insert(std::move(job_id));
  return loader;
}

std::optional<OrServiceError<Request>> Loader::next_request() {
  asked_job_id_.reset();
  if (is_listing()) {
    page_has_news_ = false;
    page_reaches_covered_ = false;
    return lister_.request();
  }
  while (!unfinished_.empty()) {
    std::string job_id = std::move(unfinished_.extract(unfinished_.begin()).value());
    auto request = get_request(job_id);
    if (std::holds_alternative<ServiceError>(request)) continue;
    asked_job_id_ = std::move(job_id);
    return request;
  }
  return std::nullopt;
}

std::optional<Request> Loader::request_after(std::string_view page) const {
  const auto token = reads_all_ && is_listing() ? outer_next_token(page) : std::nullopt;
  return token ? lister_.request_after(*token) : std::nullopt;
}

void Loader::saw(std::string_view job_id, std::optional<Timestamp> created, bool is_news) {
  unfinished_.erase(std::string(job_id));
  if (!is_listing()) return;
  page_has_news_ |= is_news;
  if (!created) return;
  page_reaches_covered_ |= covered_ && *created <= *covered_;
  if (lister_.pages() == 0 && !lister_.next_token()) newest_ = std::max(newest_.value_or(*created), *created);
}

std::optional<ServiceError> Loader::page_read(std::optional<std::string> next_token) {
  auto error = lister_.page_read(std::move(next_token));
  if (!error && page_reaches_covered_ && !page_has_news_) has_caught_up_ = true;
  return error;
}

bool Loader::recovers_from(const ServiceError& error) {
  if (!asked_job_id_) return lister_.recovers_from(error);
  if (error.name != "ResourceNotFoundException") return false;
  asked_job_id_.reset();
  return true;
}

std::optional<std::string> Loader::next_token() const {
  if (!is_listing()) return std::nullopt;
  return lister_.next_token();
}

}  // namespace rekognition_jobs
