// Where jobs come from: the account behind the page (load, refresh) and files (import).
import { createJobs } from "rekognition-jobs";
import { count, plural } from "./format.js";
import { newSource } from "./state.js";

const ACCOUNT = "account";
const FILE = "file";
const REDRAW_EVERY = 200;
const REJECTED_SHOWN = 100;

/** Calls `work` at most once in `period` milliseconds. */
function atMostEvery(period, work) {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < period) return;
    last = now;
    work();
  };
}

function describe(error) {
  return { name: error?.name || "Error", message: error?.message || String(error) };
}

function changes({ added, updated, unchanged }) {
  if (added + updated === 0) return `nothing new in ${count(unchanged)} checked`;
  return `${count(added)} added, ${count(updated)} updated`;
}

function nameOf(files) {
  const [first, ...others] = files;
  return others.length === 0 ? first.name : `${first.name} and ${plural(others.length, "more file")}`;
}

/**
 * @param {import("./state.js").Store} store
 * @param {{ onJobs: () => void, onSwitch: () => void }} tell  onJobs: a source's jobs have changed;
 *   onSwitch: another source is to be shown
 */
export function createSources(store, { onJobs, onSwitch }) {
  const source = (id) => store.state.sources.find((each) => each.id === id);

  function changed(id) {
    if (id === store.state.source) onJobs();
  }

  function fail(id, error, retry) {
    store.setSource(id, { busy: null, error: { ...describe(error), retry } });
    changed(id);
  }

  async function load(from) {
    const { jobs } = source(ACCOUNT);
    const redraw = atMostEvery(REDRAW_EVERY, () => changed(ACCOUNT));
    store.setSource(ACCOUNT, { busy: { doing: "Loading" }, error: null, notice: "" });
    try {
      const loaded = await jobs.load({
        ...(from ? { NextToken: from } : {}),
        onProgress(progress) {
          store.setSource(ACCOUNT, { busy: { doing: "Loading", ...progress } });
          redraw();
        },
      });
      store.setSource(ACCOUNT, { busy: null, asOf: new Date(), notice: `${plural(loaded.pages, "page")} read` });
      changed(ACCOUNT);
    } catch (error) {
      const resume = error?.name === "InvalidPaginationTokenException" ? undefined : error?.loaded?.NextToken;
      fail(ACCOUNT, error, () => load(resume));
    }
  }

  async function refresh() {
    const { jobs, busy } = source(ACCOUNT);
    if (!jobs || busy) return;
    store.setSource(ACCOUNT, { busy: { doing: "Refreshing" }, error: null, notice: "" });
    try {
      const loaded = await jobs.refresh({
        onProgress: (progress) => store.setSource(ACCOUNT, { busy: { doing: "Refreshing", ...progress } }),
      });
      store.setSource(ACCOUNT, { busy: null, asOf: new Date(), notice: changes(loaded) });
      changed(ACCOUNT);
    } catch (error) {
      fail(ACCOUNT, error, refresh);
    }
  }

  async function start() {
    store.setSource(ACCOUNT, { busy: { doing: "Starting" }, error: null });
    try {
      const jobs = await createJobs({ endpoint: new URL(".", location.href), region: "us-east-1" });
      store.setSource(ACCOUNT, { jobs });
    } catch (error) {
      fail(ACCOUNT, error, start);
      return;
    }
    await load();
  }

  function showFile(label, facts) {
    source(FILE)?.jobs?.close();
    const others = store.state.sources.filter((each) => each.id !== FILE);
    store.set({ sources: [...others, newSource({ id: FILE, label, ...facts })], source: FILE });
    onSwitch();
  }

  async function importOne(jobs, file, found) {
    const { rejected, rejectedCount } = await jobs.import(file, {
      onProgress: ({ bytes, totalBytes, jobs: read }) =>
        store.setSource(FILE, { busy: { doing: `Reading ${file.name}`, bytes, totalBytes, jobs: found.jobs + read } }),
    });
    for (const each of rejected) {
      if (found.rejected.length < REJECTED_SHOWN) found.rejected.push({ file: file.name, ...each });
    }
    found.rejectedCount += rejectedCount;
    found.jobs = jobs.size;
  }

  /**
   * Shows the jobs of these files instead of what is shown.
   * @param {File[]} files
   */
  async function open(files) {
    if (files.length === 0) return;
    const label = nameOf(files);
    const retry = () => open(files);
    let jobs;
    try {
      jobs = await createJobs();
    } catch (error) {
      showFile(label, { error: { ...describe(error), retry } });
      return;
    }
    showFile(label, { jobs, busy: { doing: "Reading" } });
    const isShown = () => source(FILE)?.jobs === jobs;
    const found = { jobs: 0, rejected: [], rejectedCount: 0 };
    try {
      for (const file of files) {
        await importOne(jobs, file, found);
        if (!isShown()) return;
      }
    } catch (error) {
      if (isShown()) fail(FILE, error, retry);
      return;
    }
    store.setSource(FILE, {
      busy: null,
      asOf: new Date(),
      notice: `${plural(jobs.size, "job")} read`,
      rejected: found.rejectedCount > 0 ? { items: found.rejected, count: found.rejectedCount } : null,
    });
    changed(FILE);
  }

  return {
    refresh,
    open,
    /** Starts the engine and reads the account. */
    start() {
      store.set({ sources: [newSource({ id: ACCOUNT, label: "Sample account", canRefresh: true })], source: ACCOUNT });
      return start();
    },
    /** @param {string} id */
    choose(id) {
      store.set({ source: id });
      onSwitch();
    },
  };
}
