// The engine beside plain JavaScript in Chromium, Firefox and WebKit, one after the other; a browser that is not here is
// named. Prints one table of ratios; JOBS makes it shorter.
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { openBrowserNamed } from "../browser/browsers.js";
import { hasWebKit, startWebKit } from "../browser/webkit/webkit.js";
import { median } from "./rounds.js";
import { startFiles } from "./serve_files.js";

const jobCount = Number(process.env.JOBS ?? 100_000);
const newPages = 3;
const longest = 600_000;

/** Runs a function of the page to its end, also where one call of the driver may not take so long. */
async function run(page, name, ...given) {
  await page.evaluate(
    `(() => { globalThis.outcome = undefined; globalThis.${name}(...${JSON.stringify(given)}).then(
      (value) => { globalThis.outcome = { value }; }, (error) => { globalThis.outcome = { error: String(error) }; }); })()`,
  );
  const end = performance.now() + longest;
  while (performance.now() < end) {
    const outcome = await page.evaluate("(() => globalThis.outcome ?? null)()");
    if (outcome?.error) throw new Error(outcome.error);
    if (outcome) return outcome.value;
    await sleep(100);
  }
  throw new Error(`${name} takes over ${longest} ms`);
}

async function measure(page, url) {
  const open = async () => {
    await page.goto(url);
    while (!(await page.evaluate("(() => Boolean(globalThis.isReady))()"))) await sleep(50);
  };
  const first = { ours: [], plain: [] };
  for (let round = 0; round < newPages; round++) {
    for (const who of ["ours", "plain"]) {
      await open();
      first[who].push(await run(page, "readFirst", who, jobCount));
    }
  }
  await open();
  const rows = await run(page, "compareIn", jobCount, { importFloor: 0 });
  return [{ name: "the same, first of a new page", ours: median(first.ours), plain: median(first.plain) }, ...rows];
}

const BROWSERS = {
  async Chromium() {
    const browser = await openBrowserNamed("chromium");
    return { page: await browser.newPage(), close: () => browser.close() };
  },
  async Firefox() {
    if (!existsSync(process.env.FIREFOX ?? "/usr/bin/firefox-esr")) return undefined;
    const browser = await openBrowserNamed("firefox");
    return { page: await browser.newPage(), close: () => browser.close() };
  },
  async WebKit() {
    if (!hasWebKit()) return undefined;
    const { page, close } = await startWebKit();
    return { page: { goto: page.open, evaluate: (text) => page.evaluate(`() => ${text}`) }, close };
  },
};

const files = await startFiles();
const columns = [];
try {
  for (const [name, open] of Object.entries(BROWSERS)) {
    const browser = await open();
    if (!browser) {
      console.log(`${name} is not here, and so not measured`);
      continue;
    }
    try {
      columns.push({ name, rows: await measure(browser.page, `${files.url}/tests/bench/page.html`) });
    } finally {
      await browser.close();
    }
  }
} finally {
  await files.close();
}

const time = (value) => `${value >= 100 ? value.toFixed(0) : value.toPrecision(2)} ms`;
const line = (name, cells) => console.log(name.padEnd(66) + cells.map((cell) => cell.padStart(30)).join(""));
console.log(`\n${jobCount.toLocaleString("en")} jobs: plain JavaScript / ours = how many times as fast\n`);
line(
  "",
  columns.map(({ name }) => name),
);
for (const [index, { name }] of columns[0].rows.entries()) {
  line(
    name,
    columns.map(({ rows }) => {
      const { ours, plain } = rows[index];
      return `${time(plain)} / ${time(ours)} = ${(plain / ours).toFixed(1)}`;
    }),
  );
}
