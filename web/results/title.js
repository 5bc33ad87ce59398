// Names a job: by its JobName once the job is known, by its JobId until then, and results from a file by the file.
import { displayName } from "../ui/format.js";

/** @param {{ job: string, title: string, record?: import("rekognition-jobs").MediaAnalysisJob }} results */
export function titleOf({ job, title, record }) {
  if (!job) return title;
  return record ? displayName(record) : job;
}
