// Writes a store as bytes that a SnapshotReader reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "../columns/bitmap.h"
#include "store.h"

namespace rekognition_jobs {

/// The jobs as they are when it is made: what the store takes in later is left out. It holds no copy of them, but a bit
/// a row, and one part at a time.
class SnapshotWriter {
 public:
  /// `notes` are kept beside the jobs, whatever they are.
  SnapshotWriter(std::shared_ptr<const JobStore> store, std::string notes);

  /// Bytes that a writer of this store, and each part, allocate at most, beside the notes.
  [[nodiscard]] static std::uint64_t bytes_to_write(const JobStore& store);

  /// Appends the next part, of some 256 kB. Linear in it.
  void append_part(std::string& out);

  /// Whether all parts were given.
  [[nodiscard]] bool is_done() const { return is_done_; }

 private:
  void append_frame(std::string& out);

  std::shared_ptr<const JobStore> store_;
  std::string notes_;
  Bitmap current_;
  std::uint64_t checksum_ = 0;
  std::size_t part_ = 0;
  std::size_t at_ = 0;      ///< the part's next row, symbol or byte
  std::size_t within_ = 0;  ///< the next byte of the text there
  bool has_begun_ = false;
  bool is_done_ = false;
};

}  // namespace rekognition_jobs
