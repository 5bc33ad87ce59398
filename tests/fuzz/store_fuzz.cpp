// The store and all that is asked of it against a plain model: bytes are a plan of operations (put, import, clear,
// compact, query, read, count, export, and views kept alive across all of them), and every answer must be the model's.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "choices.h"
#include "jobs/facet_field.h"
#include "jobs/intake.h"
#include "jobs/query.h"
#include "jobs/reader.h"
#include "jobs/store.h"
#include "model_job.h"
#include "model_query.h"

namespace {

using namespace rekognition_jobs;
using namespace rekognition_jobs::fuzz;

/// What one plan may cost: rows beyond these are not put, answers beyond these not asked.
constexpr std::size_t most_rows = 80'000;
constexpr std::size_t most_work = 15'000;  ///< jobs that are made or looked at

class Filing : public JobSink {
 public:
  explicit Filing(JobStore& store) : store_(store) {}
  void on_job(const MediaAnalysisJob& job) override { outcomes.push_back(store_.put(job)); }
  void on_rejected(std::uint64_t, std::string_view message) override { fail("a job was rejected", {}, message); }

  std::vector<UpsertResult> outcomes;

 private:
  JobStore& store_;
};

/// A view of the engine, and the jobs that it must show in their order.
struct KeptView {
  JobView view;
  ModelJobs expected;
};

bool is_documented(Member member, std::string_view folded_value) {
  static const std::set<std::string_view> statuses{"created", "queued", "in_progress", "succeeded", "failed"};
  static const std::set<std::string_view> codes{"internal_error",        "invalid_s3_object",  "invalid_manifest",
                                                "invalid_output_config", "invalid_kms_key",    "access_denied",
                                                "resource_not_found",    "resource_not_ready", "throttled"};
  return (member == Member::Status ? statuses : codes).contains(folded_value);
}

/// Newest first, jobs without a time last, ties by JobId.
bool is_before(const std::shared_ptr<const ModelJob>& a, const std::shared_ptr<const ModelJob>& b) {
  const bool has_a = a->holds(Member::CreationTimestamp);
  const bool has_b = b->holds(Member::CreationTimestamp);
  if (has_a != has_b) return has_a;
  if (has_a && a->created != b->created) return a->created > b->created;
  return a->id() < b->id();
}

void sort_by(ModelJobs& jobs, const ModelField& field, bool descending) {
  std::stable_sort(jobs.begin(), jobs.end(), [&](const auto& a, const auto& b) {
    if (field.number) {
      const auto x = field.number(*a);
      const auto y = field.number(*b);
      if (!x || !y) return x.has_value() && !y.has_value();
      return descending ? *x > *y : *x < *y;
    }
    const auto x = field.text(*a);
    const auto y = field.text(*b);
    if (!x || !y) return x.has_value() && !y.has_value();
    return descending ? *x > *y : *x < *y;
  });
}

std::string shown(const ModelField& field, const ModelJob& job) {
  if (field.text) return *field.text(job);
  const double number = *field.number(job);
  switch (field.kind) {
    case ModelField::Kind::time: return iso_text(static_cast<std::int64_t>(number));
    case ModelField::Kind::duration: return seconds_text(static_cast<std::int64_t>(number)) + "s";
    default: return number == 0 ? "0" : number_text(number);
  }
}

std::string choose_name(Choices& choices, const ModelField& field) {
  return std::string(!field.member_name.empty() && choices.among(2) == 1 ? field.member_name : field.name);
}

class Plan {
 public:
  explicit Plan(std::span<const std::uint8_t> bytes) : choices_(bytes) {}

  void play() {
    for (; !choices_.at_end() && work_ < most_work; ++work_) step();
    for (KeptView& kept : views_) require_rows(kept, 0, 2000);
    check_store();
  }

 private:
  void step() {
    switch (choices_.among(16)) {
      case 0:
      case 1:
      case 2: put(choose_job(choices_, choose_id(choices_))); break;
      case 3: put_again(); break;
      case 4: import_jobs(); break;
      case 5: put_many(); break;
      case 6: fill_chunk(); break;
      case 7: clear_or_compact(); break;
      case 8:
      case 9: query(); break;
      case 10: with_view([&](KeptView& kept) { page(kept); }); break;
      case 11: with_view([&](KeptView& kept) { facets(kept); }); break;
      case 12: with_view([&](KeptView& kept) { histogram(kept); }); break;
      case 13: with_view([&](KeptView& kept) { place(kept); }); break;
      case 14: with_view([&](KeptView& kept) { export_and_read_again(kept); }); break;
      default: check_store(); break;
    }
  }

  // --- Into the store ---

  void put(ModelJob job) {
    if (row_count() >= most_rows) return;
    const UpsertResult outcome = jobs_.store->put(borrowed(job));
    require(outcome == put_in_model(std::move(job)), "what put() made of a job");
  }

  UpsertResult put_in_model(ModelJob job) {
    auto& known = model_[job.id()];
    const UpsertResult outcome = known == nullptr ? UpsertResult::added
                                 : *known == job  ? UpsertResult::unchanged
                                                  : UpsertResult::updated;
    if (outcome != UpsertResult::unchanged) known = std::make_shared<const ModelJob>(std::move(job));
    return outcome;
  }

  /// A job that is there, changed in one member or not at all.
  void put_again() {
    if (model_.empty()) return;
    auto known = model_.begin();
    std::advance(known, static_cast<std::ptrdiff_t>(choices_.among(std::min<std::size_t>(model_.size(), 256))));
    ModelJob job = *known->second;
    switch (choices_.among(4)) {
      case 0: break;
      case 1: job.set(Member::Status, choose_status(choices_)); break;
      case 2: job = choose_job(choices_, job.id()); break;
      default:
        job.set(Member::CompletionTimestamp);
        job.completed = choose_time(choices_);
        break;
    }
    put(std::move(job));
  }

  /// Through the reader, in chunks.
  void import_jobs() {
    std::vector<ModelJob> batch;
    std::string text = "{\"MediaAnalysisJobs\":[";
    for (std::size_t count = choices_.among(5); count > 0; --count) {
      batch.push_back(choose_job(choices_, choose_id(choices_)));
      if (batch.size() > 1) text += ',';
      text += job_json(batch.back(), /*in_seconds=*/true);
    }
    text += "]}";
    read(*jobs_.store, text, 1 + choices_.among(300), batch);
  }

  void read(JobStore& store, std::string_view text, std::size_t chunk_size, const std::vector<ModelJob>& batch) {
    Filing filing(store);
    JobReader reader(filing);
    for (std::size_t at = 0; at < text.size(); at += chunk_size) reader.read(text.substr(at, chunk_size));
    reader.finish();
    require(filing.outcomes.size() == batch.size(), "how many jobs were read");
    for (std::size_t i = 0; i < batch.size(); ++i) {
      require(filing.outcomes[i] == put_in_model(batch[i]), "what put() made of a job that was read");
    }
  }

  /// Jobs from a seed, up to thousands: so that columns go on in another chunk, and symbols become wider.
  void put_many() {
    static constexpr std::array<std::size_t, 16> counts{3, 4, 5, 10, 10, 20, 20, 62, 63, 63, 64, 64, 65, 65, 300, 4000};
    enum Kind : std::uint8_t { text_ids, packed_ids, distinct_statuses, newest_first, kind_count };
    // So slow that only short plans may ask for it, and few come to.
    const bool is_huge = choices_.left() < 30 && choices_.among(256) == 251 && choices_.among(256) == 173;
    if (is_huge) return put_symbols_of_three_bytes();
    const std::size_t count = counts[choices_.among(counts.size())];
    const std::size_t first = choices_.among(3) * 1000;
    const std::size_t kind = choices_.among(kind_count);
    Choices endless(choices_.among(65'536));
    work_ += count;
    for (std::size_t i = first; i < first + count; ++i) {
      ModelJob job = choose_job(endless, kind == packed_ids     ? packed_id(i + 100)
                                         : kind == newest_first ? "listed-" + std::to_string(i * 37 % 10'007)
                                                                : "many-" + std::to_string(i));
      if (kind == distinct_statuses) job.set(Member::Status, "status-" + std::to_string(i));
      if (kind == newest_first) {  // as the service lists them, three of a time
        job.set(Member::CreationTimestamp);
        job.created = 1'790'000'000'000 - static_cast<std::int64_t>(i / 3);
      }
      put(std::move(job));
    }
  }

  void put_symbols_of_three_bytes() {
    for (std::size_t i = 0; i < 66'000; ++i) {
      ModelJob job;
      job.set(Member::Job);
      job.set(Member::JobId, "huge-" + std::to_string(i));
      job.set(Member::Status, "s" + std::to_string(i));
      job.set(Member::CreationTimestamp);
      job.created = 1'790'000'000'000 + static_cast<std::int64_t>(i % 7);
      put(std::move(job));
    }
  }

  /// So many that the next row is the last, or the first, of a word of rows or of a chunk.
  void fill_chunk() {
    const std::size_t size = choices_.once_in(16) ? rows_per_chunk : Bitmap::rows_per_word;
    const std::size_t short_of = choices_.among(3);
    Choices endless(choices_.among(65'536));
    std::size_t number = 0;
    while (row_count() % size != (size - short_of) % size && row_count() < most_rows) {
      ++work_;
      put(choose_job(endless, "fill-" + std::to_string(row_count()) + "-" + std::to_string(number++)));
    }
  }

  void clear_or_compact() {
    if (choices_.among(3) == 2) {
      jobs_ = {};
      model_.clear();
    } else {
      auto compacted = JobIntake::compact({}, *jobs_.store);
      if (compacted == nullptr) return;
      jobs_ = {.store = std::move(compacted)};
      require(row_count() == model_.size(), "only current rows are left by compact()");
    }
  }

  [[nodiscard]] std::size_t row_count() const { return jobs_.store->row_count(); }

  // --- Out of it ---

  void query() {
    work_ += row_count() / 8;
    const ModelQuery query = QueryMaker(choices_).make();
    SortKey key;
    const ModelField* field = nullptr;
    if (const std::size_t sorted = choices_.among(queried_fields + 5); sorted < queried_fields) {
      field = &model_fields()[sorted];
      const bool descending = choices_.among(2) == 1;
      const auto parsed = parse_sort_key((descending ? "-" : "") + choose_name(choices_, *field));
      require(parsed.has_value() && parsed->is_descending == descending, "a sort key is read");
      key = *parsed;
    }
    auto answer = query_jobs(jobs_, query.text, key, now_instant);
    const bool is_known = std::all_of(query.needed_values.begin(), query.needed_values.end(),
                                      [&](const auto& needed) { return occurs(needed.first, needed.second); });
    if (const auto* error = std::get_if<QueryError>(&answer)) {
      if (is_known) fail("a query is an error: " + query.text, {}, error->message);
      return;
    }
    if (!is_known) fail("a query with an unknown value is none: " + query.text);

    KeptView kept{std::move(std::get<JobView>(answer)), {}};
    for (const auto& [id, job] : model_) {
      if (query.holds(*job)) kept.expected.push_back(job);
    }
    std::sort(kept.expected.begin(), kept.expected.end(), is_before);
    if (field != nullptr) sort_by(kept.expected, *field, key.is_descending);
    if (kept.view.size() != kept.expected.size()) {
      fail("how many jobs a query finds: " + query.text, std::to_string(kept.expected.size()),
           std::to_string(kept.view.size()));
    }
    if (choices_.among(2) == 1) require_rows(kept, 0, kept.expected.size());
    constexpr std::size_t most_views = 4;
    if (views_.size() == most_views) views_.erase(views_.begin());
    views_.push_back(std::move(kept));
  }

  /// Whether a status or code, folded, is documented or a current job's.
  [[nodiscard]] bool occurs(Member member, const std::string& value) const {
    if (is_documented(member, value)) return true;
    return !value.empty() && std::any_of(model_.begin(), model_.end(), [&](const auto& entry) {
      return entry.second->holds(member) && folded(entry.second->text(member)) == value;
    });
  }

  template <class Ask>
  void with_view(const Ask& ask) {
    if (views_.empty()) return;
    KeptView& kept = views_[choices_.among(views_.size())];
    work_ += kept.expected.size();
    ask(kept);
  }

  static void require_rows(KeptView& kept, std::size_t first, std::size_t count) {
    std::string expected = "[";
    const std::size_t end = std::min(first + count, kept.expected.size());
    std::size_t written = first;
    for (; written < end && expected.size() < part_size; ++written) {
      if (expected.size() > 1) expected += ',';
      expected += job_json(*kept.expected[written], /*in_seconds=*/false);
    }
    expected += ']';
    std::string found;
    const std::size_t told = kept.view.append_part(found, ExportFormat::rows, first, count);
    require(told == written - std::min(first, written), "rows of a part");
    require_equal(expected, found, "rows of a view");
  }

  void page(KeptView& kept) {
    const std::size_t first = choices_.among(kept.expected.size() % 65'536 + 2);
    require_rows(kept, first, choices_.among(700));
    require(kept.view.rows(kept.expected.size(), 1).empty(), "no row behind the last");
  }

  void facets(KeptView& kept) {
    const ModelField& field = model_fields()[choices_.among(model_fields().size())];
    std::map<std::string, std::size_t> counts;
    for (const auto& job : kept.expected) {
      if (field.number ? field.number(*job).has_value() : field.text(*job).has_value()) ++counts[shown(field, *job)];
    }
    std::vector<std::pair<std::string, std::size_t>> expected(counts.begin(), counts.end());
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    const Field* const known = find_facet_field(choose_name(choices_, field));
    require(known != nullptr, "a field that facets count");
    const std::vector<ValueCount> found = kept.view.facets(*known).value();
    for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
      require_equal(expected[i].first, found[i].value, "a facet's value");
      require(expected[i].second == found[i].count, "a facet's count");
    }
    require(expected.size() == found.size(), "how many facets there are");
  }

  void histogram(KeptView& kept) {
    static constexpr std::array<std::size_t, 6> counts{1, 2, 7, 60, 1000, 333};
    const std::size_t count = counts[choices_.among(counts.size())];
    const ModelField& field = model_fields()[14 + choices_.among(3)];
    const std::vector<StatusBucket> buckets = kept.view.histogram(*find_field(field.name), count).value();
    std::vector<std::size_t> totals(buckets.size());
    std::vector<std::map<std::string, std::size_t>> statuses(buckets.size());
    double least = std::numeric_limits<double>::infinity();
    double greatest = -least;
    for (const auto& job : kept.expected) {
      const auto number = field.number(*job);
      if (!number) continue;
      least = std::min(least, *number);
      greatest = std::max(greatest, *number);
      std::size_t at = 0;
      while (at + 1 < buckets.size() && *number >= buckets[at].to) ++at;
      require(!buckets.empty() && buckets[at].from <= *number && *number <= buckets[at].to, "a bucket holds the value");
      ++totals[at];
      if (job->holds(Member::Status)) ++statuses[at][job->text(Member::Status)];
    }
    require(buckets.size() == (least > greatest ? 0 : count), "how many buckets there are");
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      const StatusBucket& bucket = buckets[i];
      require(std::isfinite(bucket.from) && std::isfinite(bucket.to) && bucket.from <= bucket.to, "a bucket's edges");
      require(i == 0 ? bucket.from == least : bucket.from == buckets[i - 1].to, "a bucket begins where the last ends");
      require(bucket.count == totals[i], "a bucket's count");
      std::map<std::string, std::size_t> found;
      for (const auto& [status, jobs] : bucket.by_group) found[std::string(status)] += jobs;
      require(found == statuses[i] && found.size() == bucket.by_group.size(), "a bucket's statuses");
    }
    if (!buckets.empty() && greatest > least)
      require(buckets.back().to == greatest, "the last bucket ends with the values");
  }

  void place(KeptView& kept) {
    const bool is_there = !kept.expected.empty() && choices_.among(3) != 0;
    const std::string id =
        is_there ? kept.expected[choices_.among(std::min<std::size_t>(kept.expected.size(), 65'536))]->id()
                 : choose_id(choices_);
    std::optional<std::size_t> expected;
    for (std::size_t i = 0; i < kept.expected.size() && !expected; ++i) {
      if (kept.expected[i]->id() == id) expected = i;
    }
    require(kept.view.index_of(id) == expected, "where a job stands in a view");
  }

  void export_and_read_again(KeptView& kept) {
    static constexpr std::array<ExportFormat, 3> formats{ExportFormat::json, ExportFormat::ndjson, ExportFormat::csv};
    const ExportFormat format = formats[choices_.among(formats.size())];
    const std::size_t part = 1 + choices_.among(600);
    std::string expected;
    if (format == ExportFormat::json) expected = "{\"MediaAnalysisJobs\":[";
    if (format == ExportFormat::csv) expected = csv_head;
    for (const auto& job : kept.expected) {
      if (format == ExportFormat::csv) {
        expected += job_csv(*job);
        continue;
      }
      if (format == ExportFormat::json && job != kept.expected.front()) expected += ',';
      expected += job_json(*job, /*in_seconds=*/true);
      if (format == ExportFormat::ndjson) expected += '\n';
    }
    if (format == ExportFormat::json) expected += "]}";
    std::string found;
    std::size_t first = 0;
    do {
      first += kept.view.append_part(found, format, first, part);
    } while (first < kept.view.size());
    require_equal(expected, found, "an export");
    if (format == ExportFormat::csv || found.empty()) return;

    JobIndex again;
    Filing filing(*again.store);
    JobReader reader(filing);
    reader.read_whole(found);
    auto all = query_jobs(again, "", SortKey{}, now_instant);
    ModelJobs sorted = kept.expected;
    std::sort(sorted.begin(), sorted.end(), is_before);
    KeptView copy{std::move(std::get<JobView>(all)), std::move(sorted)};
    require_rows(copy, 0, copy.expected.size());
  }

  void check_store() {
    work_ += row_count() / 8;
    const JobStore& store = *jobs_.store;
    require(store.size() == model_.size(), "how many jobs there are");
    require(store.current_rows().count() == model_.size(), "how many rows are current");
    std::set<std::string> unfinished;
    std::string scratch;
    constexpr std::size_t most_compared = 300;  // in full; of a large store some
    std::size_t looked_at = 0;
    for (const auto& [id, job] : model_) {
      const auto row = store.find(id);
      require(row.has_value() && store.current_rows().contains(*row), "a job is found");
      if (looked_at++ % (1 + model_.size() / most_compared) == 0) {
        std::string found;
        append_json(found, store.job(*row, scratch), TimestampUnit::milliseconds);
        require_equal(job_json(*job, /*in_seconds=*/false), found, "a job of the store");
      }
      const std::string& status = job->text(Member::Status);
      const bool is_done = job->holds(Member::Status) && (status == "SUCCEEDED" || status == "FAILED");
      if (!is_done && !job->holds(Member::CompletionTimestamp)) unfinished.insert(id);
    }
    const std::vector<std::string> ids = store.unfinished_job_ids().value();
    require(std::set<std::string>(ids.begin(), ids.end()) == unfinished && ids.size() == unfinished.size(),
            "which jobs are unfinished");
    require(!store.find("no job").has_value(), "no other job is found");
  }

  Choices choices_;
  JobIndex jobs_;
  std::map<std::string, std::shared_ptr<const ModelJob>> model_;
  std::vector<KeptView> views_;
  std::size_t work_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Plan({data, size}).play();
  return 0;
}
