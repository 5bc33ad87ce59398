// The AWS SDK as independent judge: over the same account, the package and @aws-sdk/client-rekognition must agree.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  GetMediaAnalysisJobCommand,
  ListMediaAnalysisJobsCommand,
  RekognitionClient,
  paginateListMediaAnalysisJobs,
} from "@aws-sdk/client-rekognition";
import { ServiceError, createJobs } from "rekognition-jobs";
import { startServer } from "../../../emulator/server.js";

const LIMIT = { timeout: 60_000 };
const NOW = Date.UTC(2026, 10, 24, 11, 30);
const JOBS = 730;
const STATUSES = ["CREATED", "FAILED", "IN_PROGRESS", "QUEUED", "SUCCEEDED"];

/** An SDK client whose clock stands where the endpoint's does. */
const makeClient = () =>
  new RekognitionClient({
    region: "us-east-1",
    endpoint: server.url,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
    systemClockOffset: NOW - Date.now(),
    maxAttempts: 1,
  });

let server;
let client;
let jobs;

before(async () => {
  server = await startServer({ port: 0, jobs: JOBS, seed: 4, now: () => NOW });
  client = makeClient();
  jobs = await createJobs({ endpoint: server.url, maxAttempts: 1 });
}, LIMIT);

after(async () => {
  jobs?.close();
  client?.destroy();
  await server?.close();
}, LIMIT);

const withoutMetadata = ({ $metadata, ...output }) => {
  assert.equal($metadata.httpStatusCode, 200);
  return output;
};
const judgeList = async (input) => withoutMetadata(await client.send(new ListMediaAnalysisJobsCommand(input)));
const judgeGet = async (JobId) => withoutMetadata(await client.send(new GetMediaAnalysisJobCommand({ JobId })));

async function judgePages(pageSize, startingToken) {
  const pages = [];
  for await (const page of paginateListMediaAnalysisJobs({ client, pageSize, startingToken }, {}))
    pages.push(withoutMetadata(page));
  return pages;
}

async function pagesOf(input) {
  const pages = [];
  for await (const page of jobs.paginateListMediaAnalysisJobs(input)) pages.push(page);
  return pages;
}

describe("what the account holds", () => {
  test("is enough to judge by: every status, and every member that a job can have", LIMIT, async () => {
    const all = (await judgePages(100)).flatMap(({ MediaAnalysisJobs }) => MediaAnalysisJobs);
    assert.equal(all.length, JOBS);
    assert.deepEqual([...new Set(all.map(({ Status }) => Status))].sort(), STATUSES);
    const members = new Set();
    const collect = (value, path) => {
      for (const [name, member] of Object.entries(value)) {
        members.add(`${path}${name}`);
        if (Object.getPrototypeOf(member) === Object.prototype) collect(member, `${path}${name}.`);
      }
    };
    all.forEach((job) => collect(job, ""));
    for (const path of [
      "JobName",
      "KmsKeyId",
      "FailureDetails.Message",
      "Input.S3Object.Version",
      "OutputConfig.S3KeyPrefix",
      "OperationsConfig.DetectModerationLabels.ProjectVersion",
      "Results.ModelVersions.Moderation",
      "ManifestSummary.S3Object.Name",
    ]) {
      assert.ok(members.has(path), path);
    }
  });
});

describe("the same output", () => {
  for (const MaxResults of [undefined, 100, 37, 1]) {
    test(`page after page of ${MaxResults}`, LIMIT, async () => {
      const input = MaxResults === undefined ? {} : { MaxResults };
      let NextToken;
      let pages = 0;
      let seen = 0;
      do {
        const asked = NextToken === undefined ? input : { ...input, NextToken };
        const [theirs, ours] = await Promise.all([judgeList(asked), jobs.listMediaAnalysisJobs(asked)]);
        assert.deepEqual(ours, theirs);
        pages++;
        seen += ours.MediaAnalysisJobs.length;
        NextToken = ours.NextToken;
      } while (NextToken !== undefined && (MaxResults !== 1 || pages < 40));
      if (MaxResults !== 1) assert.equal(seen, JOBS);
    });
  }

  test("without any input", LIMIT, async () => {
    const theirs = await judgeList({});
    assert.deepEqual(await jobs.listMediaAnalysisJobs(), theirs);
    assert.deepEqual(await jobs.listMediaAnalysisJobs({ MaxResults: undefined, NextToken: undefined }), theirs);
  });

  for (const MaxResults of [100, 7]) {
    test(`paginating by ${MaxResults}, from the start and from a token`, LIMIT, async () => {
      const theirs = await judgePages(MaxResults);
      assert.deepEqual(await pagesOf({ MaxResults }), theirs);
      const [{ NextToken }] = theirs;
      assert.deepEqual(await pagesOf({ MaxResults, NextToken }), await judgePages(MaxResults, NextToken));
    });
  }

  test("every job one by one", LIMIT, async () => {
    const all = (await judgePages(100)).flatMap(({ MediaAnalysisJobs }) => MediaAnalysisJobs);
    const examined = all.filter((job, i) => i < 40 || i % 9 === 0 || job.FailureDetails);
    assert.ok(examined.length > 100);
    for (const { JobId } of examined) {
      const [theirs, ours] = await Promise.all([judgeGet(JobId), jobs.getMediaAnalysisJob({ JobId })]);
      assert.deepEqual(ours, theirs);
    }
  });

  test("loaded into the store", LIMIT, async () => {
    const theirs = (await judgePages(100)).flatMap(({ MediaAnalysisJobs }) => MediaAnalysisJobs);
    const loaded = await jobs.load();
    assert.deepEqual(loaded, {
      added: JOBS,
      updated: 0,
      unchanged: 0,
      pages: Math.ceil(JOBS / 100),
      retries: 0,
      complete: true,
    });
    assert.equal(jobs.size, JOBS);
    const newestFirst = [...theirs].sort(
      (a, b) => b.CreationTimestamp - a.CreationTimestamp || (a.JobId < b.JobId ? -1 : 1),
    );
    const view = jobs.query();
    assert.equal(view.length, JOBS);
    assert.deepEqual(view.rows(0, JOBS), newestFirst);
    assert.deepEqual([...view], newestFirst);
    for (const job of theirs) assert.deepEqual(jobs.get(job.JobId), job);
    assert.deepEqual(await jobs.load(), { ...loaded, added: 0, unchanged: JOBS });
    assert.deepEqual(
      [...jobs.query("status:failed")],
      newestFirst.filter(({ Status }) => Status === "FAILED"),
    );
    jobs.clear();
  });

  test("read from the raw answers that the SDK got", LIMIT, async () => {
    const bodies = [];
    const keep = (next) => async (args) => {
      const result = await next(args);
      const body = await new Response(result.response.body).text();
      bodies.push(body);
      result.response.body = Buffer.from(body);
      return result;
    };
    const reading = makeClient();
    reading.middlewareStack.add(keep, { step: "deserialize", priority: "low", name: "keep" });
    const theirs = [];
    for await (const page of paginateListMediaAnalysisJobs({ client: reading }, {}))
      theirs.push(...page.MediaAnalysisJobs);
    reading.destroy();
    assert.equal(bodies.length, Math.ceil(JOBS / 100));
    const { added, rejectedCount } = await jobs.import(bodies.join("\n"));
    assert.deepEqual({ added, rejectedCount }, { added: JOBS, rejectedCount: 0 });
    for (const job of theirs) assert.deepEqual(jobs.get(job.JobId), job);
    jobs.clear();
  });
});

describe("the same exception", () => {
  /** Both must refuse, by the same name; what each says is its own. */
  async function refused(theirs, ours) {
    const [their, our] = await Promise.all(
      [theirs, ours].map((call) =>
        call.then(
          (value) => ({ value }),
          (error) => ({ error }),
        ),
      ),
    );
    assert.ok(their.error, `the SDK was answered: ${JSON.stringify(their.value)}`);
    assert.ok(our.error, `the package was answered: ${JSON.stringify(our.value)}`);
    assert.ok(our.error instanceof ServiceError, `${our.error}`);
    assert.equal(our.error.name, their.error.name);
    return { their: their.error, our: our.error };
  }
  const refusedList = (input) => refused(judgeList(input), jobs.listMediaAnalysisJobs(input));
  const refusedGet = (JobId) => refused(judgeGet(JobId), jobs.getMediaAnalysisJob({ JobId }));

  for (const [name, input, expected] of [
    ["MaxResults 0", { MaxResults: 0 }, "InvalidParameterException"],
    ["MaxResults -1", { MaxResults: -1 }, "InvalidParameterException"],
    ["MaxResults 101", { MaxResults: 101 }, "InvalidParameterException"],
    ["MaxResults 1.5", { MaxResults: 1.5 }, "InvalidParameterException"],
    ["a token of 1,025 characters", { NextToken: "x".repeat(1_025) }, "InvalidParameterException"],
  ]) {
    test(name, LIMIT, async () => {
      const { our } = await refusedList(input);
      assert.equal(our.name, expected);
      assert.deepEqual(our.$metadata, { attempts: 0 }, "nothing was sent");
    });
  }

  for (const [name, NextToken] of [
    ["a token of 1,024 characters", "x".repeat(1_024)],
    ["a token nobody gave", "nonsense"],
  ]) {
    test(name, LIMIT, async () => {
      const { their, our } = await refusedList({ NextToken });
      assert.equal(our.name, "InvalidPaginationTokenException");
      assert.equal(our.message, their.message);
      assert.equal(our.$metadata.attempts, 1);
      assert.equal(our.$metadata.httpStatusCode, their.$metadata.httpStatusCode);
    });
  }

  test("a token that was tampered with", LIMIT, async () => {
    const { NextToken } = await judgeList({ MaxResults: 10 });
    const last = NextToken.at(-1) === "A" ? "B" : "A";
    await refusedList({ MaxResults: 10, NextToken: NextToken.slice(0, -1) + last });
  });

  for (const JobId of ["", "x".repeat(65), "has space", "ü", "a/b", "a\nb"]) {
    test(`JobId ${JSON.stringify(JobId.slice(0, 12))}`, LIMIT, async () => {
      const { our } = await refusedGet(JobId);
      assert.equal(our.name, "InvalidParameterException");
      assert.equal(our.$metadata.attempts, 0);
    });
  }

  test("a JobId that nobody has", LIMIT, async () => {
    for (const JobId of ["0".repeat(64), "x", "-_-"]) {
      const { their, our } = await refusedGet(JobId);
      assert.equal(our.name, "ResourceNotFoundException");
      assert.equal(our.message, their.message);
      assert.equal(our.$metadata.httpStatusCode, their.$metadata.httpStatusCode);
      assert.match(our.$metadata.requestId, /^[0-9a-f-]{36}$/);
    }
  });

  test("no JobId at all", LIMIT, async () => {
    await refusedGet(undefined);
    await refused(judgeGet(undefined), jobs.getMediaAnalysisJob());
  });
});

describe("the same endpoint", () => {
  const regions = [
    "us-east-1",
    "eu-central-1",
    "ap-southeast-2",
    "il-central-1",
    "mx-central-1",
    "us-gov-west-1",
    "cn-north-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eusc-de-east-1",
    "xx-unheard-1",
  ];
  for (const region of regions) {
    test(region, LIMIT, async () => {
      for (const useFipsEndpoint of [false, true]) {
        for (const useDualstackEndpoint of [false, true]) {
          const asked = [];
          const here = await createJobs({
            region,
            useFipsEndpoint,
            useDualstackEndpoint,
            fetch: async (url) => {
              asked.push(String(url));
              return new Response('{"MediaAnalysisJobs":[]}');
            },
          });
          await here.listMediaAnalysisJobs();
          here.close();
          const { url } = client.config.endpointProvider({
            Region: region,
            UseFIPS: useFipsEndpoint,
            UseDualStack: useDualstackEndpoint,
          });
          assert.deepEqual(asked, [url.href]);
        }
      }
    });
  }
});
