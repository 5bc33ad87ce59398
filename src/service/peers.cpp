// Makes peers and forgets them.
#include "peers.h"

#include <algorithm>

namespace rekognition_jobs {

std::shared_ptr<RetryContext> Peers::of(const std::string& name) {
  const auto found = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& peer) { return peer.name == name; });
  if (found != peers_.end()) {
    std::rotate(found, found + 1, peers_.end());
  } else {
    if (peers_.size() >= most_kept) forget_one();
    peers_.push_back({name, std::make_shared<RetryContext>(seed_++, options_)});
  }
  return peers_.back().context;
}

void Peers::forget_one() {
  const auto is_idle = [](const Peer& peer) { return peer.context.use_count() == 1; };
  auto least = std::find_if(peers_.begin(), peers_.end(),
                            [&](const Peer& peer) { return is_idle(peer) && peer.context->is_at_rest(); });
  if (least == peers_.end()) least = std::find_if(peers_.begin(), peers_.end(), is_idle);
  if (least != peers_.end()) peers_.erase(least);
}

}  // namespace rekognition_jobs
