// Loads the jobs of an account into its source: load, stop, resume, refresh, and their progress.
import { throttle } from "../ui/throttle.js";
import { tellIfStopped } from "../state/engine_errors.js";
import { formatCount, plural } from "../ui/format.js";
import { diagnose } from "../aws/error_advice.js";

const QUERY_INTERVAL = 200;
const PROGRESS_INTERVAL = 80;

function changes({ added, updated, unchanged }) {
  if (added + updated === 0) return `No changes in the latest ${plural(unchanged, "job")}`;
  return `${formatCount(added)} added, ${formatCount(updated)} updated`;
}

/** Returns the token to resume with, unless the service would refuse it again. */
function resumeToken(error, loaded) {
  return ["InvalidPaginationTokenException", "RepeatedTokenError"].includes(error?.name)
    ? undefined
    : loaded?.NextToken;
}

/**
 * @param {import("../state/state.js").Store} store
 * @param {string} id  of the source
 * @param {import("./service_account.js").ServiceAccount} account
 * @param {object} tell
 * @param {() => void} tell.onJobs  there are others
 * @param {(loaded: import("rekognition-jobs").Loaded) => void} tell.onRead  all have been read
 */
export function createJobLoader(store, id, account, { onJobs, onRead }) {
  const { jobs } = account;
  let stopping = new AbortController();
  /** What Resume and Retry do. */
  let resume = load;
  let reading = Promise.resolve();

  const source = () => store.state.sources.find((each) => each.id === id);
  const change = (facts) => store.setSource(id, facts);

  async function read(activity, work, describe, retry) {
    stopping = new AbortController();
    const { signal } = stopping;
    const start = performance.now();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let waiting;
    const tell = ({ waitingMs, ...progress }) => {
      const busy = { activity, ...progress, rate: progress.jobs / ((performance.now() - start) / 1000) };
      clearTimeout(waiting);
      if (waitingMs !== undefined) waiting = setTimeout(() => change({ busy }), waitingMs);
      change({ busy: waitingMs === undefined ? busy : { ...busy, waitingMs } });
    };
    const tellNow = throttle(PROGRESS_INTERVAL, tell);
    const redraw = throttle(QUERY_INTERVAL, onJobs);
    change({ busy: { activity }, error: null, notice: "", paused: false });
    try {
      const loaded = await work({
        signal,
        onProgress(progress) {
          (progress.waitingMs === undefined ? tellNow : tell)(progress);
          redraw();
        },
      });
      clearTimeout(waiting);
      const count = await jobs.size;
      change({ busy: null, loadedAt: new Date(), notice: describe(loaded, count), complete: true, count });
      resume = refresh;
      onJobs();
      onRead(loaded);
    } catch (error) {
      clearTimeout(waiting);
      const [loaded, count = 0] = await Promise.all([signal.aborted ? jobs.loaded : error?.loaded, jobs.size]).catch(
        () => [],
      );
      const place = resumeToken(error, loaded);
      resume = () => retry(place);
      if (signal.aborted) {
        change({ busy: null, paused: true, notice: `Stopped after ${plural(count, "job")}`, count });
      } else {
        change({ count });
        const diagnosis = await diagnose(error);
        if (!tellIfStopped(error)) change({ busy: null, error: { ...diagnosis, retry: () => resume() } });
      }
      onJobs();
    }
  }

  function load(NextToken) {
    reading = read(
      "Loading",
      (options) => jobs.load({ ...(NextToken ? { NextToken } : {}), ...options }),
      (_, count) => `${plural(count, "job")} loaded`,
      load,
    );
    return reading;
  }

  function refresh() {
    reading = read("Refreshing", (options) => jobs.refresh(options), changes, refresh);
    return reading;
  }

  return {
    load: () => load(),
    async refresh() {
      if (!source()?.busy) await refresh();
    },
    stop() {
      stopping.abort();
    },
    resume: () => resume(),
    /** Resolves when the current load has ended or failed. */
    settled: () => reading,
  };
}

/** @typedef {Readonly<ReturnType<typeof createJobLoader>>} JobLoader */
