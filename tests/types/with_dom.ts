// What DOM's types and a worker's have besides.
import { createJobs } from "rekognition-jobs";

export async function compiled(bytes: BufferSource, file: File, module: WebAssembly.Module): Promise<void> {
  const jobs = await createJobs({ wasm: module, resultsWasm: bytes });
  await jobs.import(file);
  jobs.image("s3://a/b").then((image) => URL.createObjectURL(image));
}
