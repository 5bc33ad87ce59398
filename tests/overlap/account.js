// An account that changes while it is listed: jobs arrive, unfinished ones finish; and a `fetch` that fails at random.
const first = 1_700_000_000;
const unfinished = new Set(["CREATED", "QUEUED", "IN_PROGRESS"]);

export const isUnfinished = ({ Status }) => unfinished.has(Status);

/** A job as it is written; several are created in the same second. `version` tells how often it has changed. */
export function recordOf(JobId, number, Status, version) {
  return { JobId, JobName: `version ${version}`, Status, CreationTimestamp: first + Math.floor(number / 3) };
}

export const versionOf = ({ JobName }) => Number(JobName.slice("version ".length));

export class Account {
  /** Newest first. */
  jobs = [];
  #world;
  #pageSize;

  constructor(world) {
    this.#world = world;
    this.#pageSize = 1 + world.below(5);
    for (let count = world.below(25); count > 0; count--) this.add();
  }

  add() {
    const number = this.jobs.length;
    const Status = this.#world.pick(["SUCCEEDED", "FAILED", "SUCCEEDED", "IN_PROGRESS", "QUEUED"]);
    this.jobs.unshift(recordOf(`job-${number}`, number, Status, 1));
  }

  change() {
    const open = this.jobs.filter(isUnfinished);
    if (open.length === 0 || this.#world.chance(0.5)) return this.add();
    const job = this.#world.pick(open);
    const version = versionOf(job) + 1;
    const Status = this.#world.pick(["SUCCEEDED", "FAILED", "IN_PROGRESS"]);
    this.jobs[this.jobs.indexOf(job)] = { ...job, Status, JobName: `version ${version}` };
  }

  /** Jobs before the place that a token names. */
  before(token) {
    return this.jobs.slice(0, this.#placeOf(token));
  }

  after(token) {
    return this.jobs.slice(this.#placeOf(token));
  }

  #placeOf(token) {
    return token === undefined ? 0 : this.jobs.findIndex(({ JobId }) => token === `after ${JobId}`) + 1;
  }

  /** What the service says at this moment: `{ status, body, jobs, kind }`. */
  answer({ target, input }) {
    if (target.endsWith("GetMediaAnalysisJob")) {
      const job = this.jobs.find(({ JobId }) => JobId === input.JobId);
      if (job === undefined) return { ...exception("ResourceNotFoundException"), kind: "forgotten" };
      return { status: 200, body: JSON.stringify(job), jobs: [job], kind: "job" };
    }
    if (input.NextToken !== undefined && this.#placeOf(input.NextToken) === 0) {
      return exception("InvalidPaginationTokenException");
    }
    const at = this.#placeOf(input.NextToken);
    const jobs = this.jobs.slice(at, at + this.#pageSize);
    const token = at + jobs.length < this.jobs.length ? `after ${jobs.at(-1).JobId}` : undefined;
    return { status: 200, body: JSON.stringify({ MediaAnalysisJobs: jobs, NextToken: token }), jobs, kind: "page" };
  }
}

export function exception(type) {
  return { status: 400, body: JSON.stringify({ __type: type, message: "of the plan" }), jobs: [], kind: type };
}

/** Of a good answer, one that breaks off after some of its jobs. */
export function broken(answer, count) {
  const jobs = answer.jobs.slice(0, count);
  const body = `{"MediaAnalysisJobs":[${jobs.map((job) => JSON.stringify(job)).join(",")}${count > 0 ? "," : ""}oops`;
  return { status: 200, body, jobs, kind: "InvalidResponseError" };
}
