// The reading of images without a screen: what comes for results that are not open any more is dropped.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createJobs } from "rekognition-jobs";
import { CAMPAIGNS } from "../../../emulator/account/campaigns.js";
import { mulberry32 } from "../../../emulator/account/random.js";
import { createImageLoader } from "../../../web/results/image_loader.js";
import { createResultsStore, newResults } from "../../../web/state/results_state.js";
import { createSampleFetch, SAMPLE_S3 } from "../../../emulator/sample_account.js";
import { NO_ANSWER, createStore, initialState } from "../../../web/state/state.js";

globalThis.addEventListener ??= () => {}; // Node is never offline

const [{ inputBucket, imageKey }] = CAMPAIGNS;
const uri = `s3://${inputBucket}/${imageKey(mulberry32(1), 1)}`;

/** Uses open results with one image, which is being fetched; `come` waits for it to have come. */
async function whileFetching(use) {
  const fetch = createSampleFetch();
  const jobs = await createJobs({ endpoint: "http://127.0.0.1/", s3Endpoint: SAMPLE_S3, fetch });
  const coming = [];
  const counted = { image: (...asked) => coming[coming.push(jobs.image(...asked)) - 1] };
  const store = createStore(initialState());
  const show = (job, images) =>
    store.set({
      results: newResults({
        job,
        title: job,
        images,
        results: Object(job),
        answer: { ...NO_ANSWER, rows: [{ "source-ref": uri }], matching: 1 },
      }),
    });
  const reading = createImageLoader(createResultsStore(store), () => ({ canRefresh: true, jobs: counted }));
  show("1", new Map());
  reading.sync();
  assert.equal(coming.length, 1);
  try {
    await use({
      store,
      show,
      reading,
      async come() {
        await Promise.all(coming);
        await wait(0);
      },
    });
  } finally {
    jobs.close();
  }
}

test("an image comes once it is in sight", () =>
  whileFetching(async ({ store, come }) => {
    await come();
    assert.match(store.state.results.images.get(uri).url, /^blob:/);
  }));

test("one that comes when other results are open, or when it is hidden, shows none", async () => {
  const hide = ({ store }) => store.set({ results: { ...store.state.results, images: null } });
  for (const change of [hide, ({ show }) => show("2", null)]) {
    await whileFetching(async (page) => {
      change(page);
      await page.come();
      assert.equal(page.store.state.results.images, null);
    });
  }
});

test("one of other results is fetched for these", () =>
  whileFetching(async ({ store, show, reading, come }) => {
    show("2", new Map());
    await come();
    assert.deepEqual([...store.state.results.images], []);
    reading.sync();
    await come();
    assert.deepEqual([...store.state.results.images.keys()], [uri]);
  }));
