// Views of results: queries, order, counts, the tree of labels, comparison, exports.
#include "results/view.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "results/comparison.h"
#include "results_support.h"

namespace rekognition_jobs {
namespace {

using test::label;
using test::result_line;

const std::string& file() {
  static const std::string text =
      result_line("ads/1", {label("Weapons", "Violence", 2, "90.5"), label("Violence", "", 1, "90.5")},
                  R"(,"ModerationModelVersion":"7.0","ContentTypes":[{"Name":"Animated","Confidence":99}])") +
      result_line("ads/2", {label("Violence", "", 1, "60"), label("Alcohol", "", 1, "95")},
                  R"(,"ModerationModelVersion":"7.0")") +
      result_line("3", {}, R"(,"ModerationModelVersion":"6.1","ContentTypes":[])") +
      "{\"source-ref\":\"s3://b/4\",\"code\":\"INVALID_IMAGE\",\"message\":\"Cannot be decoded\"}\n" +
      result_line("5", {label("Drinking", "Alcohol Use", 3, "70")});
  return text;
}

/// The last parts of the images, in order.
std::string names(ResultView view) {
  std::string text;
  ImageResult image;
  for (const Row row : view.rows(0, view.size())) {
    view.store().read(row, image);
    text.append(text.empty() ? "" : " ").append(image.source_ref.substr(image.source_ref.rfind('/') + 1));
  }
  return text;
}

std::string found(const std::string& query, const char* sort = "") {
  const auto answer = test::view_of_results(file()).query(query, *parse_result_sort_key(sort));
  if (const auto* error = std::get_if<QueryError>(&answer)) return "error: " + error->message;
  return names(std::get<ResultView>(answer));
}

TEST_CASE("queries of images") {
  CHECK(found("") == "1 2 3 4 5");
  CHECK(found("image:*/ads/*") == "1 2");
  CHECK(found("image:=s3://b/3") == "3");
  CHECK(found("image:*") == "1 2 3 4 5");
  CHECK(found("type:animated") == "1");
  CHECK(found("-type:animated") == "2 3 4 5");
  CHECK(found("type:nothing-known") == "");
  CHECK(found("model:7.0") == "1 2");
  CHECK(found("model:6.1,7.0") == "1 2 3");
  CHECK(found("code:invalid-image") == "4");
  CHECK(found("message:decoded") == "4");
  CHECK(found("message:*") == "4");
  CHECK(found("labels:0") == "3 4");
  CHECK(found("labels:>=2") == "1 2");
  CHECK(found("has:label") == "1 2 5");
  CHECK(found("no:label") == "3 4");
  CHECK(found("has:type") == "1");
  CHECK(found("no:model") == "4 5");
  CHECK(found("has:error") == "4");
  CHECK(found("has:error,type") == "1 4");
}

TEST_CASE("bare words are looked for in images, names of labels and error messages") {
  CHECK(found("ads") == "1 2");
  CHECK(found("WEAP") == "1");
  CHECK(found("decoded") == "4");
  CHECK(found("\"cannot be\"") == "4");
  CHECK(found("alcohol") == "2");
  CHECK(found("animated") == "");
  CHECK(found("ads -weapons") == "2");
}

TEST_CASE("terms on labels side by side speak of one label") {
  CHECK(found("label:violence") == "1 2");
  CHECK(found("label:violence confidence:>=80") == "1");
  CHECK(found("label:violence confidence:<=60") == "2");
  CHECK(found("confidence:>=80 image:ads label:violence") == "1");
  CHECK(found("label:weapons level:1") == "");
  CHECK(found("parent:violence level:2") == "1");
  CHECK(found("parent:*") == "1 5");
  CHECK(found("level:3") == "5");
  CHECK(found("label:violence,alcohol confidence:>=80") == "1 2");
  CHECK(found("label:viol* confidence:>=80") == "1");
  CHECK(found("label:=viol") == "");
}

TEST_CASE("a negated term says that no label is so, and a parenthesis is about a label of its own") {
  CHECK(found("-label:*") == "3");
  CHECK(found("no:answer") == "4");
  CHECK(found("-label:violence") == "3 4 5");
  CHECK(found("label:violence -label:weapons") == "2");
  CHECK(found("-(label:violence confidence:>=80)") == "2 3 4 5");
  CHECK(found("(label:weapons) (level:1)") == "1");
  CHECK(found("(label:violence confidence:60) (label:alcohol confidence:>90)") == "2");
  CHECK(found("confidence:>=80 (label:violence OR label:weapons)") == "1");
  CHECK(found("confidence:<=70 (label:violence OR level:3)") == "2 5");
  CHECK(found("confidence:>=95 (label:violence OR image:ads)") == "2");
  CHECK(found("label:drinking OR has:error") == "4 5");
  CHECK(found("label:drinking OR label:alcohol") == "2 5");
}

TEST_CASE("what cannot be read is told") {
  CHECK(found("status:failed") == "error: unknown field \"status\"");
  CHECK(found("confidence:high") == "error: \"high\" is not a number or a range of them");
  CHECK(found("has:nothing") == "error: \"nothing\" is not a member that has: and no: know");
}

TEST_CASE("order, with what is missing last either way, and ties in the file's") {
  CHECK(found("", "image") == "3 4 5 1 2");
  CHECK(found("", "-image") == "2 1 5 4 3");
  CHECK(found("", "confidence") == "5 1 2 3 4");
  CHECK(found("", "-confidence") == "2 1 5 3 4");
  CHECK(found("", "labels") == "3 4 5 1 2");
  CHECK(found("", "-labels") == "1 2 5 3 4");
  CHECK(found("", "-model") == "1 2 3 4 5");
  CHECK(found("", "model") == "3 1 2 4 5");
  CHECK(found("ads", "-confidence") == "2 1");
  CHECK(!parse_result_sort_key("label"));
  CHECK(!parse_result_sort_key("-"));
}

TEST_CASE("views within views") {
  const ResultView view = test::view_of_results(file());
  CHECK(names(view.flagged(90.5)) == "1 2");
  CHECK(names(view.flagged(90.6)) == "2");
  CHECK(view.flagged(0).size() == 3);
  const auto sorted = std::get<ResultView>(view.query("", *parse_result_sort_key("-image")));
  CHECK(names(sorted.flagged(50)) == "2 1 5");
  CHECK(names(std::get<ResultView>(sorted.flagged(80).query("label:weapons", {}))) == "1");
}

std::string facets(ResultField field) {
  std::string text;
  const auto counts = test::view_of_results(file()).facets(field);
  for (const ValueCount& count : counts.value()) {
    text.append(text.empty() ? "" : ", ").append(count.value).append(" ").append(std::to_string(count.count));
  }
  return text;
}

TEST_CASE("facets count images") {
  CHECK(facets(ResultField::label) == "Violence 2, Alcohol 1, Drinking 1, Weapons 1");
  CHECK(facets(ResultField::parent) == "Alcohol Use 1, Violence 1");
  CHECK(facets(ResultField::level) == "1 2, 2 1, 3 1");
  CHECK(facets(ResultField::type) == "Animated 1");
  CHECK(facets(ResultField::model) == "7.0 2, 6.1 1");
  CHECK(facets(ResultField::code) == "INVALID_IMAGE 1");
}

void print(std::string& out, const LabelTree& tree, const std::vector<std::size_t>& nodes) {
  for (const std::size_t& index : nodes) {
    const LabelNode& node = tree.nodes[index];
    if (&index != &nodes.front()) out += ' ';
    out.append(node.name).append("/").append(std::to_string(static_cast<int>(node.level)));
    out.append(":").append(std::to_string(node.count));
    if (node.children.empty()) continue;
    out += '(';
    print(out, tree, node.children);
    out += ')';
  }
}

std::string tree_of(const std::string& text, std::optional<double> threshold = std::nullopt) {
  const ResultView view = test::view_of_results(text);
  const LabelTree tree = view.labels(threshold);
  std::string out;
  print(out, tree, tree.roots);
  return out;
}

TEST_CASE("the tree of labels") {
  CHECK(tree_of(file()) == "Violence/1:2(Weapons/2:1) Alcohol/1:1 Alcohol Use/1:0(Drinking/3:1)");
  CHECK(tree_of(file(), 80) == "Alcohol/1:1 Violence/1:1(Weapons/2:1)");
  CHECK(tree_of(file(), 99) == "");
  CHECK(tree_of(result_line("1", {R"("Name":"B","ParentName":"A")", R"("Name":"A")"})) == "A/1:1(B/2:1)");
}

TEST_CASE("an image counts once, though a label comes twice") {
  const std::string twice = result_line("1", {label("A", "", 1, "50"), label("A", "", 1, "90")});
  CHECK(tree_of(twice) == "A/1:1");
  CHECK(tree_of(twice, 60) == "A/1:1");
  CHECK(test::view_of_results(twice).facets(ResultField::label).value().at(0).count == 1);
}

TEST_CASE("labels that are their own ancestors, and chains without an end, are a tree all the same") {
  CHECK(tree_of(result_line("1", {label("A", "B", 1, "50"), label("B", "A", 2, "50"), label("C", "C", 1, "50")})) ==
        "A/1:1 B/2:1 C/1:1");
  std::vector<std::string> chain;
  for (int i = 0; i < 500; ++i)
    chain.push_back(label("L" + std::to_string(i), i == 0 ? "" : "L" + std::to_string(i - 1), 1, "50"));
  const LabelTree tree = test::view_of_results(result_line("1", chain)).labels(std::nullopt);
  CHECK(tree.nodes.size() == 500);
  CHECK(tree.roots.size() == 500 - (max_label_depth - 1));
}

TEST_CASE("the spread of confidences") {
  const ResultView view = test::view_of_results(file());
  const auto all = view.histogram(10, std::nullopt);
  REQUIRE(all.size() == 10);
  CHECK(all[0].from == 0);
  CHECK(all[9].to == 100);
  CHECK(all[6].count == 1);
  CHECK(all[7].count == 1);
  CHECK(all[9].count == 3);
  REQUIRE(all[9].by_group.size() == 2);
  CHECK(all[9].by_group[0] == std::pair<double, std::size_t>(1, 2));
  CHECK(view.histogram(10, "vioLENCE")[9].count == 1);
  CHECK(view.histogram(10, "viol").empty());
  const auto wide = test::view_of_results(result_line("1", {label("A", "", 1, "100"), label("A", "", 1, "150")}) +
                                          result_line("2", {R"("Name":"A","Confidence":-50)"}))
                        .histogram(2, std::nullopt);
  CHECK(wide[0].from == -50);
  CHECK(wide[0].count == 1);
  CHECK(wide[1].to == 150);
  CHECK(wide[1].count == 2);
  CHECK(wide[0].by_group.empty());
}

TEST_CASE("the spread of confidences has finite edges, however far apart they lie") {
  for (const std::size_t count : {1U, 2U, 4U, 7U, 1000U}) {
    const auto buckets =
        test::view_of_results(result_line("1", {label("A", "", 1, "1e308"), label("B", "", 2, "-1e308"),
                                                label("C", "", 2, "-0"), label("D", "", 3, "100")}))
            .histogram(count, std::nullopt);
    REQUIRE(buckets.size() == count);
    CHECK(buckets.front().from == -1e308);
    CHECK(buckets.back().to == 1e308);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      sum += buckets[i].count;
      CHECK(std::isfinite(buckets[i].to));
      CHECK(buckets[i].from < buckets[i].to);
    }
    CHECK(sum == 4);
    CHECK(buckets.front().count >= 1);
    CHECK(buckets.back().count >= 1);
  }
}

TEST_CASE("-0 survives as a label's number, and counts as the level 0") {
  const std::string line = R"({"source-ref":"s3://b/1","detect-moderation-labels":{"ModerationLabels":[)"
                           R"({"Name":"A","Confidence":-0,"TaxonomyLevel":-0},{"Name":"B","TaxonomyLevel":0}]}})";
  ResultView view = test::view_of_results(line);
  std::string out;
  view.append_part(out, ExportFormat::ndjson, 0, 1);
  CHECK(out == line + "\n");
  const auto levels = view.facets(ResultField::level).value();
  REQUIRE(levels.size() == 1);
  CHECK(levels[0].value == "0");
  CHECK(levels[0].count == 1);
}

TEST_CASE("a negative number of a label is a number in CSV, a name never") {
  ResultView view = test::view_of_results(result_line("1", {label("-12", " +p", -1, "-1.5e3")}));
  std::string out;
  view.append_part(out, ExportFormat::csv, 0, 1);
  CHECK(out.substr(out.find("\r\n") + 2) == "s3://b/1,'-12,' +p,-1,-1500,,,,\r\n");
}

std::string comparison(const std::string& here, const std::string& there, std::optional<double> threshold = {}) {
  Comparison compared(test::view_of_results(here), test::view_of_results(there), threshold);
  const Comparison::Counts& c = compared.counts();
  std::string text = std::to_string(c.both) + "/" + std::to_string(c.only_here) + "/" + std::to_string(c.only_there) +
                     " " + std::to_string(c.unchanged) + " " + std::to_string(c.now_flagged) + " " +
                     std::to_string(c.now_unflagged) + " " + std::to_string(c.other_labels);
  return text;
}

TEST_CASE("two results of the same images compared") {
  const std::string before = result_line("1", {label("A", "", 1, "90")}) + result_line("2", {}) +
                             result_line("3", {label("A", "", 1, "60")}) + result_line("4", {label("A", "", 1, "90")}) +
                             result_line("5", {}) + result_line("only", {}) + result_line("1", {});
  const std::string now = result_line("5", {}) + result_line("4", {label("B", "", 1, "90")}) + result_line("3", {}) +
                          result_line("2", {label("B", "", 1, "60")}) +
                          result_line("1", {label("A", "", 1, "70"), label("A", "", 1, "80")}) + result_line("new", {});
  CHECK(comparison(before, now) == "5/1/1 2 1 1 1");
  CHECK(comparison(before, now, 65) == "5/1/1 4 0 0 1");
  CHECK(comparison(before, now, 85) == "5/1/1 3 0 1 1");
  CHECK(comparison(now, before, 85) == "5/1/1 3 1 0 1");
  CHECK(comparison(before, before) == "6/0/0 6 0 0 0");
  Comparison compared(test::view_of_results(before), test::view_of_results(now), std::nullopt);
  std::string text;
  compared.append_array(text, 1, 1);
  CHECK(
      text ==
      R"([{"source-ref":"s3://b/3","change":"nowUnflagged","here":{"source-ref":"s3://b/3","detect-moderation-labels":{"ModerationLabels":[{"Name":"A","ParentName":"","Confidence":60,"TaxonomyLevel":1}]}},"there":{"source-ref":"s3://b/3","detect-moderation-labels":{"ModerationLabels":[]}}}])");
  text.clear();
  compared.append_array(text, 3, 10);
  CHECK(text == "[]");
}

TEST_CASE("exports, in parts that make the whole") {
  ResultView view = test::view_of_results(file());
  for (const ExportFormat format : {ExportFormat::json, ExportFormat::ndjson, ExportFormat::csv}) {
    std::string whole;
    view.append_part(whole, format, 0, 100);
    std::string parts;
    for (std::size_t first = 0; first < view.size(); first += 2) view.append_part(parts, format, first, 2);
    CHECK(whole == parts);
  }
  std::string lines;
  view.append_part(lines, ExportFormat::ndjson, 0, 100);
  const auto again = test::read_results(lines);
  CHECK(again.rejected.empty());
  CHECK(again.images.size() == 5);
  ResultView none = std::get<ResultView>(view.query("nothing", {}));
  std::string empty;
  none.append_part(empty, ExportFormat::json, 0, 2000);
  CHECK(empty == "[]");
  std::string csv;
  test::view_of_results(
      result_line("=1", {label("@A, B", "", 1, "5")}, R"(,"ContentTypes":[{"Name":"x"},{"Name":"y"}])"))
      .append_part(csv, ExportFormat::csv, 0, 10);
  CHECK(
      csv ==
      "Image,Label,ParentLabel,TaxonomyLevel,Confidence,ContentTypes,ModerationModelVersion,ErrorCode,ErrorMessage\r\n"
      "s3://b/=1,\"'@A, B\",,1,5,x;y,,,\r\n");
  std::string table;
  test::view_of_results(result_line("a|b", {label(R"(<A>, \"B\")", "", 1, "5"), label("C", "", 1, "6")}))
      .append_part(table, ExportFormat::markdown, 0, 10);
  const std::string rows = table.substr(table.find("---"));
  CHECK(rows ==
        "--- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| s3://b/a\\|b | \\<A\\>, \"B\" |  | 1 | 5 |  |  |  |  |\n"
        "| s3://b/a\\|b | C |  | 1 | 6 |  |  |  |  |\n");
}

TEST_CASE("more rows than a chunk holds, and names than fit a byte") {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    text += i % 3 == 0 ? result_line(std::to_string(i), {})
                       : result_line(std::to_string(i),
                                     {label("L" + std::to_string(i % 700), "", 1, std::to_string(i % 100))});
  }
  const ResultView view = test::view_of_results(text);
  CHECK(view.size() == 10'000);
  std::size_t flagged = 0;
  std::size_t labelled = 0;
  for (int i = 0; i < 10'000; ++i) {
    if (i % 3 == 0) continue;
    ++labelled;
    if (i % 100 >= 42) ++flagged;
  }
  CHECK(view.flagged(42).size() == flagged);
  CHECK(std::get<ResultView>(view.query("has:label", {})).size() == labelled);
  const auto part = std::get<ResultView>(view.query("image:9 label:=L699", {}));
  std::size_t images = 0;
  const auto counts = view.facets(ResultField::label);
  for (const ValueCount& count : counts.value()) images += count.count;
  CHECK(images == labelled);
  std::size_t expected = 0;
  for (int i = 0; i < 10'000; ++i) {
    if (i % 3 != 0 && i % 700 == 699 && std::to_string(i).find('9') != std::string::npos) ++expected;
  }
  CHECK(part.size() == expected);
}

}  // namespace
}  // namespace rekognition_jobs
