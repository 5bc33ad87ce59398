// The view in the URL: a reload, Back and a shared link give the same view.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageTitle } from "../../../web/app/page_title.js";
import { readHash, writeHash } from "../../../web/app/url_state.js";
import { initialState } from "../../../web/state/state.js";
import { LIMIT, PAGED, PHONE, rows, shownIds, useStage, waitForJobs, waitForText } from "../browser.js";
import { travel } from "../browsers.js";

const stage = useStage({ jobs: 600 });

const FIRST = {
  query: "",
  sort: "",
  columns: null,
  page: 1,
  size: 0,
  job: "",
  base: "",
  onlyDifferences: false,
  resultsOf: "",
  resultsQuery: "",
  threshold: 50,
  filter: "all",
  comparedWith: "",
};
const hash = (page) => page.evaluate(() => location.hash);

test("a view goes into a hash and comes back", () => {
  assert.equal(writeHash(FIRST), "");
  assert.deepEqual(readHash(""), FIRST);
  for (const view of [
    {
      query: 'status:failed created:>=2026-11-01 "a b" 100% #&+=',
      sort: "-code",
      columns: ["name", "kms"],
      page: 3,
      size: 100,
      job: "abc_DEF-1",
      base: "b",
      onlyDifferences: true,
      resultsOf: "c",
      resultsQuery: 'label:="a b"',
      threshold: 90,
      filter: "flagged",
      comparedWith: "d",
    },
    { ...FIRST, query: "ü \u202E 日本" },
  ]) {
    assert.deepEqual(readHash(writeHash(view)), view);
  }
  const asked = { ...FIRST, query: "status:failed,queued input:s3://a/b" };
  assert.equal(writeHash(asked), "#q=status:failed,queued+input:s3://a/b");
});

test("a hash made by hand gives what can be had of it", () => {
  assert.deepEqual(readHash("#page=-2&size=7&sort=name&differences=1"), { ...FIRST, sort: "name" });
  assert.equal(readHash("#page=1e99").page, 1);
  assert.deepEqual(readHash("#threshold=101&show=some"), FIRST);
  assert.equal(readHash("#q=100%").query, "100%");
  assert.deepEqual(readHash("#columns=kms,colour,name").columns, ["name", "kms"]);
  assert.equal(readHash("#columns=colour").columns, null);
});

test("query, sort, page, size and job survive a reload", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.fill("#query", "status:succeeded");
    await page.locator("th.column-name button").click();
    await page.selectOption("#size", "25");
    await page.getByRole("button", { name: "Page 3", exact: true }).click();
    await rows(page).nth(4).click();
    const title = await page.locator("#inspector-title").innerText();
    const [ids, address] = [await shownIds(page), await hash(page)];
    const view = { ...FIRST, query: "status:succeeded", sort: "name", page: 3, size: 25, job: ids[4] };
    assert.deepEqual(readHash(address), view);

    await page.reload();
    await waitForJobs(page);
    assert.deepEqual(await shownIds(page), ids);
    assert.equal(await page.locator("#inspector-title").innerText(), title);
    assert.equal(await page.inputValue("#query"), "status:succeeded");
    assert.equal(await hash(page), address);
  }),
);

test("open results come before the open job and the query in the title, without what turns text around", () => {
  const state = { ...initialState(), query: "status:failed", job: "job-1" };
  assert.equal(pageTitle(state), "job-1 · rekognition-jobs");
  assert.equal(pageTitle({ ...state, opened: { JobId: "job-1", JobName: "a\u202Eb" } }), "ab · rekognition-jobs");
  const results = { job: "job-2", title: "", record: { JobId: "job-2", JobName: "nightly" } };
  assert.equal(pageTitle({ ...state, results }), "Results of nightly · rekognition-jobs");
  assert.equal(
    pageTitle({ ...state, results: { job: "", title: "results.jsonl" } }),
    "Results of results.jsonl · rekognition-jobs",
  );
  assert.equal(pageTitle(initialState()), "rekognition-jobs");
});

test("the tab's title names the query, the open job or results, and the source", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const title = (wanted) => page.waitForFunction((text) => document.title === text, wanted);
    const source = await page.evaluate(() => document.title.replace(/ · rekognition-jobs$/, ""));
    assert.ok(source !== "" && !source.includes("·"), source);
    await page.fill("#query", "status:succeeded   ");
    await title(`status:succeeded · ${source} · rekognition-jobs`);
    await page.fill("#query", "x".repeat(500));
    await title(`${"x".repeat(79)}… · ${source} · rekognition-jobs`);
    await page.fill("#query", "status:succeeded");
    await rows(page).nth(2).click();
    await title(`${await page.locator("#inspector-title").innerText()} · ${source} · rekognition-jobs`);
    const job = await page.title();
    await page.keyboard.press("Escape");
    await title(`status:succeeded · ${source} · rekognition-jobs`);
    await page.goBack();
    await title(job);
  }),
);

test("a link to a job far down shows it in the list, and the job after it is the next there", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const jobs = (await stage.wireJobs()).map((job) => job.JobId);
    await page.goto(`${stage.url}#q=created:%3E2000&job=${jobs[333]}`);
    await page.reload();
    await page.locator(`#jobs tr[data-job="${jobs[333]}"][aria-selected="true"]`).waitFor();
    assert.ok(
      await page.locator("#jobs [aria-selected='true']").evaluate((row) => {
        const [inner, outer] = [row, row.closest("#list")].map((element) => element.getBoundingClientRect());
        return inner.top >= outer.top && inner.bottom <= outer.bottom;
      }),
    );
    await page.click("#next-job");
    await waitForText(page.locator("#inspector .member .value").first(), jobs[334]);
    await page.fill("#query", "");
    await page.click("#previous-job");
    await waitForText(page.locator("#inspector .member .value").first(), jobs[333]);
  }),
);

test("Back undoes one step at a time, and a burst of typing is one step", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const all = await page.locator("#count").innerText();
    await page.locator("#query").pressSequentially("status:failed", { delay: 15 });
    await page.waitForFunction(() => location.hash === "#q=status:failed");
    const failed = await page.locator("#count").innerText();
    await page.locator("#query").pressSequentially(" code:ACCESS_DENIED", { delay: 15 });
    await page.waitForFunction(() => location.hash.endsWith("code:ACCESS_DENIED"));
    await rows(page).first().click();
    await page.locator("#inspector").waitFor();

    await travel(page);
    await page.locator("#inspector").waitFor({ state: "detached" });
    assert.equal(await page.inputValue("#query"), "status:failed code:ACCESS_DENIED");
    await travel(page);
    await waitForText(page.locator("#count"), all);
    assert.equal(await page.inputValue("#query"), "");
    await travel(page, 1);
    await waitForText(page.locator("#count"), /^(?!600 )/);
    assert.notEqual(await page.locator("#count").innerText(), failed);
  }),
);

test("two jobs side by side survive a reload, come back with Back, and end with the job", LIMIT, () =>
  stage.onPage({ hash: PAGED }, async (page) => {
    const [one, , other] = await shownIds(page);
    const members = () => page.locator(".comparison tbody").innerText();
    await rows(page).nth(0).click();
    await rows(page)
      .nth(2)
      .click({ modifiers: ["Control"] });
    await page.locator("#only-differences").check();
    const [compared, address] = [await members(), await hash(page)];
    assert.equal(address, `${PAGED}&job=${other}&beside=${one}&differences=true`);
    assert.ok(compared.includes(one) && compared.includes(other));

    await page.reload();
    await waitForJobs(page);
    assert.equal(await members(), compared);

    await page.click("#end-comparison");
    await page.locator(".comparison").waitFor({ state: "detached" });
    assert.equal(await hash(page), `${PAGED}&job=${other}`);
    await travel(page);
    await page.locator(".comparison").waitFor();
    assert.equal(await members(), compared);

    await page.click("#close");
    assert.equal(await hash(page), PAGED);
    await rows(page).nth(1).click();
    await page.locator(".members").first().waitFor();
    assert.equal(await page.locator(".comparison").count(), 0);
  }),
);

test("a link to two jobs of which one is not there shows the other, and says so", LIMIT, () =>
  stage.onPage({ hash: PAGED }, async (page) => {
    const [one] = await shownIds(page);
    await page.goto(`${stage.url}${PAGED}&job=${one}&beside=nobody`);
    await waitForText(page.locator(".note"), "nobody: No job with this ID in this source.");
    assert.equal(await page.locator("#inspector .member .value").first().innerText(), one);
    await page.click("#end-comparison");
    assert.equal(await page.locator(".note").count(), 0);
    assert.equal(await hash(page), `${PAGED}&job=${one}`);
  }),
);

test("on a phone Back closes the sheet", LIMIT, () =>
  stage.onPage({ size: PHONE }, async (page) => {
    await rows(page).first().click();
    await page.locator("dialog#inspector").waitFor();
    await travel(page);
    await page.locator("dialog#inspector").waitFor({ state: "detached" });
    assert.equal(await hash(page), "");
  }),
);

test("a link with a page, a sort, a job or a field that is not there still shows jobs", LIMIT, () =>
  stage.onPage({ hash: "#sort=colour&size=50&page=999&job=nobody" }, async (page) => {
    assert.equal(await rows(page).count(), 50);
    await waitForText(page.locator(".rows-shown"), "551–600 of 600");
    await waitForText(page.locator("#inspector"), "No job with this ID");

    await page.goto(`${stage.url}${PAGED}&q=colour:red`);
    await waitForText(page.locator("#query-error mark"), "colour");
    assert.equal(await rows(page).count(), 50);
  }),
);
