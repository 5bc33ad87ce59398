// ListMediaAnalysisJobs and GetMediaAnalysisJob over an account: a checked input in, the output's JSON out.

import { describe } from "../account/account.js";
import { lengthenedToken, openPosition, sealPosition, shortenedToken } from "./page_token.js";
import { mix32 } from "../account/random.js";
import { ServiceException } from "../protocol/service_exception.js";

/** @typedef {import("../account/account.js").Account} Account */

const MAX_RESULTS = 100;
const MAX_TOKEN = 1024;
const JOB_ID = /^[a-zA-Z0-9-_]{1,64}$/;
/** The JSON of so many ended jobs is kept, about 100 MB of it. */
const KEPT_JOBS = 120_000;

/** @typedef {(input: any, at: number) => string} Operation gives the output's JSON, or throws a ServiceException */

/**
 * @param {Account} account
 * @returns {{ operations: Record<string, Operation>, pageOf: (input: object, at: number) => number | undefined,
 *   tokenOfStart: (at: number) => string, lengthenedToken: (token: string) => string }} pageOf: which page of the list
 *   is asked for, the first being 1, or undefined when the input is none; tokenOfStart: a token for the first page;
 *   lengthenedToken: the same token in a longer form
 */
export function createService(account) {
  const tokenKey = mix32(account.seed ^ 0x70ce);
  const kept = new Map();

  const jobJson = (index, at) => {
    const known = kept.get(index);
    if (known && at >= known.ended) return known.json;
    const job = account.job(index);
    const json = JSON.stringify(describe(job, at));
    if (at >= job.ended && kept.size < KEPT_JOBS) kept.set(index, { json, ended: job.ended });
    return json;
  };

  /** How many jobs are older than the page that the token ended. */
  const olderThan = (token) => {
    const position = openPosition(token, tokenKey);
    const older = position && account.count(position.created - 1);
    if (position === undefined || !account.place(older).JobId.startsWith(position.idStart)) {
      throw new ServiceException("InvalidPaginationTokenException", "Invalid pagination token.");
    }
    return older;
  };

  /** The token of the page that begins with the job created before this one. */
  const tokenAfter = (index) => {
    const { created, JobId } = account.place(index);
    return sealPosition({ created, idStart: JobId.slice(0, 16) }, tokenKey);
  };

  const ListMediaAnalysisJobs = (input, at) => {
    const size = maxResults(input.MaxResults);
    const token = nextToken(input.NextToken);
    const end = token === undefined ? account.count(at) : olderThan(token);
    const start = Math.max(0, end - size);
    const jobs = [];
    for (let index = end - 1; index >= start; index--) jobs.push(jobJson(index, at));
    const list = `{"MediaAnalysisJobs":[${jobs.join(",")}]`;
    return start === 0 ? `${list}}` : `${list},"NextToken":"${tokenAfter(start)}"}`;
  };

  const GetMediaAnalysisJob = (input, at) => {
    const job = account.find(jobId(input.JobId), at);
    if (!job) {
      throw new ServiceException("ResourceNotFoundException", `There is no media analysis job ${input.JobId}.`);
    }
    return JSON.stringify(describe(job, at));
  };

  /** By the token's place in the list, so that a walk which goes on from a token counts as one from the start does. */
  const pageOf = (input, at) => {
    try {
      const token = nextToken(input.NextToken);
      const passed = token === undefined ? 0 : account.count(at) - olderThan(token);
      return 1 + Math.round(passed / maxResults(input.MaxResults));
    } catch (error) {
      if (error instanceof ServiceException) return undefined;
      throw error;
    }
  };

  return {
    operations: { ListMediaAnalysisJobs, GetMediaAnalysisJob },
    pageOf,
    tokenOfStart: (at) => tokenAfter(account.count(at)),
    lengthenedToken,
  };
}

function maxResults(value) {
  if (isAbsent(value)) return MAX_RESULTS;
  if (typeof value !== "number") throw wrongType("MaxResults", "an integer");
  if (!Number.isInteger(value)) throw unmet("maxResults", value, "Member must be a whole number");
  if (value < 1) throw unmet("maxResults", value, "Member must have value greater than or equal to 1");
  if (value > MAX_RESULTS) {
    throw unmet("maxResults", value, `Member must have value less than or equal to ${MAX_RESULTS}`);
  }
  return value;
}

function nextToken(value) {
  if (isAbsent(value)) return undefined;
  if (typeof value !== "string") throw wrongType("NextToken", "a string");
  const token = shortenedToken(value);
  if (token.length > MAX_TOKEN) {
    throw unmet("nextToken", `${value.slice(0, 40)}…`, `Member must have length less than or equal to ${MAX_TOKEN}`);
  }
  return token;
}

function jobId(value) {
  if (isAbsent(value)) throw unmet("jobId", null, "Member must not be null");
  if (typeof value !== "string") throw wrongType("JobId", "a string");
  if (!JOB_ID.test(value)) {
    throw unmet("jobId", value.slice(0, 80), `Member must satisfy regular expression pattern: ${JOB_ID.source}`);
  }
  return value;
}

const isAbsent = (value) => value === undefined || value === null;

function wrongType(member, expected) {
  return new ServiceException("SerializationException", `${member} must be ${expected}.`);
}

function unmet(member, value, constraint) {
  const told = value === null ? "null" : `'${value}'`;
  return new ServiceException(
    "InvalidParameterException",
    `1 validation error detected: Value ${told} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
