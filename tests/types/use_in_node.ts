// The types without those of a browser: plain ES2022, and Node's.
import { createJobsInWorker } from "rekognition-jobs";
import type { AsyncJobs, AsyncView } from "rekognition-jobs";

export async function countFailed(keys: { accessKeyId: string; secretAccessKey: string }): Promise<number> {
  const jobs: AsyncJobs = await createJobsInWorker({ region: "us-east-1", credentials: keys });
  const failed: AsyncView = await jobs.query("status:failed");
  const size: number = await jobs.size;
  jobs.close();
  return failed.length / size;
}
