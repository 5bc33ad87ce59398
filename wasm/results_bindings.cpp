// The names under which JavaScript sees the engine of results.
#include <emscripten/bind.h>

#include "error_values.h"
#include "memory_reserve.h"
#include "query_values.h"
#include "results.h"
#include "results/result_fields.h"

EMSCRIPTEN_BINDINGS(rekognition_results) {
  using namespace emscripten;
  using namespace rekognition_jobs;
  using namespace rekognition_jobs::wasm;

  class_<ResultsReading>("ResultsReading")
      .constructor<>()
      .function("reserve", &ResultsReading::reserve)
      .function("commit", &ResultsReading::commit)
      .function("finish", &ResultsReading::finish)
      .property("images", &ResultsReading::images)
      .property("rejectedCount", &ResultsReading::rejected_count)
      .function("rejected", &ResultsReading::rejected)
      .function("summary", &ResultsReading::summary)
      .function("view", &ResultsReading::view);

  class_<ResultsView>("ResultsView")
      .property("size", &ResultsView::size)
      .function("rows", &ResultsView::rows)
      .function("facets", &ResultsView::facets)
      .function("histogram", &ResultsView::histogram)
      .function("labels", &ResultsView::labels)
      .function("flagged", &ResultsView::flagged)
      .function("query", &ResultsView::query, allow_raw_pointers())
      .function("fault", &ResultsView::fault)
      .function("compare", &ResultsView::compare)
      .function("exportPart", &ResultsView::export_part);

  class_<ComparisonHandle>("Comparison")
      .function("counts", &ComparisonHandle::counts)
      .function("rows", &ComparisonHandle::rows);

  function("resultQueryTokens", &query_tokens_value<result_vocabulary>);
  function("resultQueryFields", &query_fields_value<result_vocabulary>);
  function("isResultFacet", &is_result_facet);
  function("readError", &read_error_value);
  function("putBy", &put_by);
}
