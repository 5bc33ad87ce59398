// The state as signals: what is run again, how often, and that no part of the screen can read it unseen.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { reactive, update, watch } from "../../../web/state/reactive.js";
import { createStore, initialState, newSource } from "../../../web/state/state.js";

const turn = () => new Promise((resolve) => setTimeout(resolve));

test("what was read is watched and nothing else, and it is run once after a turn", async () => {
  const state = reactive({ query: "", page: 1, cursor: 0 });
  const runs = [];
  const end = watch(() => runs.push(state.query === "" ? "" : `${state.query} ${state.page}`));
  await turn();
  state.page = 2;
  state.cursor = 7;
  await turn();
  assert.deepEqual(runs, [""], "neither has been read");
  state.query = "a";
  update(state, { query: "b", page: 3 });
  assert.deepEqual(runs, [""]);
  await turn();
  assert.deepEqual(runs, ["", "b 3"]);
  state.page = 4;
  await turn();
  assert.deepEqual(runs.at(-1), "b 4");
  end();
  state.page = 5;
  await turn();
  assert.equal(runs.length, 3);
});

test("what the work itself changes makes it run once more", async () => {
  const state = reactive({ focus: "query" });
  let runs = 0;
  watch(() => {
    runs += 1;
    if (state.focus) state.focus = "";
  });
  await turn();
  await turn();
  assert.equal(runs, 2);
});

test("work that fails is told of, and is run again after the next change", () => {
  const program = `
    import { reactive, watch } from ${JSON.stringify(new URL("../../../web/state/reactive.js", import.meta.url))};
    const state = reactive({ page: 1 });
    process.once("uncaughtException", ({ message }) => {
      console.log(message);
      state.page = 2;
    });
    watch(() => {
      console.log(state.page);
      if (state.page === 1) throw new Error("no page");
    });`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 20_000,
  });
  assert.equal(output, "1\nno page\n2\n");
});

test("a member that is not one is refused", () => {
  const store = createStore(initialState());
  assert.throws(() => store.set(/** @type {any} */ ({ quary: "" })), TypeError);
});

test("a source's change is seen through what is computed of all", async () => {
  const store = createStore({ ...initialState(), sources: [newSource({ id: "account", label: "A" })] });
  const labels = [];
  store.subscribe(({ sources }) => labels.push(sources.map(({ label }) => label).join()));
  await turn();
  store.setSource("account", { label: "B" });
  await turn();
  assert.deepEqual(labels, ["A", "B"]);
});

test("templates are made where their part can see what they read: lit's lazy directives stand in part.js alone", async () => {
  const root = new URL("../../../web/", import.meta.url);
  const files = (await readdir(root, { recursive: true })).filter((path) => path.endsWith(".js"));
  const lazy = /lit-html\/(directives\/(guard|repeat|map|cache|until|keyed|when|choose)|async-directive)/;
  const using = [];
  for (const path of files) if (lazy.test(await readFile(new URL(path, root), "utf8"))) using.push(path);
  assert.deepEqual(using, ["ui/part.js"]);
});
