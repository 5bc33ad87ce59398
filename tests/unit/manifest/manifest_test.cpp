// A kind of record is a schema and its own questions: what is shared reads, keeps, finds, sorts, counts and writes it.
#include "manifest/manifest.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace rekognition_jobs::test {
namespace {

constexpr std::string_view lines =
    R"({"source-ref":"s3://in/cats/1.jpg","split":"train","annotation":{"weight":0.5}})"
    "\n"
    R"({"source-ref":"s3://in/dogs/2.jpg","split":"train"})"
    "\n"
    R"({ "annotation": {"weight": 1e0, "more": [1]}, "split": null, "source-ref": "s3:\/\/in/cats/3.jpg" })"
    "\n"
    R"({"source-ref":"s3://in/birds/4.jpg","split":"test","annotation":{"weight":0.25}})";

std::shared_ptr<const ManifestStore> store_of(std::string_view text, bool scans_plain_lines = true,
                                              std::size_t chunk_size = 1'000) {
  auto store = std::make_shared<ManifestStore>();
  ManifestReader reader(*store, scans_plain_lines);
  for (std::size_t at = 0; at < text.size(); at += chunk_size) reader.read(text.substr(at, chunk_size));
  reader.finish();
  CHECK(reader.rejected().empty());
  return store;
}

std::string exported(ManifestView view, ExportFormat format) {
  std::string out;
  for (std::size_t at = 0; at < view.size() || out.empty();) at += view.append_part(out, format, at, view.size());
  return out;
}

ManifestView found(std::string_view query, std::string_view sort = "") {
  auto view = query_manifest(store_of(lines), query, sort);
  REQUIRE(std::holds_alternative<ManifestView>(view));
  return std::get<ManifestView>(std::move(view));
}

/// The digits in the names of the images.
std::string images(std::string_view query, std::string_view sort = "") {
  ManifestView view = found(query, sort);
  std::string digits;
  for (const Row row : view.rows(0, view.size())) {
    const std::string_view ref = view.store().source_refs()[row];
    digits += ref[ref.size() - 5];
  }
  return digits;
}

std::string rejection(std::string_view line) {
  ManifestStore store;
  ManifestReader reader(store);
  reader.read(line);
  reader.finish();
  return reader.rejected().empty() ? "" : reader.rejected().front();
}

}  // namespace

TEST_CASE("a manifest is read in chunks of any size, by the scan as by the full parser") {
  const std::string whole = exported(
      {store_of(lines), std::make_shared<SortIndexCache<ManifestKind>>(), Bitmap(4, true), {}}, ExportFormat::ndjson);
  CHECK(whole == R"({"source-ref":"s3://in/cats/1.jpg","split":"train","annotation":{"weight":0.5}})"
                 "\n"
                 R"({"source-ref":"s3://in/dogs/2.jpg","split":"train"})"
                 "\n"
                 R"({"source-ref":"s3://in/cats/3.jpg","annotation":{"weight":1}})"
                 "\n"
                 R"({"source-ref":"s3://in/birds/4.jpg","split":"test","annotation":{"weight":0.25}})"
                 "\n");
  for (const bool scans : {false, true}) {
    for (const std::size_t size : {1, 7, 64}) {
      CHECK(exported(
                {store_of(lines, scans, size), std::make_shared<SortIndexCache<ManifestKind>>(), Bitmap(4, true), {}},
                ExportFormat::ndjson) == whole);
    }
  }
}

TEST_CASE("what is wrong with a line of a manifest is told by its schema") {
  CHECK(rejection(R"({"source-ref":"a","annotation":{"weight":"heavy"}})") == "annotation.weight must be a number");
  CHECK(rejection(R"({"source-ref":"a","annotation":[]})") == "annotation must be an object");
  CHECK(rejection(R"({"split":"a"})") == "no source-ref");
  CHECK(rejection("[]") == "a line must be an object");
  CHECK(rejection(R"({"source-ref":)") != "");
}

TEST_CASE("a manifest is asked by its own fields") {
  CHECK(images("") == "1234");
  CHECK(images("CATS") == "13");
  CHECK(images("split:train") == "12");
  CHECK(images("-split:train") == "34");
  CHECK(images("weight:>=0.5") == "13");
  CHECK(images("image:*/birds/* OR weight:1") == "34");
  CHECK(images("image:=s3://in/dogs/2.jpg") == "2");
  CHECK(images("has:weight split:train") == "1");
  CHECK(images("no:weight,split") == "23");
  CHECK(std::get<QueryError>(query_manifest(store_of(lines), "status:failed", "")).expected ==
        std::vector<std::string>{"image", "split", "weight", "has", "no"});
}

TEST_CASE("a manifest is sorted, with rows without a value last") {
  CHECK(images("", "weight") == "4132");
  CHECK(images("", "-weight") == "3142");
  CHECK(images("", "split") == "4123");
  CHECK(images("", "-image") == "2314");
}

TEST_CASE("a manifest is counted, and written as CSV") {
  const ManifestView view = found("");
  const std::vector<ValueCount> counts = view.split_counts();
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].value == "train");
  CHECK(counts[0].count == 2);
  const auto buckets = view.weight_buckets(2);
  REQUIRE(buckets.size() == 2);
  CHECK(buckets[0].count == 1);
  CHECK(buckets[1].count == 2);
  CHECK(buckets[0].by_group.front().first == "test");
  CHECK(exported(found("birds"), ExportFormat::csv) == "Image,Split,Weight\r\ns3://in/birds/4.jpg,test,0.25\r\n");
}

}  // namespace rekognition_jobs::test
