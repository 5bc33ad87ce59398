// Imports files of jobs, one after the other, into one source.
import { createEngine } from "../engine/engine.js";
import { tellIfStopped } from "../state/engine_errors.js";
import { plural } from "../ui/format.js";
import { throttle } from "../ui/throttle.js";
import { diagnose } from "../aws/error_advice.js";

const REJECTED_SHOWN = 100;
const PROGRESS_INTERVAL = 80;

/** @param {readonly File[]} files */
export function nameOf(files) {
  const [first, ...others] = files;
  return others.length === 0 ? first.name : `${first.name} and ${plural(others.length, "more file")}`;
}

/**
 * @param {readonly File[]} files
 * @param {{ show: (facts: Partial<import("../state/state.js").Source>) => void,
 *   change: (facts: Partial<import("../state/state.js").Source>) => void, isShown: (jobs: object) => boolean,
 *   onJobs: () => void, retry: () => void }} source  show: makes the source; change: of what it says; isShown: whether
 *   it is still these jobs'
 */
export async function importFiles(files, { show, change, isShown, onJobs, retry }) {
  const diagnosis = async (error) => ({ busy: null, error: { ...(await diagnose(error)), retry } });
  let jobs;
  try {
    jobs = await createEngine();
  } catch (error) {
    show(await diagnosis(error));
    return;
  }
  show({ jobs, count: 0, busy: { activity: "Loading" } });
  const found = { jobs: 0, items: [], count: 0, reports: [], parts: [] };
  try {
    for (const file of files) {
      await importOne(jobs, file, found, change);
      if (!isShown(jobs)) return;
    }
  } catch (error) {
    if (!isShown(jobs) || tellIfStopped(error)) return;
    change(await diagnosis((await unreadable(files)) ?? error));
    onJobs();
    return;
  }
  const { items, count, reports, parts } = found;
  change({
    busy: null,
    loadedAt: new Date(),
    notice: `${plural(found.jobs, "job")} loaded`,
    count: found.jobs,
    rejected: count > 0 ? { items, count } : null,
    reports,
    part: parts.length === 1 ? parts[0] : null,
  });
  onJobs();
}

/** Why one of the files cannot be read any more: a stream of it does not tell. */
async function unreadable(files) {
  for (const file of files) {
    try {
      await file.slice(0, 1).arrayBuffer();
    } catch (error) {
      return error;
    }
  }
  return undefined;
}

async function importOne(jobs, file, found, change) {
  const tell = throttle(PROGRESS_INTERVAL, ({ bytes, totalBytes, jobs: read }) =>
    change({ busy: { activity: `Loading ${file.name}`, bytes, totalBytes, jobs: found.jobs + read } }),
  );
  const { format, notices, rejected, rejectedCount, NextToken } = await jobs.import(file, { onProgress: tell });
  found.reports.push({ file: file.name, format, notices });
  if (NextToken) found.parts.push({ file: file.name, NextToken });
  for (const each of rejected) {
    if (found.items.length < REJECTED_SHOWN) found.items.push({ file: file.name, ...each });
  }
  found.count += rejectedCount;
  found.jobs = await jobs.size;
}
