// Finds the jobs whose results can be compared with those of a job.
import { s3Uri } from "../aws/s3_uri.js";
import { quoteValue } from "../query/query_terms.js";

const OFFERED = 30;

/**
 * Returns finished jobs: first those of the same manifest.
 * @param {import("rekognition-jobs").AsyncJobs} jobs
 * @param {string} job  the JobId of the job that is shown, or ""
 * @param {import("rekognition-jobs").MediaAnalysisJob | undefined} record  that job, if it is known
 */
export async function comparableJobs(jobs, job, record) {
  const input = s3Uri(record?.Input?.S3Object);
  const [same, all] = await Promise.all([
    input ? rowsOf(jobs, `has:results input:=${quoteValue(input)}`) : [],
    rowsOf(jobs, "has:results"),
  ]);
  const others = all.filter(({ JobId }) => !same.some((each) => each.JobId === JobId));
  return [
    { name: "Same manifest", group: same },
    { name: "Most recent", group: others },
  ]
    .map(({ name, group }) => ({ name, group: group.filter(({ JobId }) => JobId !== job) }))
    .filter(({ group }) => group.length > 0);
}

async function rowsOf(jobs, query) {
  const view = await jobs.query(query);
  try {
    return await view.rows(0, OFFERED);
  } finally {
    view.close();
  }
}
