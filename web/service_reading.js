// Reads an account of the service into its source: load, stop, go on, refresh, and what is told meanwhile.
import { atMostEvery } from "./at_most_every.js";
import { count, plural } from "./format.js";
import { describeTrouble } from "./trouble.js";

const REDRAW_EVERY = 200;
const TELL_EVERY = 80;

function changes({ added, updated, unchanged }) {
  if (added + updated === 0) return `nothing new in ${count(unchanged)} checked`;
  return `${count(added)} added, ${count(updated)} updated`;
}

/** A place in the list that the service will not take again is not gone on from. */
function placeToGoOn(error) {
  return ["InvalidPaginationTokenException", "RepeatedTokenError"].includes(error?.name)
    ? undefined
    : error?.loaded?.NextToken;
}

/**
 * @param {import("./state.js").Store} store
 * @param {string} id  of the source
 * @param {import("./service_account.js").ServiceAccount} account
 * @param {object} tell
 * @param {() => void} tell.onJobs  there are others
 * @param {(loaded: import("rekognition-jobs").Loaded) => void} tell.onRead  all have been read
 */
export function createReading(store, id, account, { onJobs, onRead }) {
  const { jobs } = account;
  let stopping = new AbortController();
  /** What the person goes on with, after a stop or a failure. */
  let goOn = load;

  const source = () => store.state.sources.find((each) => each.id === id);
  const change = (facts) => store.setSource(id, facts);

  async function read(doing, work, describe, retry) {
    stopping = new AbortController();
    const { signal } = stopping;
    const start = performance.now();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let waiting;
    const tell = ({ waitingMs, ...progress }) => {
      const busy = { doing, ...progress, rate: progress.jobs / ((performance.now() - start) / 1000) };
      clearTimeout(waiting);
      if (waitingMs !== undefined) waiting = setTimeout(() => change({ busy }), waitingMs);
      change({ busy: waitingMs === undefined ? busy : { ...busy, waitingMs } });
    };
    const tellNow = atMostEvery(TELL_EVERY, tell);
    const redraw = atMostEvery(REDRAW_EVERY, onJobs);
    change({ busy: { doing }, error: null, notice: "", stopped: false });
    try {
      const loaded = await work({
        signal,
        onProgress(progress) {
          (progress.waitingMs === undefined ? tellNow : tell)(progress);
          redraw();
        },
      });
      clearTimeout(waiting);
      change({ busy: null, asOf: new Date(), notice: describe(loaded), complete: true });
      goOn = refresh;
      onJobs();
      onRead(loaded);
    } catch (error) {
      clearTimeout(waiting);
      goOn = () => retry(placeToGoOn(error));
      if (signal.aborted) {
        change({ busy: null, stopped: true, notice: `stopped after ${plural(error?.loaded?.pages ?? 0, "page")}` });
      } else {
        const trouble = await describeTrouble(error);
        change({ busy: null, error: { ...trouble, retry: () => goOn() } });
      }
      onJobs();
    }
  }

  function load(NextToken) {
    return read(
      "Loading",
      (options) => jobs.load({ ...(NextToken ? { NextToken } : {}), ...options }),
      ({ pages }) => `${plural(pages, "page")} read`,
      load,
    );
  }

  function refresh() {
    return read("Refreshing", (options) => jobs.refresh(options), changes, refresh);
  }

  return {
    load: () => load(),
    async refresh() {
      if (!source()?.busy) await refresh();
    },
    stop() {
      stopping.abort();
    },
    goOn: () => goOn(),
  };
}

/** @typedef {Readonly<ReturnType<typeof createReading>>} Reading */
