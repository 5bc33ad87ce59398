import { createJobs, openResults, ServiceError } from "rekognition-jobs";
import type { Imported, JobsOptions, MediaAnalysisJob } from "rekognition-jobs";

export async function failed(options: JobsOptions, saved: Uint8Array): Promise<MediaAnalysisJob[]> {
  const jobs = await createJobs({ ...options, region: "us-east-1", wasm: saved });
  try {
    const imported: Imported = await jobs.import(saved, { onProgress: ({ bytes }) => bytes.toFixed() });
    const results = await openResults("", { summary: saved });
    const labels: string[] = results.labels().map(({ name }) => name);
    return imported.added > labels.length ? [...jobs.query("status:failed")] : jobs.query().page(1, 20).items;
  } catch (error) {
    if (error instanceof ServiceError) throw new Error(`${error.name} ${error.$metadata.httpStatusCode}`);
    throw error;
  } finally {
    jobs.close();
  }
}

// @ts-expect-error there is no such option, and the types say so
createJobs({ reigon: "us-east-1" });
