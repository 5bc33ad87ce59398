// The rules of NextToken.
#include "paginator.h"

#include <utility>

#include "page_token.h"

namespace rekognition_jobs {
namespace {

constexpr int most_restarts = 3;
constexpr std::string_view token_refused = "InvalidPaginationTokenException";

}  // namespace

Expected<Request, ServiceError> Paginator::request() {
  if (next_.next_token) sent_tokens_.insert(token_key(*next_.next_token));
  return list_request(next_);
}

std::optional<ServiceError> Paginator::page_read(std::optional<std::string> next_token) {
  ++pages_;
  next_.next_token = std::move(next_token);
  next_.is_token_given = true;
  if (!next_.next_token || next_.next_token->empty()) {
    next_.next_token.reset();
    is_done_ = true;
  } else if (next_.next_token->size() > longest_service_token) {
    const std::size_t size = std::exchange(next_.next_token, std::nullopt)->size();
    return ServiceError{.name = std::string(error_name::invalid_response),
                        .message = "the service gave a NextToken of " + std::to_string(size) + " bytes",
                        .attempts = 1};
  } else if (sent_tokens_.count(token_key(*next_.next_token)) != 0) {
    return ServiceError{.name = std::string(error_name::repeated_token),
                        .message = "the service gave a NextToken again that had been followed before",
                        .attempts = 1};
  }
  return std::nullopt;
}

std::optional<Request> Paginator::request_after(std::string_view next_token) const {
  if (next_token.empty() || sent_tokens_.count(token_key(next_token)) != 0) return std::nullopt;
  auto request =
      list_request({.next_token = std::string(next_token), .max_results = next_.max_results, .is_token_given = true});
  if (auto* good = std::get_if<Request>(&request)) return std::move(*good);
  return std::nullopt;
}

bool Paginator::recovers_from(const ServiceError& error) {
  if (error.name != token_refused || pages_ == 0 || restarts_ == most_restarts) return false;
  ++restarts_;
  next_.next_token.reset();
  sent_tokens_.clear();
  return true;
}

}  // namespace rekognition_jobs
