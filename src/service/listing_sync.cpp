// Decides the order of the requests of a load and of a refresh.
#include "listing_sync.h"

#include <algorithm>
#include <utility>

#include "response.h"

namespace rekognition_jobs {

ListingSync ListingSync::all(std::optional<std::string> first_token, std::optional<Timestamp> newest,
                             bool is_token_given) {
  ListInput first;
  first.next_token = std::move(first_token);
  first.is_token_given = is_token_given;
  ListingSync sync(std::move(first), /*reads_all=*/true);
  sync.newest_ = newest;
  return sync;
}

ListingSync ListingSync::refresh(std::vector<std::string> unfinished_job_ids, std::optional<Timestamp> covered,
                                 SingleJobs& singles) {
  ListingSync sync(ListInput{}, /*reads_all=*/false);
  sync.covered_ = covered;
  sync.singles_ = &singles;
  for (std::string& job_id : unfinished_job_ids) {
    const bool may_be_known =
        singles.foreign.count(job_id) == 0 && std::holds_alternative<Request>(get_request(job_id));
    if (may_be_known) sync.unfinished_.insert(std::move(job_id));
  }
  return sync;
}

std::optional<Expected<Request, ServiceError>> ListingSync::next_request() {
  asked_job_id_.reset();
  if (is_listing()) {
    page_has_news_ = false;
    page_reaches_covered_ = false;
    return paginator_.request();
  }
  if (!asks_for_jobs()) return std::nullopt;
  ++single_jobs_;
  const auto after = unfinished_.upper_bound(singles_->last_asked);
  asked_job_id_ = std::move(unfinished_.extract(after == unfinished_.end() ? unfinished_.begin() : after).value());
  singles_->last_asked = *asked_job_id_;
  return get_request(*asked_job_id_);
}

std::optional<Request> ListingSync::request_after(std::string_view page) const {
  const auto token = reads_all_ && is_listing() ? outer_next_token(page) : std::nullopt;
  return token ? paginator_.request_after(*token) : std::nullopt;
}

void ListingSync::observe(std::string_view job_id, std::optional<Timestamp> created, bool changed) {
  const std::string id(job_id);
  unfinished_.erase(id);
  if (singles_ != nullptr) singles_->foreign.erase(id);
  if (!is_listing()) return;
  page_has_news_ |= changed;
  if (!created) return;
  page_reaches_covered_ |= covered_ && *created < *covered_;
  if (paginator_.pages() == 0 && !paginator_.next_token()) newest_ = std::max(newest_.value_or(*created), *created);
}

std::optional<ServiceError> ListingSync::page_read(std::optional<std::string> next_token) {
  auto error = paginator_.page_read(std::move(next_token));
  if (!error && page_reaches_covered_ && !page_has_news_) has_caught_up_ = true;
  return error;
}

bool ListingSync::recovers_from(const ServiceError& error) {
  if (!asked_job_id_) return paginator_.recovers_from(error);
  if (error.name != "ResourceNotFoundException") return false;
  singles_->foreign.insert(std::move(*asked_job_id_));
  asked_job_id_.reset();
  return true;
}

std::optional<std::string> ListingSync::next_token() const {
  if (!is_listing()) return std::nullopt;
  return paginator_.next_token();
}

}  // namespace rekognition_jobs
