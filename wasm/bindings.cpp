// The names under which JavaScript sees the engine of jobs.
#include <emscripten/bind.h>

#include "conversation.h"
#include "engine.h"
#include "error_values.h"
#include "importer.h"
#include "memory_reserve.h"
#include "operations.h"
#include "query/field.h"
#include "query_values.h"

EMSCRIPTEN_BINDINGS(rekognition_jobs) {
  using namespace emscripten;
  using namespace rekognition_jobs;
  using namespace rekognition_jobs::wasm;

  class_<Engine>("Engine")
      .constructor<std::uint32_t, int, bool>()
      .property("size", &Engine::size)
      .function("clear", &Engine::clear)
      .function("get", &Engine::get)
      .function("query", &Engine::query, allow_raw_pointers())
      .function("fault", &Engine::fault);

  class_<View>("View")
      .property("size", &View::size)
      .function("rows", &View::rows)
      .function("indexOf", &View::index_of)
      .function("facets", &View::facets)
      .function("histogram", &View::histogram)
      .function("exportPart", &View::export_part);

  class_<Importer>("Importer")
      .constructor<const Engine&>()
      .function("reserve", &Importer::reserve)
      .function("commit", &Importer::commit)
      .function("finish", &Importer::finish)
      .property("added", &Importer::added)
      .property("updated", &Importer::updated)
      .property("unchanged", &Importer::unchanged)
      .property("rejectedCount", &Importer::rejected_count)
      .function("rejected", &Importer::rejected);

  class_<Conversation>("Conversation")
      .function("advance", &Conversation::advance)
      .function("fulfilled", &Conversation::fulfilled)
      .function("lostConnection", &Conversation::lost_connection)
      .function("timedOut", &Conversation::timed_out)
      .function("error", &Conversation::error)
      .property("retries", &Conversation::retries);

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
      .class_function("load", &Loading::load)
      .class_function("refresh", &Loading::refresh)
      .property("added", &Loading::added)
      .property("updated", &Loading::updated)
      .property("unchanged", &Loading::unchanged)
      .property("pages", &Loading::pages)
      .property("isDone", &Loading::is_done)
      .function("nextToken", &Loading::next_token);

  function("isFacetField", &is_facet_field);
  function("isHistogramField", &is_histogram_field);
  function("queryTokens", &query_tokens_value<job_vocabulary>);
  function("queryFields", &query_fields_value<job_vocabulary>);
  function("readError", &read_error_value);
  function("putBy", &put_by);
}
