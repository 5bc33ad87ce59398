// A NextToken as callers have it: the service's own, or the AWS CLI's, which holds the service's.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "request.h"

namespace rekognition_jobs {

/// What is kept of a token to know it again: of a long one few bytes, since a list may have any number of pages.
[[nodiscard]] std::string token_key(std::string_view token);

/// The long tokens that the service gave, in answers or in files. Those of the usual length need not be known.
class GivenTokens {
 public:
  void add(std::string_view token);
  [[nodiscard]] bool has(std::string_view token) const;

 private:
  std::set<std::string> long_ones_;  ///< by their keys
};

/// What a caller's token asks for.
///
/// The CLI's, of `--max-items` (botocore, paginate.py: TokenEncoder), is base64 of JSON: {"NextToken": "the service's",
/// "boto_truncate_amount": 2}. The list goes on from the page of that token, or from the first page when it is null:
/// the jobs of the page that the CLI had printed come again, since the service knows pages alone.
[[nodiscard]] ListInput list_input(std::optional<std::string> token, std::optional<double> max_results,
                                   const GivenTokens& given);

}  // namespace rekognition_jobs
