// Files of jobs: dropped, chosen, pasted; in the service's form and the AWS CLI's; whole and broken.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, drop, rows, shownIds, useStage, waitForText } from "../browser.js";
import { cliFile, failedJob, wireFile } from "../job_files.js";

let jobs;
const stage = useStage({ jobs: 300 }, async () => {
  jobs = (await stage.wireJobs()).slice(0, 40);
});

const ids = () => jobs.map((job) => job.JobId);
const source = (page) => page.locator("#source option:checked").innerText();

for (const [form, write] of [
  ["the service's form", wireFile],
  ["the AWS CLI's form", cliFile],
]) {
  test(`a dropped file in ${form} replaces what is shown, and the account can be chosen again`, LIMIT, () =>
    stage.onPage({}, async (page) => {
      await drop(page, { name: "listing.json", text: write(jobs) });
      await waitForText(page.locator("#count"), "40 of 40");
      assert.equal(await source(page), "listing.json");
      assert.deepEqual(await shownIds(page), ids());
      assert.equal(await page.locator("#rejected").count(), 0);
      assert.equal(await page.locator("#refresh").count(), 0);

      await page.selectOption("#source", { label: "Sample account" });
      await waitForText(page.locator("#count"), "300 of 300");
      await page.selectOption("#source", { label: "listing.json" });
      await waitForText(page.locator("#count"), "40 of 40");
    }),
  );
}

test("both forms show the same job alike", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const raw = [];
    for (const [name, write] of [
      ["wire.json", wireFile],
      ["cli.json", cliFile],
    ]) {
      await drop(page, { name, text: write(jobs) });
      await page.waitForFunction((label) => document.querySelector("#source").selectedOptions[0].label === label, name);
      await waitForText(page.locator("#count"), "40 of 40");
      await rows(page).nth(5).click();
      raw.push(await page.locator(".raw pre").first().textContent());
      await page.click("#close");
    }
    assert.equal(JSON.parse(raw[0]).JobId, jobs[5].JobId);
    assert.equal(raw[0], raw[1]);
  }),
);

test("a file is chosen by the button, several are shown together", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const file = (name, part) => ({ name, mimeType: "application/json", buffer: Buffer.from(wireFile(part)) });
    await page.setInputFiles("#file", [file("one.json", jobs.slice(0, 10)), file("two.json", jobs.slice(10))]);
    await waitForText(page.locator("#count"), "40 of 40");
    assert.equal(await source(page), "one.json and 1 more file");
  }),
);

test(
  "the drop notice stays while a file is over the page, also where a browser does not tell where it goes",
  LIMIT,
  () =>
    stage.onPage({}, async (page) => {
      const changes = await page.evaluate(async () => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["{}"], "jobs.json"));
        const say = (type, selector) =>
          document
            .querySelector(selector)
            .dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, relatedTarget: null }));
        const frame = () => new Promise(requestAnimationFrame);
        const isShown = () => document.querySelector(".drop-zone") !== null;
        const shown = [];
        let left;
        for (const entered of ["main", ".list", "#jobs tbody tr", "#query", "main"]) {
          say("dragenter", entered);
          if (left) say("dragleave", left);
          await frame();
          if (left) shown.push(isShown());
          say("dragover", entered);
          await frame();
          shown.push(isShown());
          left = entered;
        }
        say("dragleave", left);
        await frame();
        return [shown, isShown()];
      });
      assert.deepEqual(changes, [Array(9).fill(true), false]);
    }),
);

test("jobs are pasted", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), cliFile(jobs.slice(0, 3)));
    await page.locator("h1").click();
    await page.keyboard.press("Control+v");
    await waitForText(page.locator("#count"), "3 of 3");
    assert.equal(await source(page), "pasted text");
  }),
);

test("of a file that is cut off the byte is told and the good jobs are shown", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const named = [failedJob({ JobName: "naïve-Ω", CreationTimestamp: 1_800_000_000 }), ...jobs.slice(0, 5)];
    const text = cliFile(named);
    const cut = text.slice(0, text.indexOf(jobs[3].JobId) + 10);
    await drop(page, { name: "cut.json", text: cut });
    await waitForText(page.locator("#rejected summary"), "1 record could not be read");
    await waitForText(page.locator("#rejected li"), `byte ${Buffer.byteLength(cut).toLocaleString("en-US")}`);
    await waitForText(page.locator("#count"), "4 of 4");
    assert.deepEqual(await shownIds(page), [named[0].JobId, ...ids().slice(0, 3)]);
  }),
);

test("a mistyped record is told with its place, and the jobs before and after it are kept", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const text = wireFile([jobs[0], { ...jobs[1], JobId: true }, jobs[2]]);
    await drop(page, { name: "mistyped.json", text });
    await waitForText(page.locator("#count"), "2 of 2");
    const place = text.indexOf(JSON.stringify({ ...jobs[1], JobId: true }));
    const offset = Buffer.byteLength(text.slice(0, place)).toLocaleString("en-US");
    await waitForText(page.locator("#rejected li"), `byte ${offset}`);
    assert.deepEqual(await shownIds(page), [jobs[0].JobId, jobs[2].JobId]);
  }),
);

test("what was converted and dropped is told, and copied as a report", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const odd = { ...jobs[1], CreationTimestamp: jobs[1].CreationTimestamp * 1000, CompletionTimestamp: "soon" };
    await drop(page, { name: "odd.json", text: `$ aws …\n${wireFile([jobs[0], odd])}` });
    await waitForText(page.locator("#count"), "2 of 2");
    await waitForText(page.locator("#notices summary"), /odd\.json was read as .*: \d notices/);
    await page.locator("#notices summary").click();
    const told = await page.locator("#notices").textContent();
    for (const part of ["skipped", "times as milliseconds", "CompletionTimestamp must be", "soon"])
      assert.ok(told.includes(part), part);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("#notices .copy").click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^odd\.json: .*\n {2}\S+: \d+ × /);
    assert.ok(copied.includes('"soon"'));
  }),
);

test("a form that is not taken is named, with what to do", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.yaml", text: "MediaAnalysisJobs:\n- JobId: a\n" });
    await waitForText(page.locator("#rejected li"), /YAML.*--output json/);
    await drop(page, { name: "cut.json", text: '{"JobId":' });
    await waitForText(page.locator("#rejected li"), /byte \d+\s+(?!cut)/);
  }),
);

test("of many bad records the first hundred are listed and all counted", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "bad.json", text: JSON.stringify(Array.from({ length: 250 }, () => ({ JobId: 5 }))) });
    await waitForText(page.locator("#rejected summary"), "250 records could not be read, showing the first 100");
    assert.equal(await page.locator("#rejected li").count(), 100);
    await waitForText(page.locator(".empty"), "No jobs");
  }),
);

for (const [what, text] of [
  ["an empty file", ""],
  ["HTML", "<!doctype html><p>Sign in</p>"],
  ["65 levels", "[".repeat(65)],
]) {
  test(`${what} is no harm: it is told, and the account is a choice away`, LIMIT, () =>
    stage.onPage({}, async (page) => {
      await drop(page, { name: "bad.json", text });
      await page.locator("#rejected li").first().waitFor();
      await waitForText(page.locator("#count"), "0 of 0");
      await page.selectOption("#source", { label: "Sample account" });
      await waitForText(page.locator("#count"), "300 of 300");
    }),
  );
}
