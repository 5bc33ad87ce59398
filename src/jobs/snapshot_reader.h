// Reads a store from the bytes that a SnapshotWriter wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "../json/json_writer.h"
#include "snapshot_error.h"
#include "snapshot_parts.h"
#include "store.h"

namespace rekognition_jobs {

/// Takes the bytes in chunks of any size. Whatever they are, nothing but a store that put() could have made comes of
/// them. Of the bytes themselves it holds a frame at most, so that only the store takes memory. Linear in the bytes.
class SnapshotReader {
 public:
  /// Fills `store`, which is empty, and of no use before finish().
  explicit SnapshotReader(std::shared_ptr<JobStore> store) : store_(std::move(store)) {}

  /// Room for the next `size` bytes, which commit() then reads as far as frames are whole. Once there is an error, all
  /// that follows is left unread.
  [[nodiscard]] std::span<char> prepare(std::size_t size);
  SnapshotError commit(std::size_t size);

  /// Copies and reads the next bytes.
  SnapshotError read(std::string_view bytes);

  /// The bytes have ended. Without an error, store() is whole.
  SnapshotError finish();

  /// Bytes that are held until more come.
  [[nodiscard]] std::size_t bytes_kept() const { return end_ - begin_; }

  [[nodiscard]] const std::shared_ptr<JobStore>& store() const { return store_; }

  /// What was given to the writer.
  [[nodiscard]] const std::string& notes() const { return notes_; }

 private:
  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(begin_, bytes_kept()); }

  SnapshotError read_head();
  SnapshotError read_payload(std::string_view payload);
  SnapshotError stop(SnapshotError error) { return error_ = error; }

  std::shared_ptr<JobStore> store_;
  std::string notes_;
  std::string text_;  ///< of a dictionary, which goes on in the next frame
  /// Of the parts before the one at hand, in sum; and of a packed JobId.
  TextSize longest_{times_of_job_id * packed_job_id_size, times_of_job_id * longest_escape * packed_job_id_size};
  TextSize longest_of_part_;
  TextSize stretches_;  ///< of a text that goes on
  std::string buffer_;
  std::size_t begin_ = 0;  ///< of what is kept
  std::size_t end_ = 0;
  std::uint64_t checksum_ = 0;
  std::uint8_t part_ = 0;
  bool has_head_ = false;
  bool is_at_end_ = false;
  SnapshotError error_ = SnapshotError::none;
};

}  // namespace rekognition_jobs
