// Listings on this device that cannot be opened any more: they go, and their source is read anew.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, useStage, waitForText } from "../browser.js";

const stage = useStage({ jobs: 30 });

const keep = async (page) => {
  await page.click("#sources-button");
  await page.locator("#store-listing").check();
  await page.locator("#stored-listings li small").waitFor();
};

test("what an earlier version kept is discarded, and nothing is said of it", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const all = await page.locator("#count").innerText();
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open("rekognition-jobs", 1);
          request.onupgradeneeded = () => request.result.createObjectStore("listings", { keyPath: "id" });
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const database = request.result;
            const transaction = database.transaction("listings", "readwrite");
            transaction.objectStore("listings").put({
              id: "account",
              label: "Old",
              place: {},
              caller: { how: "none" },
              jobs: 1,
              asOf: 1,
              pages: [new Blob(["{}"])],
            });
            transaction.oncomplete = () => resolve(database.close());
          };
        }),
    );
    await page.reload();
    await waitForText(page.locator("#count"), all);
    await page.click("#sources-button");
    assert.equal(await page.locator("#stored-listings li").count(), 0);
    assert.equal(await page.locator("#store-listing").isChecked(), false);
    assert.equal(await page.locator("#error").count(), 0);
  }),
);

test("a snapshot that is damaged is discarded, and the account read anew", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const all = await page.locator("#count").innerText();
    await keep(page);
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open("rekognition-jobs");
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const database = request.result;
            const listings = database.transaction("listings", "readwrite").objectStore("listings");
            const found = listings.getAll();
            found.onsuccess = () =>
              listings.put({ ...found.result[0], snapshot: found.result[0].snapshot.slice(0, 300) });
            listings.transaction.oncomplete = () => resolve(database.close());
          };
        }),
    );
    await page.reload();
    await waitForText(page.locator("#count"), all);
    await waitForText(page.locator("#load-status"), "loaded");
    await page.click("#sources-button");
    assert.equal(await page.locator("#stored-listings li").count(), 0);
  }),
);

test("where a browser cannot list its databases, as Firefox before 126, what is kept is found", LIMIT, () =>
  stage.onPage({ before: (page) => page.addInitScript(() => delete IDBFactory.prototype.databases) }, async (page) => {
    const all = await page.locator("#count").innerText();
    await keep(page);
    await page.reload();
    await waitForText(page.locator("#count"), all);
    await page.click("#sources-button");
    await page.locator("#stored-listings li small").waitFor();
    assert.equal(await page.locator("#store-listing").isChecked(), true);
  }),
);

test("a listing is kept as bytes, and one that was kept as a Blob is still opened", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const all = await page.locator("#count").innerText();
    await keep(page);
    const kind = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open("rekognition-jobs");
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const database = request.result;
            const listings = database.transaction("listings", "readwrite").objectStore("listings");
            const found = listings.getAll();
            found.onsuccess = () => {
              const [listing] = found.result;
              listings.put({ ...listing, label: "Kept as a Blob", snapshot: new Blob([listing.snapshot]) });
              listings.transaction.oncomplete = () => {
                database.close();
                resolve(Object.prototype.toString.call(listing.snapshot));
              };
            };
          };
        }),
    );
    assert.equal(kind, "[object ArrayBuffer]");
    await page.reload();
    await waitForText(page.locator("#count"), all);
    await page.click("#sources-button");
    await waitForText(page.locator("#stored-listings li small"), /\d/);
    assert.equal(await page.locator("#store-listing").isChecked(), true);
    assert.equal(await page.locator("#error").count(), 0);
  }),
);
