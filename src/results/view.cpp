// The view of results, and the narrower views that are made from it.
#include "view.h"

#include <utility>

#include "matcher.h"

namespace rekognition_jobs {

template class RecordView<ResultKind>;

ResultView ResultView::flagged(double threshold) const {
  return {store_, orders_, flagged_rows(*store_, threshold, set_), key_};
}

std::optional<std::size_t> ResultView::index_of(std::string_view source_ref) {
  for (std::size_t index = 0; index < size(); ++index) {
    if (store_->source_refs()[rows(index, 1).front()] == source_ref) return index;
  }
  return std::nullopt;
}

Expected<ResultView, QueryError> ResultView::query(std::string_view text, ResultSortKey key) const {
  auto rows = match_results(*store_, text, set_);
  if (auto* error = std::get_if<QueryError>(&rows)) return std::move(*error);
  return ResultView(store_, orders_, std::move(std::get<Bitmap>(rows)), key);
}

}  // namespace rekognition_jobs
