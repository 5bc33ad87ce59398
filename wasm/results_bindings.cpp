// Binds the engine of results to its names in JavaScript.
#include <emscripten/bind.h>

#include "error_values.h"
#include "query_values.h"
#include "results.h"
#include "results/fields.h"

EMSCRIPTEN_BINDINGS(rekognition_results) {
  using namespace emscripten;
  using namespace rekognition_jobs;
  using namespace rekognition_jobs::wasm;

  class_<ResultsReading>("ResultsReading")
      .constructor<std::uint32_t>()
      .function("reserve", &ResultsReading::reserve)
      .function("commit", &ResultsReading::commit)
      .function("finish", &ResultsReading::finish)
      .function("images", &ResultsReading::images)
      .function("rejectedCount", &ResultsReading::rejected_count)
      .function("hasStopped", &ResultsReading::has_stopped)
      .function("place", &ResultsReading::place)
      .function("leftOver", &ResultsReading::left_over)
      .function("readLines", &ResultsReading::read_lines)
      .function("found", &ResultsReading::found)
      .function("summary", &ResultsReading::summary)
      .function("view", &ResultsReading::view, allow_raw_pointers());

  class_<ResultsView>("ResultsView")
      .function("size", &ResultsView::size)
      .function("part", &ResultsView::part)
      .function("written", &ResultsView::written)
      .function("indexOf", &ResultsView::index_of)
      .function("facets", &ResultsView::facets)
      .function("histogram", &ResultsView::histogram)
      .function("labels", &ResultsView::labels)
      .function("flagged", &ResultsView::flagged, allow_raw_pointers())
      .function("query", &ResultsView::query)
      .function("tokens", &ResultsView::tokens)
      .function("compare", &ResultsView::compare, allow_raw_pointers());

  class_<ComparisonHandle>("Comparison")
      .function("counts", &ComparisonHandle::counts)
      .function("rows", &ComparisonHandle::rows);

  function("resultQueryFields", &query_fields_value<result_query_schema>);
  function("isResultFacet", &is_result_facet);
  function("readError", &read_error_value);
}
