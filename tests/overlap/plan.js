// Plays one plan: calls that overlap, as a seed tells, each outcome held against the model.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { AsyncLocalStorage } from "node:async_hooks";
import { isDeepStrictEqual } from "node:util";
import { createJobs, ServiceError } from "rekognition-jobs";
import { Account, broken, exception, recordOf } from "./account.js";
import { Model } from "./model.js";
import { resultsActions } from "./results_plan.js";
import { drain, untilMachine, World } from "./world.js";

const steps = 120;
const mostSteps = 5_000;
const isClosedError = (reason) => reason instanceof Error && /closed/.test(reason.message);
/** Scripts of the package that Node does not load. */
const OF_OTHER_PLATFORMS = /^(index|jobs_worker|worker|workerd|edge_light|platform\/default)\.js$/;
const exceptions = ["AccessDeniedException", "ThrottlingException", "InternalServerError"];

/** Which call a request belongs to. */
const caller = new AsyncLocalStorage();

/**
 * @param {number} seed
 * @returns {Promise<{ trace: string[], calls: number, error?: unknown }>}
 */
export async function play(seed) {
  const world = new World(seed);
  world.enter();
  const plan = new Plan(world);
  const unhandled = (reason) => plan.fail(reason);
  process.on("unhandledRejection", unhandled);
  try {
    await plan.run();
    return { trace: world.trace, calls: plan.calls };
  } catch (error) {
    return { trace: world.trace, calls: plan.calls, error };
  } finally {
    process.off("unhandledRejection", unhandled);
    world.leave();
  }
}

class Plan {
  calls = 0;
  #world;
  #account;
  #model;
  #jobs;
  #isClosed = false;
  #failure;
  #running = new Set();
  #views = [];
  #depth = 0;
  #looks = 0;
  /** Callbacks begin nothing more: what runs comes to its end. */
  #isEnding = false;
  /** Nothing fails any more. */
  #isCalm = false;
  #files = 0;
  #results;
  /** Loads that have ended since the last look, and what `loaded` must be after the last of them. */
  #ended = [];
  #loaded;
  #hasCleared = false;

  constructor(world) {
    this.#world = world;
    this.#account = new Account(world);
    this.#model = new Model(this.#account);
  }

  /** The first failure, wherever it was seen, is the plan's. */
  fail(error) {
    this.#failure ??= { error };
  }

  async run() {
    const credentials = this.#world.chance(0.3) ? () => this.#provide() : undefined;
    this.#jobs = await createJobs({
      region: "us-east-1",
      credentials,
      maxAttempts: 2,
      fetch: (url, init) => this.#fetch(url, init),
    });
    await this.#loadParts();
    this.#results = resultsActions(this.#world, this.#jobs, () => this.#isClosed);
    for (let count = 0; count < steps && !this.#isClosed; count++) {
      if (this.#world.chance(0.35)) this.#act();
      else this.#world.step();
      if (this.#world.chance(0.15)) this.#actAfter(this.#world.below(25));
      await this.#look();
    }
    this.#isEnding = true;
    for (let count = 0; this.#running.size > 0 || !this.#world.isQuiet || this.#results.isBusy; count++) {
      assert.ok(count < mostSteps && (this.#world.step() || this.#running.size === 0), `never ends: ${this.#names()}`);
      await this.#look();
    }
    if (!this.#isClosed) await this.#bringUpToDate();
    this.#lookAtViews();
    if (!this.#isClosed) this.#close();
    await this.#look();
    assert.deepEqual(this.#world.timers, [], "no timer is left");
    for (const use of [
      () => this.#jobs.size,
      () => this.#jobs.query(),
      () => this.#jobs.clear(),
      () => this.#jobs.loaded,
    ]) {
      assert.throws(use, isClosedError);
    }
  }

  /** What the module loads when it is first needed is there before the plan begins: when it comes is up to the machine. */
  async #loadParts() {
    let isDone = false;
    const dist = new URL(".", import.meta.resolve("rekognition-jobs"));
    const parts = (await readdir(dist, { recursive: true }))
      .filter((name) => name.endsWith(".js") && !OF_OTHER_PLATFORMS.test(name))
      .map((name) => import(new URL(name, dist).href));
    Promise.all([this.#jobs.openResults('{"source-ref":"s3://bucket/0.jpg"}\n'), ...parts]).then(
      ([results]) => {
        results.close();
        isDone = true;
      },
      (reason) => this.fail(reason),
    );
    await untilMachine(() => isDone || this.#failure !== undefined, this.#world);
  }

  #names() {
    return [...this.#running].map(({ name }) => name).join(", ");
  }

  /** A last refresh, undisturbed, brings whatever the list has. */
  async #bringUpToDate() {
    this.#isCalm = true;
    this.#start("refresh");
    await this.#look();
    for (let count = 0; this.#running.size > 0; count++) {
      assert.ok(count < mostSteps && this.#world.step({ isCalm: true }), "the last refresh ends");
      await this.#look();
    }
  }

  // --- What is done ---

  /** One thing that a caller may do at any time, also from a callback. */
  #act() {
    const { chance } = { chance: this.#world.random() };
    if (this.#isClosed) return;
    if (chance < 0.16) this.#start("load");
    else if (chance < 0.26) this.#start("refresh");
    else if (chance < 0.42) this.#import();
    else if (chance < 0.52) this.#clear();
    else if (chance < 0.64) this.#query();
    else if (chance < 0.7) this.#lookAtViews();
    else if (chance < 0.78) this.#abort();
    else if (chance < 0.88) this.#account.change();
    else if (chance < 0.97) this.#results.act();
    else if (this.#world.chance(0.3)) this.#close();
  }

  /** The same so many turns of the microtask queue later, while what was settled goes its way. */
  #actAfter(turns) {
    if (turns > 0) return queueMicrotask(() => this.#actAfter(turns - 1));
    this.#world.tell("meanwhile:");
    const what = this.#world.random();
    if (what < 0.5) this.#abort();
    else if (what < 0.6) this.#close();
    else this.#checked(() => this.#act());
  }

  /** Now and then a callback does something itself, or throws. */
  #callback(name, call) {
    assert.ok(!this.#isClosed, `${name} is not called once this is closed`);
    assert.ok(!call?.controller.signal.aborted, `${name} is not called once it is aborted`);
    if (this.#isEnding || this.#depth > 2 || !this.#world.chance(0.12)) return;
    this.#depth++;
    this.#world.tell(`in ${name}:`);
    this.#act();
    this.#depth--;
    if (call !== undefined && this.#world.chance(0.04)) {
      this.#world.tell(`${name} throws`);
      call.thrown = new Error("of a callback");
      call.filling.isEnding = true;
      throw call.thrown;
    }
  }

  /** Runs what the module calls, so that a failed check there is the plan's failure and not an error of the caller's. */
  #checked(act, call) {
    try {
      return act();
    } catch (error) {
      if (error !== call?.thrown) this.fail(error);
      throw error;
    }
  }

  #begin(kind, first) {
    const name = `${kind} ${++this.calls}${first === undefined ? "" : ` from ${first}`}`;
    this.#world.tell(`begins ${name}`);
    const controller = new AbortController();
    const call = { name, kind, controller, filling: this.#model.begin(kind, first), answers: [], faults: new Set() };
    this.#running.add(call);
    return call;
  }

  /** Follows a call to its end. */
  #follow(call, promise) {
    promise.then(
      (value) => this.#checkedEnd(call, () => this.#succeeded(call, value)),
      (reason) => this.#checkedEnd(call, () => this.#failed(call, reason)),
    );
  }

  #checkedEnd(call, check) {
    this.#running.delete(call);
    try {
      check();
    } catch (error) {
      this.#world.tell(`wrong: ${call.name}`);
      this.fail(error);
    }
    this.#model.end(call.filling);
  }

  #succeeded(call, value) {
    this.#world.tell(`${call.name} gives ${JSON.stringify(value)}`);
    // It may have ended before, but for the turn in which its promise tells so.
    if (call.controller.signal.aborted) assert.equal(call.abortedIn, this.#looks, "an aborted call does not succeed");
    if (call.kind === "import") {
      assert.equal(value.rejectedCount, call.filling.taken.length === 0 ? 1 : 0, "an empty source is told");
      return this.#model.requireImported(call.filling, value);
    }
    assert.equal(value.complete, true);
    this.#model.requireLoaded(call.filling, value);
    this.#ended.push(value);
  }

  #failed(call, reason) {
    this.#world.tell(`${call.name} fails: ${reason?.name} ${reason?.message}`);
    const { signal } = call.controller;
    const isServiceError = reason instanceof ServiceError;
    if (signal.aborted && reason === signal.reason)
      assert.deepEqual(Object.keys(reason), ["name"], "it is left as it is");
    else if (isServiceError)
      assert.ok(
        (["TimeoutError", "CredentialsError"].includes(reason.name) && !this.#isCalm) || call.faults.has(reason.name),
        `${reason.name} was none of its faults: ${[...call.faults]}`,
      );
    else
      assert.ok(
        reason === call.thrown ||
          reason === call.fault ||
          (this.#isClosed && isClosedError(reason)) ||
          reason?.message === "of a provider",
        `${reason?.stack}`,
      );
    if (this.#isClosed) return;
    if (call.kind === "import") return;
    if (isServiceError) this.#model.requireLoaded(call.filling, reason.loaded);
    this.#ended.push(isServiceError ? reason.loaded : call);
  }

  #start(kind) {
    const first = kind === "load" && this.#world.chance(0.35) ? this.#tokenToGoOn() : undefined;
    const call = this.#begin(kind, first);
    const { signal } = call.controller;
    const onProgress = (progress) => this.#checked(() => this.#progressed(call, progress), call);
    const options = { signal, onProgress, ...(first === undefined ? {} : { NextToken: first }) };
    this.#follow(
      call,
      caller.run(call, () => this.#jobs[kind](options)),
    );
  }

  #tokenToGoOn() {
    const token = this.#jobs.loaded?.NextToken;
    if (token !== undefined && this.#world.chance(0.7)) return token;
    return this.#account.jobs.length === 0 ? undefined : `after ${this.#world.pick(this.#account.jobs).JobId}`;
  }

  #progressed(call, { pages, jobs, waitingMs }) {
    if (waitingMs === undefined) {
      const answer = call.answers.filter(({ clears }) => clears === this.#model.clears).pop();
      call.answers = [];
      assert.ok(answer !== undefined, "progress comes of an answer to what was asked for since the last clear()");
      this.#model.take(call.filling, answer.jobs);
      if (answer.kind === "page") call.filling.pages++;
    }
    assert.deepEqual({ pages, jobs }, { pages: call.filling.pages, jobs: call.filling.taken.length });
    this.#compare();
    this.#callback(`onProgress of ${call.name}`, call);
  }

  #import() {
    const call = this.#begin("import");
    const { signal } = call.controller;
    const chunks = Array.from({ length: this.#world.below(4) }, () => this.#chunk());
    let isOver = false;
    const next = () =>
      this.#checked(() => {
        this.#callback(`next() of ${call.name}`, call);
        const chunk = () => ({ done: (call.filling.isEnding = isOver = chunks.length === 0), value: chunks[0]?.text });
        if (this.#world.chance(0.2)) return chunk();
        return this.#world.wait(`chunk of ${call.name}`, (resolve, reject) => {
          if (this.#isCalm || !this.#world.chance(0.04)) return resolve(chunk());
          call.filling.isEnding = true;
          reject((call.fault = new Error("of a source")));
        });
      }, call);
    const onProgress = ({ jobs }) =>
      this.#checked(() => {
        if (!isOver || chunks.length > 0) {
          this.#model.take(call.filling, chunks.shift().records);
        }
        assert.equal(jobs, call.filling.taken.length);
        this.#compare();
        this.#callback(`onProgress of ${call.name}`, call);
      }, call);
    const source = { [Symbol.asyncIterator]: () => ({ next, return: async () => ({ done: true }) }) };
    this.#follow(call, this.#jobs.import(source, { signal, onProgress }));
  }

  /** Whole lines: jobs of the account, old and new, and some that only files have. */
  #chunk() {
    const records = Array.from({ length: 1 + this.#world.below(6) }, () => {
      if (this.#account.jobs.length > 0 && this.#world.chance(0.6)) {
        const job = this.#world.pick(this.#account.jobs);
        return this.#world.chance(0.6) ? job : { ...job, Status: "QUEUED", JobName: "version 0" };
      }
      const number = this.#world.below(6);
      return recordOf(`file ${number}`, number, this.#world.pick(["FAILED", "QUEUED"]), this.#files++ % 3);
    });
    return { records, text: records.map((record) => `${JSON.stringify(record)}\n`).join("") };
  }

  #clear() {
    this.#world.tell("clear()");
    this.#jobs.clear();
    const stored = this.#stored();
    this.#model.clear((contents) => isDeepStrictEqual(stored, contents));
    this.#ended = [];
    this.#loaded = undefined;
    this.#hasCleared = true;
    assert.equal(this.#jobs.loaded, undefined);
    this.#compare();
  }

  #close() {
    if (this.#isClosed) return;
    this.#world.tell("close()");
    this.#jobs.close();
    this.#isClosed = true;
  }

  #abort() {
    if (this.#running.size === 0) return;
    const call = this.#world.pick([...this.#running]);
    this.#world.tell(`aborts ${call.name}`);
    call.abortedIn = this.#looks;
    call.filling.isEnding = true;
    call.controller.abort({ name: "Stopped" });
  }

  // --- What the module asks for ---

  #fetch(url, init) {
    const call = caller.getStore();
    return this.#checked(() => {
      this.#callback(`fetch of ${call.name}`);
      if (this.#isClosed) return Promise.reject(init.signal.reason);
      assert.ok(this.#running.has(call), "nothing is asked for by a call that has ended");
      const target = new Headers(init.headers).get("x-amz-target");
      const request = { target, input: JSON.parse(init.body), clears: this.#model.clears };
      const name = `${target.split(".")[1]} ${init.body} of ${call.name}`;
      return this.#world.wait(
        name,
        (resolve, reject) => this.#answer(call, request, init.signal, resolve, reject),
        init.signal,
      );
    });
  }

  #answer(call, request, signal, resolve, reject) {
    if (!this.#isCalm && this.#world.chance(0.05)) {
      this.#fault(call, request, "NetworkError");
      return reject(new TypeError("fetch failed"));
    }
    let answer = this.#account.answer(request);
    if (!this.#isCalm && this.#world.chance(0.06)) answer = exception(this.#world.pick(exceptions));
    else if (!this.#isCalm && answer.kind === "page" && this.#world.chance(0.04)) {
      answer = broken(answer, this.#world.below(answer.jobs.length + 1));
    }
    if (!["page", "job", "forgotten"].includes(answer.kind)) this.#fault(call, request, answer.kind);
    const body = new ReadableStream(
      {
        pull: (controller) =>
          this.#world
            .wait(
              `body of ${call.name}`,
              (done) => {
                if (answer.jobs.length > 0 || answer.kind === "page")
                  call.answers.push({ ...answer, clears: request.clears });
                controller.enqueue(new TextEncoder().encode(answer.body));
                controller.close();
                done();
              },
              signal,
            )
            .catch((reason) => controller.error(reason)),
      },
      { highWaterMark: 0 },
    );
    this.#world.tell(`answers ${answer.kind}`);
    resolve(new Response(body, { status: answer.status, headers: { "content-type": "application/x-amz-json-1.1" } }));
  }

  /** What may be the reason that a call fails: it was asked for since the last clear(). */
  #fault(call, { clears }, name) {
    if (call.faultsSince !== clears) call.faults.clear();
    call.faultsSince = clears;
    call.faults.add(name);
  }

  #provide() {
    return this.#checked(() => {
      this.#callback("the provider");
      return this.#world.wait("credentials", (resolve, reject) => {
        if (!this.#isCalm && this.#world.chance(0.1)) return reject(new Error("of a provider"));
        const expiration = new Date(this.#world.now + 1000);
        resolve({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", expiration });
      });
    });
  }

  // --- What is looked at ---

  async #look() {
    await drain();
    const isToEnd = () => this.#isClosed || [...this.#running].some(({ controller }) => controller.signal.aborted);
    while (isToEnd() && this.#world.giveTurns()) await drain();
    this.#model.settle();
    this.#looks++;
    if (this.#failure) throw this.#failure.error;
    if (this.#isClosed) {
      assert.equal(this.#running.size, 0, `close() ends ${this.#names()}`);
      return;
    }
    for (const { name, controller } of this.#running) assert.ok(!controller.signal.aborted, `an abort ends ${name}`);
    this.#compare();
    this.#compareLoaded();
  }

  #compare() {
    assert.equal(this.#jobs.size, this.#model.size);
    assert.deepEqual(this.#stored(), this.#model.contents);
  }

  #stored() {
    const view = this.#jobs.query("", { sort: "id" });
    const rows = view.rows(0, view.length);
    view.close();
    return rows;
  }

  #compareLoaded() {
    const { loaded } = this.#jobs;
    if (this.#ended.length > 0) {
      const [last, ...others] = this.#ended;
      // Of several things that happen between two looks, any may be the last.
      if (this.#hasCleared || others.length > 0) this.#world.tell("loaded is as it is");
      else if (last.filling) this.#model.requireLoaded(last.filling, loaded);
      else assert.deepEqual(loaded, last);
      this.#loaded = loaded;
      this.#ended = [];
    }
    assert.deepEqual(loaded, this.#loaded);
    this.#hasCleared = false;
  }

  #query() {
    const text = this.#world.pick(["", "status:failed", "job-1", "-status:succeeded"]);
    const sort = this.#world.pick(["id", "-id"]);
    const holds = {
      "": () => true,
      "status:failed": ({ Status }) => Status === "FAILED",
      "job-1": ({ JobId }) => JobId.includes("job-1"),
      "-status:succeeded": ({ Status }) => Status !== "SUCCEEDED",
    }[text];
    const expected = this.#model.contents.filter(holds);
    if (sort === "-id") expected.reverse();
    this.#views.push({ view: this.#jobs.query(text, { sort }), expected });
    this.#world.tell(`view ${this.#views.length}`);
  }

  #lookAtViews() {
    for (const each of this.#views) {
      const { view, expected } = each;
      if (this.#isClosed) {
        assert.throws(() => view.length, isClosedError);
        continue;
      }
      assert.deepEqual([...view], expected, "a view is a snapshot");
      const at = this.#world.below(expected.length + 1);
      if (expected[at]) assert.equal(view.indexOf(expected[at].JobId), at);
      const counts = new Map();
      for (const { Status } of expected) counts.set(Status, (counts.get(Status) ?? 0) + 1);
      assert.deepEqual(new Map(view.facets("status").map(({ value, count }) => [value, count])), counts);
    }
    const kept = this.#views.filter(() => this.#isClosed || this.#world.chance(0.7));
    for (const { view } of this.#views) if (!kept.some((each) => each.view === view)) view.close();
    this.#views = kept;
  }
}
