// The web's own objects, of DOM, of a worker or of Node, in and out.
import { createJobs, openResults, sourceKind } from "rekognition-jobs";
import type { AsyncView, Jobs, View } from "rekognition-jobs";

export async function use(jobs: Jobs, view: View, inWorker: AsyncView): Promise<Blob[]> {
  const { signal } = new AbortController();
  await jobs.load({ signal: AbortSignal.timeout(5) });
  const image: Blob = await jobs.image("s3://a/b", { signal });
  const csv: Blob = view.export("csv");
  const other: Blob = await inWorker.export("csv");
  const response: Response = await fetch(new URL("https://localhost/"), { signal });
  for (const source of [csv, response, response.body ?? "[]", new Blob(["[]"]), await csv.arrayBuffer()])
    await jobs.import(source);
  await createJobs({
    endpoint: new URL("https://localhost/"),
    fetch,
    snapshot: csv,
    wasm: new URL("https://localhost/a.wasm"),
  });
  await createJobs({ fetch: globalThis.fetch, snapshot: await fetch("https://localhost/") });
  await createJobs({ fetch: (url, init) => fetch(url, init), snapshot: jobs.snapshot() });
  const stream: ReadableStream<Uint8Array> = view.exportStream("csv");
  const text: string = await new Response(stream).text();
  await openResults(response, { summary: new Blob([text]), signal });
  await sourceKind(csv, { signal });
  return [image, csv, other];
}
