// Each server that is talked to, with what was learnt of it: one that throttles does not slow down another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "retry_context.h"

namespace rekognition_jobs {

/// The RetryContexts by their peers' names: a service in a region, a host of S3.
class Peers {
 public:
  /// Those that are remembered while no call uses them. Names may come from files that anyone can write.
  static constexpr std::size_t most_kept = 64;

  Peers(std::uint32_t seed, const RetryOptions& options) : seed_(seed), options_(options) {}

  /// The peer of that name. It is shared by all that ask for it, and kept afterwards; of too many that no one uses, one
  /// of which nothing was learnt is forgotten first, then the one that was asked for the longest ago.
  [[nodiscard]] std::shared_ptr<RetryContext> of(const std::string& name);

  [[nodiscard]] std::size_t size() const { return peers_.size(); }

 private:
  struct Peer {
    std::string name;
    std::shared_ptr<RetryContext> context;
  };

  void forget_one();

  std::uint32_t seed_;  ///< of the next
  RetryOptions options_;
  std::vector<Peer> peers_;  ///< the one that was asked for last stands last
};

}  // namespace rekognition_jobs
