// What the module's calls must make of a store, in plain JavaScript.
import assert from "node:assert/strict";
import { isUnfinished, versionOf } from "./account.js";

/** What comes out of the store for a record. */
export function meant(record) {
  return { ...record, CreationTimestamp: new Date(record.CreationTimestamp * 1000) };
}

const byId = (a, b) => (a.JobId < b.JobId ? -1 : 1);
const noCounts = () => ({ added: 0, updated: 0, unchanged: 0 });

/** A call that fills the store: a load, a refresh or an import. */
class Filling {
  counts = noCounts();
  pages = 0;
  /** Its records in their order, since it began (anew). */
  taken = [];
  /** Whether a clear() had to give the same job to one of several imports, whichever it likes. */
  isShared = false;

  constructor(kind, first) {
    this.kind = kind;
    this.first = first;
  }
}

export class Model {
  /** @type {Map<string, object>} */
  #store = new Map();
  /** Of #store, until it changes. @type {object[] | undefined} */
  #contents;
  #running = new Set();
  #account;
  #order = 0;
  clears = 0;

  constructor(account) {
    this.#account = account;
  }

  get size() {
    return this.#store.size;
  }

  /** The store's jobs, by their JobIds. */
  get contents() {
    this.#contents ??= [...this.#store.values()].sort(byId).map(meant);
    return this.#contents;
  }

  begin(kind, first) {
    const call = new Filling(kind, first);
    this.#running.add(call);
    this.#startAgain(call, [...this.#store.values()].filter(isUnfinished));
    return call;
  }

  end(call) {
    this.#running.delete(call);
  }

  #startAgain(call, open) {
    Object.assign(call, { counts: noCounts(), pages: 0, taken: [] });
    call.listed = this.#account.jobs.slice();
    call.promised = call.kind === "load" ? this.#account.after(call.first) : call.listed;
    call.open = open;
  }

  take(call, records) {
    for (const record of records) {
      call.taken.push({ record: this.#put(call, record), order: this.#order++ });
    }
  }

  /** Gives the record that is then known. An import does not replace a finished job with an unfinished one. */
  #put(call, record) {
    const known = this.#store.get(record.JobId);
    if (call.kind === "import" && known !== undefined && !isUnfinished(known) && isUnfinished(record)) {
      call.counts.unchanged++;
      return known;
    }
    if (known === undefined) call.counts.added++;
    else if (JSON.stringify(known) === JSON.stringify(record)) call.counts.unchanged++;
    else call.counts.updated++;
    if (known === record) return record;
    this.#store.set(record.JobId, record);
    this.#contents = undefined;
    return record;
  }

  /**
   * As if it came before every call that runs. Of imports that are about to end, some may have ended before: those that
   * `isAsStored` needs.
   * @param {(contents: object[]) => boolean} isAsStored
   */
  clear(isAsStored) {
    this.clears++;
    for (const call of this.#running) call.before ??= { ...call, store: new Map(this.#store) };
    const imports = [...this.#running].filter(({ kind }) => kind === "import");
    const ending = imports.filter(({ isEnding }) => isEnding);
    for (const ended of [[], ending, ...ending.map((call) => [call])]) {
      this.#keepOnly(imports.filter((call) => !ended.includes(call)));
      if (isAsStored(this.contents)) break;
    }
    for (const call of this.#running) {
      if (call.kind !== "import") this.#startAgain(call, []);
    }
  }

  #keepOnly(imports) {
    this.#store.clear();
    this.#contents = undefined;
    const owners = new Map();
    for (const call of imports) {
      call.counts = noCounts();
      for (const { record } of call.taken) {
        owners.set(record.JobId, (owners.get(record.JobId) ?? new Set()).add(call));
      }
    }
    for (const shared of owners.values()) {
      if (shared.size > 1) for (const call of shared) call.isShared = true;
    }
    const all = imports.flatMap((call) => call.taken.map((each) => ({ ...each, call })));
    for (const { call, record } of all.sort((one, other) => one.order - other.order)) this.#put(call, record);
  }

  /** What an import tells. */
  requireImported(call, imported) {
    holds(call, (state) => requireCounts(state, imported));
  }

  /** What a load or refresh tells at its end, good or bad. */
  requireLoaded(call, loaded) {
    holds(call, (state) => this.#requireLoaded(state, state.store ?? this.#store, loaded));
  }

  /** A clear() was some turns ago: who ends from now on ends after it. */
  settle() {
    for (const call of this.#running) call.before = undefined;
  }

  #requireLoaded(call, store, loaded) {
    requireCounts(call, loaded);
    assert.equal(loaded.pages, call.pages);
    if (loaded.complete) {
      assert.equal(loaded.NextToken, undefined);
      requireStored(store, call.promised, "complete, it has every job of the list");
      for (const { JobId } of call.open) {
        const before = call.listed.find((job) => job.JobId === JobId);
        const seen = call.taken.filter(({ record }) => record.JobId === JobId).map(({ record }) => versionOf(record));
        assert.ok(
          call.kind !== "refresh" || before === undefined || Math.max(...seen) >= versionOf(before),
          `${JobId} is asked for again`,
        );
      }
    } else if (call.first === undefined && loaded.NextToken !== undefined) {
      const before = new Set(this.#account.before(loaded.NextToken).map(({ JobId }) => JobId));
      requireStored(
        store,
        call.listed.filter(({ JobId }) => before.has(JobId)),
        `nothing is left out before ${loaded.NextToken}`,
      );
    }
  }
}

function requireStored(store, jobs, why) {
  const missing = jobs.filter(({ JobId }) => !store.has(JobId)).map(({ JobId }) => JobId);
  assert.deepEqual(missing, [], why);
}

/** Checks what a call tells of itself, be it of the state before a clear(): it may have ended then, but for the turns in
 * which its promise tells so. */
function holds(call, check) {
  try {
    check(call);
  } catch (error) {
    if (call.before === undefined) throw error;
    check(call.before);
  }
}

function requireCounts(call, { added, updated, unchanged }) {
  if (call.isShared) assert.equal(added + updated + unchanged, call.taken.length, "every record is counted once");
  else assert.deepEqual({ added, updated, unchanged }, call.counts);
}
