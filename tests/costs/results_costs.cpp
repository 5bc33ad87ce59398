// Results: what reading, storing, asking, counting and comparing cost with the worst input that is known for each.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "results/comparison.h"
#include "results/reader.h"
#include "results/view.h"
#include "steps.h"

namespace rekognition_jobs {
namespace {

using test::check_cost;

std::string digits(std::size_t number) { return std::to_string(100'000'000 + number); }

class Storing : public ResultSink {
 public:
  explicit Storing(ResultStore& store) : store_(store) {}
  void on_image(const ImageResult& image) override { store_.put(image); }
  void on_summary(const ManifestSummary& /*summary*/) override {}
  void on_rejected(std::uint64_t /*line*/, std::uint64_t /*offset*/, std::string_view /*message*/) override {}

 private:
  ResultStore& store_;
};

ResultView view_of(std::string_view text, std::size_t chunk = 1 << 16) {
  auto set = std::make_shared<ResultSet>();
  Storing sink(set->store);
  ResultsReader reader(sink);
  for (std::size_t at = 0; at < text.size(); at += chunk) reader.read(text.substr(at, chunk));
  reader.finish();
  return ResultView(set);
}

std::string label(std::string_view name, std::string_view parent) {
  return R"({"Confidence":50,"Name":")" + std::string(name) + R"(","ParentName":")" + std::string(parent) + R"("})";
}

std::string line(std::string_view image, std::string_view labels) {
  return R"({"source-ref":")" + std::string(image) + R"(","detect-moderation-labels":{"ModerationLabels":[)" +
         std::string(labels) + "]}}\n";
}

/// `one(0)`, `one(1)` … with `between`.
template <class One>
std::string joined(std::size_t count, std::string_view between, const One& one) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : between).append(one(i));
  return text;
}

std::string images(std::size_t count) {
  return joined(count, "", [](std::size_t i) { return line("s3://b/" + digits(i), label("n" + digits(i), "")); });
}

std::function<void()> read(std::string text, std::size_t chunk = 1 << 16) {
  return [text = std::move(text), chunk] { static_cast<void>(view_of(text, chunk)); };
}

std::function<void()> query(const ResultView& view, std::string text) {
  return [view, text = std::move(text)] { static_cast<void>(view.query(text, {})); };
}

TEST_CASE("results are read in steps linear in their bytes, whatever labels they have") {
  check_cost("results: labels that differ in their parents alone", 1'000, [](std::size_t n) {
    return read(joined(n, "", [](std::size_t i) { return line("i", label("a", digits(i))); }));
  });
  check_cost("results: as many labels as an image can have", 1'000, [](std::size_t n) {
    return read(line("i", joined(n, ",", [](std::size_t i) { return label(digits(i), "p"); })));
  });
  check_cost("results: a long line in chunks of 16 bytes", 20'000,
             [](std::size_t n) { return read(line(std::string(n, 'a'), ""), 16); });
  check_cost("results: lines that each open a level", 2'000,
             [](std::size_t n) { return read(joined(n, "", [](std::size_t) { return "{\"a\":\n"; })); });
}

TEST_CASE("lists in queries of results are sets") {
  const auto number = [](std::size_t i) { return digits(i); };
  for (const char* const start : {"label:=", "label:", "parent:", "image:", "message:", "type:", "model:", "code:"}) {
    check_cost("results query: " + std::string(start) + " and many values", 1'000,
               [&](std::size_t n) { return query(view_of(images(n)), start + joined(n, ",", number)); });
  }
  check_cost("results query: many words as alternatives", 1'000,
             [&](std::size_t n) { return query(view_of(images(n)), joined(n, " OR ", number)); });
  check_cost("results query: many labels as alternatives", 1'000, [&](std::size_t n) {
    return query(view_of(images(n)), joined(n, " OR ", [](std::size_t i) { return "label:" + digits(i); }));
  });
  check_cost("results query: confidences side by side", 1'000, [&](std::size_t n) {
    return query(view_of(images(n)), joined(n, " ", [](std::size_t i) { return "confidence:>" + std::to_string(i); }));
  });
  check_cost("results query: a word of one letter", 10'000, [](std::size_t n) {
    return query(view_of(line(std::string(n, 'a'), label(std::string(n, 'a'), ""))), std::string(n / 2, 'a') + "b");
  });
}

TEST_CASE("results are sorted, counted and compared in steps linear in them") {
  check_cost("results: the tree of labels that all hang from each other", 1'000, [](std::size_t n) {
    const ResultView view =
        view_of(line("i", joined(n, ",", [](std::size_t i) { return label(digits(i), digits(i + 1)); })));
    return [view] { CHECK(!view.labels({}).nodes.empty()); };
  });
  check_cost("results: facets of as many labels", 1'000, [](std::size_t n) {
    const ResultView view = view_of(images(n));
    return [view] { CHECK(!view.facets(ResultField::label).value().empty()); };
  });
  check_cost("results: a histogram of many buckets", 1'000, [](std::size_t n) {
    const ResultView view = view_of(images(n));
    return [view, n] { CHECK(view.histogram(n, {}).size() == n); };
  });
  check_cost("results: two images that begin alike, sorted", 20'000, [](std::size_t n) {
    const std::string image(n, 'a');
    const auto sorted =
        view_of(line(image + "2", "") + line(image + "1", "")).query("", *parse_result_sort_key("image"));
    return [sorted] {
      ResultView view = std::get<ResultView>(sorted);
      CHECK(view.rows(1, 1).size() == 1);
    };
  });
  check_cost("results: compared with themselves", 1'000, [](std::size_t n) {
    const ResultView view = view_of(images(n));
    return [view, n] { CHECK(Comparison(view, view, {}).counts().both == n); };
  });
}

}  // namespace
}  // namespace rekognition_jobs
