// Snapshots of any bytes, with the checksums that the reader wants: it gives nothing, or a store that put() could have
// made, which answers, and is written and read again as the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "../unit/jobs/signed_frames.h"
#include "jobs/query.h"
#include "jobs/snapshot_reader.h"
#include "jobs/snapshot_writer.h"
#include "jobs/writer.h"

namespace {

using namespace rekognition_jobs;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

SnapshotError read(SnapshotReader& reader, std::string_view bytes, std::size_t chunk_size) {
  for (std::size_t at = 0; at < bytes.size(); at += chunk_size) reader.read(bytes.substr(at, chunk_size));
  return reader.finish();
}

std::string all_of(const JobStore& store) {
  std::string all;
  std::string scratch;
  for (std::size_t row = 0; row < store.row_count(); ++row) {
    append_json(all, store.job(static_cast<Row>(row), scratch));
    all += store.current_rows().contains(static_cast<Row>(row)) ? '+' : '-';
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view given(reinterpret_cast<const char*>(data), size);
  SnapshotReader as_given(std::make_shared<JobStore>(1));
  static_cast<void>(read(as_given, given, 1 + size / 3));

  const std::string bytes = test::with_checksums(given);
  SnapshotReader whole(std::make_shared<JobStore>(1));
  SnapshotReader in_chunks(std::make_shared<JobStore>(2));
  const SnapshotError error = read(whole, bytes, bytes.size());
  require(read(in_chunks, bytes, 1 + size % 61) == error, "chunks change what it is");
  if (error != SnapshotError::none) return 0;

  JobStore& store = *whole.store();
  const std::string all = all_of(store);
  require(all == all_of(*in_chunks.store()), "chunks change what it holds");
  std::string scratch;
  const std::size_t rows = store.row_count();
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = static_cast<Row>(i);
    if (!store.current_rows().contains(row)) continue;
    const MediaAnalysisJob job = store.job(row, scratch);
    require(store.find(job.texts[index_of(Member::JobId)]) == row, "a job is not found");
    require(store.put(job) == UpsertResult::unchanged, "a job is not what it is");
  }
  JobIndex jobs{.store = whole.store()};
  for (const std::string_view query :
       {"a", "name:a*", "-input:b has:code", "duration:>1s", "confidence:>5", "created:>2020"}) {
    for (const std::string_view sort : {"", "name", "-duration", "results", "confidence", "id"}) {
      auto answer = query_jobs(jobs, query, *parse_sort_key(sort), 0);
      auto& view = std::get<JobView>(answer);
      std::string out;
      view.append_part(out, ExportFormat::csv, 0, view.size());
      static_cast<void>(view.facets(*find_field_or_member("status")));
      static_cast<void>(view.histogram(*find_field_or_member("duration"), 3));
    }
  }

  SnapshotWriter writer(whole.store(), whole.notes());
  std::string written;
  while (!writer.is_done()) writer.append_part(written);
  SnapshotReader again(std::make_shared<JobStore>(3));
  require(read(again, written, written.size()) == SnapshotError::none, "what it writes it cannot read");
  require(all_of(*again.store()) == all && again.notes() == whole.notes(), "what it writes is something else");
  return 0;
}
