// Jobs: what reading, storing, asking, sorting and counting cost with the worst input that is known for each.
#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jobs/facet_field.h"
#include "jobs/query.h"
#include "jobs/reader.h"
#include "query/tokenizer.h"
#include "service/listing_sync.h"
#include "steps.h"

namespace rekognition_jobs {
namespace {

using test::check_cost;

constexpr Timestamp now = 1'795'512'600'000;

/// Puts jobs into a store and counts what is rejected.
class Storing : public JobSink {
 public:
  explicit Storing(JobStore& store) : store_(store) {}
  void on_job(const MediaAnalysisJob& job) override { store_.put(job); }
  void on_rejected(std::uint64_t /*offset*/, std::string_view /*message*/) override {}

 private:
  JobStore& store_;
};

/// A job of texts by member.
class Made {
 public:
  explicit Made(std::string job_id) { set(Member::JobId, std::move(job_id)); }

  Made& set(Member member, std::string text) {
    texts_.emplace_back(member, std::move(text));
    return *this;
  }
  Made& confidence(double confidence) {
    confidence_ = confidence;
    return *this;
  }
  Made& created(Timestamp created) {
    created_ = created;
    return *this;
  }

  void put_into(JobStore& store) const {
    MediaAnalysisJob job;
    const auto insert = [&](Member member) {
      for (Member at = member; !job.members.contains(at); at = shape_of(at).parent) job.members.insert(at);
    };
    job.members.insert(Member::Job);
    for (const auto& [member, text] : texts_) {
      insert(member);
      job.texts[index_of(member)] = text;
    }
    if (confidence_ != 0) insert(Member::MinConfidence);
    if (created_ != 0) insert(Member::CreationTimestamp);
    job.min_confidence = confidence_;
    job.creation_timestamp = created_;
    store.put(job);
  }

 private:
  std::vector<std::pair<Member, std::string>> texts_;
  double confidence_ = 0;
  Timestamp created_ = 0;
};

using Jobs = std::shared_ptr<JobIndex>;

Jobs jobs_of(const std::vector<Made>& made) {
  auto jobs = std::make_shared<JobIndex>();
  for (const Made& one : made) one.put_into(*jobs->store);
  return jobs;
}

template <class Make>
std::vector<Made> many(std::size_t count, const Make& make) {
  std::vector<Made> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(make(i));
  return made;
}

std::string digits(std::size_t number) { return std::to_string(100'000'000 + number); }

/// 64 hexadecimal digits, as the service makes them.
std::string service_id(std::size_t number) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string id;
  std::uint64_t bits = number;
  for (std::size_t i = 0; i < packed_job_id_size; ++i) {
    bits = bits * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
    id += hex[bits >> 60];
  }
  return id;
}

/// `one(0)`, `one(1)` … with `between`.
template <class One>
std::string joined(std::size_t count, std::string_view between, const One& one) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : between).append(one(i));
  return text;
}

std::function<void()> query(const Jobs& jobs, std::string text) {
  return [jobs, text = std::move(text)] { static_cast<void>(query_jobs(*jobs, text, SortKey{}, now)); };
}

std::function<void()> read(std::string text, std::size_t chunk) {
  return [text = std::move(text), chunk] {
    JobStore store;
    Storing sink(store);
    JobReader reader(sink);
    for (std::size_t at = 0; at < text.size(); at += chunk) reader.read(std::string_view(text).substr(at, chunk));
    reader.finish();
  };
}

/// Sorts by the field and goes to the last row.
std::function<void()> sort(const Jobs& jobs, const char* field) {
  return [jobs, field] {
    auto answer = query_jobs(*jobs, "", *parse_sort_key(field), now);
    auto& view = std::get<JobView>(answer);
    CHECK(view.rows(view.size() - 1, 1).size() == 1);
  };
}

std::function<void()> store(std::vector<Made> made) {
  return [made = std::move(made)] { CHECK(jobs_of(made)->store->size() == made.size()); };
}

// --- What the hash was before it had a key, and texts that it did not tell apart ---

constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;

constexpr std::uint64_t inverse_of(std::uint64_t odd) {
  std::uint64_t inverse = odd;
  for (int i = 0; i < 6; ++i) inverse *= 2 - odd * inverse;
  return inverse;
}
static_assert(golden * inverse_of(golden) == 1);

constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * golden;
  return hash ^ (hash >> 32);
}

/// The `word` with which mix(hash, word) is `wanted`.
constexpr std::uint64_t stirred_to(std::uint64_t hash, std::uint64_t wanted) {
  return (wanted ^ (wanted >> 32)) * inverse_of(golden) ^ hash;
}
static_assert(mix(7, stirred_to(7, 12'345)) == 12'345);

/// Of the hash, the table took the lower half.
constexpr std::uint64_t hash_with_same_half(std::size_t number) { return std::uint64_t{number} << 32 | 0x1234'5678; }

std::string colliding_job_id(std::size_t number) {
  constexpr std::string_view hex = "0123456789abcdef";
  const std::uint64_t before = mix(mix(mix(0, 0), 0), 0);
  const std::uint64_t word = stirred_to(before, hash_with_same_half(number));
  std::string id(48, '0');
  std::array<unsigned char, 8> bytes{};
  std::memcpy(bytes.data(), &word, sizeof word);
  // The upper halves of sixteen digits' bytes are those of the first eight digits.
  for (const unsigned char byte : bytes) id += hex[byte >> 4];
  for (const unsigned char byte : bytes) id += hex[byte & 0xF];
  return id;
}

std::string colliding_text(std::size_t number) {
  const std::uint64_t last = 0;
  const std::uint64_t odd = mix(0, last);
  const std::uint64_t before = stirred_to(last, hash_with_same_half(number));
  const std::uint64_t even = stirred_to(odd, before);
  const std::array<std::uint64_t, 2> words{stirred_to(16, even), last};
  std::string text(16, '\0');
  std::memcpy(text.data(), words.data(), text.size());
  return text;
}

TEST_CASE("texts made for the hash that had no key collide in none") {
  check_cost("put: JobIds made to collide", 4'000,
             [](std::size_t n) { return store(many(n, [](std::size_t i) { return Made(colliding_job_id(i)); })); });
  check_cost("put: statuses made to collide", 4'000, [](std::size_t n) {
    return store(many(n, [](std::size_t i) { return Made(digits(i)).set(Member::Status, colliding_text(i)); }));
  });
  check_cost("put: confidences made to collide", 4'000, [](std::size_t n) {
    return store(many(n, [](std::size_t i) {
      double number = 0;
      const std::uint64_t bits = stirred_to(0, hash_with_same_half(i));
      std::memcpy(&number, &bits, sizeof number);
      return Made(digits(i)).confidence(number);
    }));
  });
}

TEST_CASE("storing is linear in a job's text") {
  check_cost("put: a JobId that a key nearly holds, at each of its bytes", 10'000, [](std::size_t n) {
    return store(many(1, [n](std::size_t) {
      return Made(std::string(n, 'a') + "b").set(Member::ResultsName, std::string(2 * n, 'a'));
    }));
  });
  check_cost("put: a JobId of the service's size and a long key", 10'000, [](std::size_t n) {
    return store(many(1, [n](std::size_t) {
      return Made(std::string(63, 'a') + "b").set(Member::ResultsName, std::string(n, 'a'));
    }));
  });
}

TEST_CASE("reading is linear in the bytes, however they come") {
  const std::string member = "{\"JobId\":\"x\",\"JobName\":\"";
  check_cost("import: a long record in chunks of 16 bytes", 20'000,
             [&](std::size_t n) { return read(member + std::string(n, 'a') + "\"}", 16); });
  check_cost("import: a long number in chunks of 16 bytes", 20'000,
             [](std::size_t n) { return read(std::string(n, '1'), 16); });
  const auto lines = [](std::string_view line) {
    return [line](std::size_t n) { return read(joined(n, "", [&](std::size_t) { return line; }), 1 << 16); };
  };
  check_cost("import: lines that each open a level", 2'000, lines("{\"a\":\n"));
  check_cost("import: lines that each open an array", 2'000, lines("[\n"));
  check_cost("import: lines of which each is broken", 2'000, lines("{\"JobId\":\"a\",}\n"));
  check_cost("import: a record whose lines all begin like records", 2'000, [](std::size_t n) {
    return read(joined(30, "", [](std::size_t) { return "{\"a\":\n"; }) +
                    joined(n, ",", [](std::size_t) { return "\"b\":1"; }) + "!",
                1 << 16);
  });
  check_cost("import: an array of records without end", 2'000,
             [](std::size_t n) { return read("[" + joined(n, ",\n", [](std::size_t) { return "{}"; }), 100); });
}

TEST_CASE("queries are linear in their text and in the store") {
  const auto a = [](std::size_t) { return std::string("a"); };
  const auto tokens = [](std::string text) {
    return [text = std::move(text)] { static_cast<void>(query_tokens_json(text, job_query_schema)); };
  };
  const Jobs one = jobs_of({Made("a")});
  for (const char* const start : {"id:", "name:", "input:", "results:", "has:name,", "created:now,"}) {
    const bool is_flag = start[0] == 'h';
    const bool is_time = start[0] == 'c';
    const auto text = [=](std::size_t n) {
      return start + joined(n, ",", [&](std::size_t) {
               return std::string(is_flag ? "code" : is_time ? "2026" : "a");
             });
    };
    check_cost("query: " + std::string(start) + "a,a,a…", 4'000, [&](std::size_t n) { return query(one, text(n)); });
    check_cost("tokens: " + std::string(start) + "a,a,a…", 4'000, [&](std::size_t n) { return tokens(text(n)); });
  }
  for (const char* const piece :
       {"(", ")", "-", "\"", "\\\"", "\"\\", "a:", "OR ", "NOT ", ",", "=", "a\"", "id:=\"a\",", "a OR "}) {
    const auto text = [=](std::size_t n) { return joined(n, "", [&](std::size_t) { return piece; }); };
    check_cost("query: " + text(3) + "…", 4'000, [&](std::size_t n) { return query(one, text(n)); });
    check_cost("tokens: " + text(3) + "…", 4'000, [&](std::size_t n) { return tokens(text(n)); });
  }
  check_cost("query: words side by side", 4'000, [&](std::size_t n) { return query(one, joined(n, " ", a)); });
}

TEST_CASE("a list of values is a set") {
  const auto ids = many(8'000, [](std::size_t i) { return Made(service_id(i)); });
  const auto names = many(8'000, [](std::size_t i) {
    return Made(digits(i))
        .set(Member::JobName, digits(i))
        .set(Member::InputBucket, "b")
        .set(Member::InputName, digits(i));
  });
  const auto both = [](const std::vector<Made>& made, std::string before, std::string between, const auto& value) {
    return [=](std::size_t n) {
      return query(jobs_of({made.begin(), made.begin() + static_cast<std::ptrdiff_t>(n)}),
                   before + joined(n, between, value));
    };
  };
  const auto id = [](std::size_t i) { return service_id(i); };
  const auto number = [](std::size_t i) { return digits(i); };
  check_cost("query: pasted JobIds", 2'000, both(ids, "id:", ",", id));
  check_cost("query: pasted JobIds as alternatives", 500, both(ids, "", " OR ", id));
  check_cost("query: JobIds of another form", 2'000, both(names, "id:", ",", number));
  check_cost("query: many parts of JobIds", 2'000, both(ids, "id:", ",", number));
  check_cost("query: many names", 2'000, both(names, "name:", ",", number));
  check_cost("query: many names, exactly", 2'000, both(names, "name:=", ",=", number));
  check_cost("query: many URIs", 1'000, both(names, "input:", ",", number));
  check_cost("query: many words as alternatives", 1'000, both(names, "", " OR ", number));
  check_cost("query: many words negated", 1'000, both(names, "-", " -", [](std::size_t i) { return "x" + digits(i); }));
  check_cost("query: many words side by side", 1'000, both(names, "", " ", number));
  check_cost("query: many patterns", 1'000, both(names, "name:*", ",*", [](std::size_t i) { return digits(i) + "*"; }));
  check_cost("query: a list of one letter's repetitions", 10'000, [](std::size_t n) {
    return query(jobs_of({Made("x").set(Member::JobName, std::string(n, 'a'))}),
                 "name:" + joined(n / 500, ",", [](std::size_t i) { return std::string(500 + i % 20, 'a') + "b"; }));
  });

  const auto statuses = many(8'000, [](std::size_t i) {
    return Made(digits(i))
        .set(Member::Status, "S" + digits(i))
        .confidence(static_cast<double>(i) + 1)
        .created(1'700'000'000'000 + static_cast<Timestamp>(i) * 1'000);
  });
  check_cost("query: many statuses of as many", 1'000,
             both(statuses, "status:", ",", [](std::size_t i) { return "S" + digits(i); }));
  check_cost("query: many models of as many statuses", 1'000, both(statuses, "model:", ",", number));
  check_cost("query: an unknown one of many statuses", 1'000, both(statuses, "status:x,", ",", number));
  check_cost("query: many confidences of as many", 1'000,
             both(statuses, "confidence:", ",", [](std::size_t i) { return std::to_string(2 * i); }));
  check_cost("query: many durations", 1'000,
             both(statuses, "duration:", ",", [](std::size_t i) { return std::to_string(2 * i) + "s"; }));
  check_cost("query: many times", 1'000, both(statuses, "created:", ",", [](std::size_t i) {
               return "2023-11-14T" + std::to_string(10 + i / 3'600 % 10) + ":" + std::to_string(10 + i / 50 % 50) +
                      ":" + std::to_string(10 + i % 50);
             }));
}

TEST_CASE("a search is linear, whatever repeats") {
  const auto letters = [](std::size_t n) { return std::string(n, 'a'); };
  const auto short_names = [](std::size_t n) {
    return jobs_of(many(n, [](std::size_t i) { return Made(digits(i)).set(Member::JobName, "a"); }));
  };
  const auto one_name = [&](std::size_t n) { return jobs_of({Made("x").set(Member::JobName, letters(n))}); };
  check_cost("query: a word of one letter among many names of it", 4'000,
             [&](std::size_t n) { return query(short_names(n), "name:" + letters(n / 2)); });
  check_cost("query: a word of one letter in a name of it", 10'000,
             [&](std::size_t n) { return query(one_name(n), letters(n / 2)); });
  check_cost("query: a word that fails at its middle", 10'000,
             [&](std::size_t n) { return query(one_name(n), "name:" + letters(n / 4) + "b" + letters(n / 4)); });
  check_cost("query: a pattern of many parts", 10'000, [&](std::size_t n) {
    return query(one_name(n), "name:*" + joined(n / 64, "*", [&](std::size_t) { return letters(31) + "b"; }) + "*");
  });
  check_cost("query: a pattern of as many parts as letters", 10'000, [&](std::size_t n) {
    return query(one_name(n), "name:" + joined(n / 2, "*", [&](std::size_t) { return "a"; }) + "*b");
  });
  check_cost("query: a word after one that it nearly holds", 10'000, [&](std::size_t n) {
    const Jobs jobs = one_name(1);
    query(jobs, letters(n / 2) + "b")();
    return query(jobs, letters(n));
  });
  check_cost("query: slashes in a URI and in its bucket", 4'000, [&](std::size_t n) {
    return query(jobs_of(many(n / 100,
                              [&](std::size_t i) {
                                return Made(digits(i))
                                    .set(Member::InputBucket, std::string(100, '/') + digits(i))
                                    .set(Member::InputName, std::string(100, '/'));
                              })),
                 "input:" + std::string(n, '/'));
  });
  check_cost("query: a message of one letter", 10'000, [&](std::size_t n) {
    return query(jobs_of({Made("x").set(Member::FailureMessage, letters(n))}),
                 "message:" + letters(n / 4) + "b" + letters(n / 4));
  });
}

TEST_CASE("sorting and counting are linear in the texts") {
  const auto long_texts = [](Member bucket, Member key) {
    return [=](std::size_t n) {
      return jobs_of(many(2, [&](std::size_t i) {
        return Made(digits(i))
            .set(bucket, "b")
            .set(key, std::string(n, 'a') + digits(i))
            .set(Member::KmsKeyId, "arn:a:b:" + std::string(n, 'r') + ":c");
      }));
    };
  };
  const auto input = long_texts(Member::InputBucket, Member::InputName);
  const auto results = long_texts(Member::ResultsBucket, Member::ResultsName);
  const auto output = long_texts(Member::OutputPrefix, Member::OutputBucket);
  const auto name = long_texts(Member::InputBucket, Member::JobName);
  check_cost("sort: two input keys that begin alike", 20'000, [&](std::size_t n) { return sort(input(n), "input"); });
  check_cost("sort: two results keys that begin alike", 20'000,
             [&](std::size_t n) { return sort(results(n), "results"); });
  check_cost("sort: two buckets that begin alike", 20'000, [&](std::size_t n) { return sort(output(n), "output"); });
  check_cost("sort: two names that begin alike", 20'000, [&](std::size_t n) { return sort(name(n), "name"); });
  check_cost("sort: two keys of the project that begin alike", 20'000,
             [&](std::size_t n) { return sort(name(n), "kms"); });
  check_cost("sort: two Regions that begin alike", 20'000, [&](std::size_t n) { return sort(name(n), "region"); });
  check_cost("sort: JobIds at one time", 2'000, [](std::size_t n) {
    return sort(jobs_of(many(n, [](std::size_t i) { return Made(service_id(i)).created(now); })), "");
  });
  check_cost("sort: many JobIds that begin alike", 100, [](std::size_t n) {
    return sort(jobs_of(many(n, [&](std::size_t i) { return Made(std::string(1'000, 'a') + digits(i * 7'919 % n)); })),
                "id");
  });
  const auto facets_of = [](const Jobs& jobs, const char* field) {
    return [jobs, field] {
      auto answer = query_jobs(*jobs, "", SortKey{}, now);
      CHECK(!std::get<JobView>(answer).facets(*find_facet_field(field)).value().empty());
    };
  };
  check_cost("facets: two input keys that begin alike", 20'000,
             [&](std::size_t n) { return facets_of(input(n), "input"); });
  check_cost("facets: as many names as jobs", 2'000, [&](std::size_t n) {
    return facets_of(
        jobs_of(many(n, [](std::size_t i) { return Made(digits(i)).set(Member::JobName, "n" + digits(i)); })), "name");
  });
  check_cost("histogram: times so far off that buckets share their ends", 1'000, [](std::size_t n) {
    const Jobs jobs = jobs_of(
        many(n, [](std::size_t i) { return Made(digits(i)).created(max_timestamp - static_cast<Timestamp>(i % 2)); }));
    return [jobs, n] {
      auto answer = query_jobs(*jobs, "", SortKey{}, now);
      CHECK(std::get<JobView>(answer).histogram(*find_field("created"), n).value().size() == n);
    };
  });
  check_cost("index: the last job", 4'000, [](std::size_t n) {
    const Jobs jobs = jobs_of(many(n, [](std::size_t i) { return Made(digits(i)); }));
    return [jobs, n] {
      auto answer = query_jobs(*jobs, "", SortKey{}, now);
      CHECK(std::get<JobView>(answer).index_of(digits(n - 1)) == n - 1);
    };
  });
}

TEST_CASE("what a refresh sends does not grow with what is unfinished") {
  check_cost("refresh: unfinished jobs of a file", 2'000, [](std::size_t n) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < n; ++i) ids.push_back(digits(i));
    return [ids] {
      SingleJobs singles;
      ListingSync sync = ListingSync::refresh(ids, now, singles);
      std::size_t requests = 0;
      while (sync.next_request()) {
        if (++requests == 1)
          static_cast<void>(sync.page_read(std::nullopt));
        else
          CHECK(sync.recovers_from({.name = "ResourceNotFoundException"}));
      }
      CHECK(requests == 1 + ListingSync::most_single_jobs);
    };
  });
}

}  // namespace
}  // namespace rekognition_jobs
