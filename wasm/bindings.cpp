// Binds the engine of jobs to its names in JavaScript.
#include <emscripten/bind.h>

#include "engine.h"
#include "error_values.h"
#include "importer.h"
#include "jobs/fields.h"
#include "operation_driver.h"
#include "operations.h"
#include "query_values.h"
#include "snapshots.h"

EMSCRIPTEN_BINDINGS(rekognition_jobs) {
  using namespace emscripten;
  using namespace rekognition_jobs;
  using namespace rekognition_jobs::wasm;

  class_<Engine>("Engine")
      .constructor<std::uint32_t, int, double, bool>()
      .function("size", &Engine::size)
      .function("clear", &Engine::clear)
      .function("namesBucket", &Engine::names_bucket)
      .function("get", &Engine::get)
      .function("query", &Engine::query)
      .function("tokens", &Engine::tokens);

  class_<View>("View")
      .function("size", &View::size)
      .function("part", &View::part)
      .function("written", &View::written)
      .function("indexOf", &View::index_of)
      .function("facets", &View::facets)
      .function("histogram", &View::histogram);

  class_<Importer>("Importer")
      .constructor<const Engine&, double>()
      .function("reserve", &Importer::reserve)
      .function("commit", &Importer::commit)
      .function("finish", &Importer::finish)
      .function("hasStopped", &Importer::has_stopped)
      .function("place", &Importer::place)
      .function("leftOver", &Importer::left_over)
      .function("knowToken", &Importer::know_token)
      .function("readLines", &Importer::read_lines)
      .function("added", &Importer::added)
      .function("updated", &Importer::updated)
      .function("unchanged", &Importer::unchanged)
      .function("rejectedCount", &Importer::rejected_count)
      .function("found", &Importer::found);

  class_<OperationDriver>("OperationDriver")
      .function("next", &OperationDriver::next)
      .function("fulfilled", &OperationDriver::fulfilled)
      .function("reserve", &OperationDriver::reserve)
      .function("lostConnection", &OperationDriver::lost_connection)
      .function("timedOut", &OperationDriver::timed_out)
      .function("error", &OperationDriver::error)
      .function("retries", &OperationDriver::retries);

  class_<ListOperation, base<OperationDriver>>("ListOperation")
      .constructor<const Engine&, const val&, const val&>()
      .function("nextPage", &ListOperation::next_page)
      .function("page", &ListOperation::page)
      .function("nextToken", &ListOperation::next_token);

  class_<GetOperation, base<OperationDriver>>("GetOperation")
      .constructor<const Engine&, const std::string&>()
      .function("job", &GetOperation::job);

  class_<RawOperation, base<OperationDriver>>("RawOperation")
      .constructor<const Engine&, const std::string&, const std::string&, const std::string&>()
      .function("answer", &RawOperation::answer);

  class_<SyncOperation, base<OperationDriver>>("SyncOperation")
      .function("added", &SyncOperation::added)
      .function("updated", &SyncOperation::updated)
      .function("unchanged", &SyncOperation::unchanged)
      .function("pages", &SyncOperation::pages)
      .function("isDone", &SyncOperation::is_done)
      .function("stop", &SyncOperation::stop);

  class_<SnapshotWriting>("SnapshotWriting").function("part", &SnapshotWriting::part);

  class_<SnapshotReading>("SnapshotReading")
      .constructor<const Engine&>()
      .function("reserve", &SnapshotReading::reserve)
      .function("commit", &SnapshotReading::commit)
      .function("knowToken", &SnapshotReading::know_token)
      .function("finish", &SnapshotReading::finish)
      .function("error", &SnapshotReading::error)
      .function("about", &SnapshotReading::about);

  function("writeSnapshot", &SnapshotWriting::begin);
  function("load", &SyncOperation::load);
  function("refresh", &SyncOperation::refresh);
  function("isFacetField", &is_facet_field);
  function("isHistogramField", &is_histogram_field);
  function("queryFields", &query_fields_value<job_query_schema>);
  function("readError", &read_error_value);
}
