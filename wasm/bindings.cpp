// The names under which JavaScript sees the engine of jobs.
#include <emscripten/bind.h>

#include "conversation.h"
#include "engine.h"
#include "error_values.h"
#include "importer.h"
#include "jobs/fields.h"
#include "operations.h"
#include "query_values.h"
#include "snapshots.h"

EMSCRIPTEN_BINDINGS(rekognition_jobs) {
  using namespace emscripten;
  using namespace rekognition_jobs;
  using namespace rekognition_jobs::wasm;

  class_<Engine>("Engine")
      .constructor<std::uint32_t, int, bool>()
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
      .function("readLines", &Importer::read_lines)
      .function("added", &Importer::added)
      .function("updated", &Importer::updated)
      .function("unchanged", &Importer::unchanged)
      .function("rejectedCount", &Importer::rejected_count)
      .function("found", &Importer::found);

  class_<Conversation>("Conversation")
      .function("advance", &Conversation::advance)
      .function("fulfilled", &Conversation::fulfilled)
      .function("reserve", &Conversation::reserve)
      .function("lostConnection", &Conversation::lost_connection)
      .function("timedOut", &Conversation::timed_out)
      .function("error", &Conversation::error)
      .function("retries", &Conversation::retries);

  class_<PageReader, base<Conversation>>("PageReader")
      .constructor<const Engine&, const val&, const val&>()
      .function("walkOn", &PageReader::walk_on)
      .function("page", &PageReader::page)
      .function("nextToken", &PageReader::next_token);

  class_<JobReading, base<Conversation>>("JobReading")
      .constructor<const Engine&, const std::string&>()
      .function("job", &JobReading::job);

  class_<PlainCall, base<Conversation>>("PlainCall")
      .constructor<const Engine&, const std::string&, const std::string&>()
      .function("answer", &PlainCall::answer);

  class_<Loading, base<Conversation>>("Loading")
      .function("added", &Loading::added)
      .function("updated", &Loading::updated)
      .function("unchanged", &Loading::unchanged)
      .function("pages", &Loading::pages)
      .function("isDone", &Loading::is_done)
      .function("stop", &Loading::stop);

  class_<SnapshotWriting>("SnapshotWriting").function("part", &SnapshotWriting::part);

  class_<SnapshotReading>("SnapshotReading")
      .constructor<const Engine&>()
      .function("reserve", &SnapshotReading::reserve)
      .function("commit", &SnapshotReading::commit)
      .function("finish", &SnapshotReading::finish)
      .function("error", &SnapshotReading::error)
      .function("about", &SnapshotReading::about);

  function("writeSnapshot", &SnapshotWriting::begin);
  function("load", &Loading::load);
  function("refresh", &Loading::refresh);
  function("isFacetField", &is_facet_field);
  function("isHistogramField", &is_histogram_field);
  function("queryFields", &query_fields_value<job_query_schema>);
  function("readError", &read_error_value);
}
