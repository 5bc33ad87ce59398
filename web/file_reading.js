// Reads files of jobs, one after the other, into one source.
import { createJobs } from "rekognition-jobs";
import { plural } from "./format.js";

const REJECTED_SHOWN = 100;

/** @param {readonly File[]} files */
export function nameOf(files) {
  const [first, ...others] = files;
  return others.length === 0 ? first.name : `${first.name} and ${plural(others.length, "more file")}`;
}

/**
 * @param {readonly File[]} files
 * @param {{ show: (facts: Partial<import("./state.js").Source>) => void,
 *   change: (facts: Partial<import("./state.js").Source>) => void, isShown: (jobs: object) => boolean,
 *   onJobs: () => void, retry: () => void }} source  show: makes the source; change: of what it says; isShown: whether
 *   it is still these jobs'
 */
export async function readFiles(files, { show, change, isShown, onJobs, retry }) {
  const trouble = (error) => ({
    busy: null,
    error: { name: error?.name || "Error", message: error?.message || String(error), advice: "", retry },
  });
  let jobs;
  try {
    jobs = await createJobs();
  } catch (error) {
    show(trouble(error));
    return;
  }
  show({ jobs, busy: { doing: "Reading" } });
  const found = { jobs: 0, items: [], count: 0 };
  try {
    for (const file of files) {
      await importOne(jobs, file, found, change);
      if (!isShown(jobs)) return;
    }
  } catch (error) {
    if (!isShown(jobs)) return;
    change(trouble(error));
    onJobs();
    return;
  }
  const { items, count } = found;
  change({
    busy: null,
    asOf: new Date(),
    notice: `${plural(jobs.size, "job")} read`,
    rejected: count > 0 ? { items, count } : null,
  });
  onJobs();
}

async function importOne(jobs, file, found, change) {
  const { rejected, rejectedCount } = await jobs.import(file, {
    onProgress: ({ bytes, totalBytes, jobs: read }) =>
      change({ busy: { doing: `Reading ${file.name}`, bytes, totalBytes, jobs: found.jobs + read } }),
  });
  for (const each of rejected) {
    if (found.items.length < REJECTED_SHOWN) found.items.push({ file: file.name, ...each });
  }
  found.count += rejectedCount;
  found.jobs = jobs.size;
}
