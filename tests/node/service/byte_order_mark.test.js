// A byte order mark before an answer, as some proxies put it there, is no part of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromCognitoIdentityPool } from "rekognition-jobs";
import { meant } from "../jobs_of.js";
import { answerFrom } from "./scripted_service.js";
import { accountOf, failure, LIMIT, OPERATIONS, pagesOf, stored, talkingTo } from "./calls.js";

const mark = "\uFEFF";
const marked = (answer) => (request) => {
  const { body, ...rest } = answer(request);
  return { ...rest, body: mark + JSON.stringify(body) };
};

test("answers are read as without it, at once", LIMIT, async () => {
  const account = accountOf(25);
  const { jobs, service } = await talkingTo(marked(answerFrom(account, { pageSize: 10 })), { maxAttempts: 3 });
  assert.deepEqual(await jobs.load(), { added: 25, updated: 0, unchanged: 0, pages: 3, retries: 0, complete: true });
  const byId = (one, other) => (one.JobId < other.JobId ? -1 : 1);
  assert.deepEqual(stored(jobs), account.jobs.map(meant).sort(byId));
  assert.equal((await pagesOf(jobs.paginateListMediaAnalysisJobs())).length, 3);
  assert.equal((await jobs.getMediaAnalysisJob({ JobId: "job-0007" })).JobId, "job-0007");
  assert.equal(service.requests.length, 7);
});

test("refusals have their names and messages", LIMIT, async () => {
  const { jobs } = await talkingTo({ status: 400, body: `${mark}{"__type":"AccessDeniedException","Message":"no"}` });
  for (const call of Object.values(OPERATIONS)) {
    assert.equal((await failure(call(jobs), "AccessDeniedException")).message, "no");
  }
});

test("Cognito's answers too", LIMIT, async () => {
  const answers = [
    { IdentityId: "us-east-1:1" },
    { Credentials: { AccessKeyId: "A", SecretKey: "s", SessionToken: "t", Expiration: 1_795_000_000 } },
  ];
  const fetch = async () => new Response(mark + JSON.stringify(answers.shift()));
  const provide = fromCognitoIdentityPool({ identityPoolId: "us-east-1:1", fetch });
  assert.equal((await provide()).accessKeyId, "A");
});
