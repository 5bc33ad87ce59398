// Drives Debian's WebKitGTK by plain WebDriver calls, in a window of an X server of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const FOLDERS = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
const PATIENCE = 30_000;
const LOOK_EVERY = 25;
const STOP_TIME = 3_000;
/** The member by which WebDriver refers to an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** WebDriver's characters for keys that write nothing. */
export const KEYS = {
  backspace: "\uE003",
  enter: "\uE007",
  shift: "\uE008",
  escape: "\uE00C",
  end: "\uE010",
  home: "\uE011",
  left: "\uE012",
  right: "\uE014",
  down: "\uE015",
};

const browserPath = () =>
  FOLDERS.flatMap((folder) => [
    `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/${folder}/MiniBrowser`,
  ]).find((path) => existsSync(path));

/** Whether WebKit, its driver and an X server are installed. */
export const hasWebKit = () =>
  browserPath() !== undefined && ["WebKitWebDriver", "Xvfb"].every((name) => existsSync(`/usr/bin/${name}`));

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(name, () => process.exit(1));

/**
 * Starts a program in a process group of its own, which ends with this process at the latest: by its handlers, and if it
 * is killed, by the kernel.
 */
function start(command, args, { env = {}, stdio = [] } = {}) {
  const child = spawn("setpriv", ["--pdeathsig", "KILL", command, ...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", ...stdio],
  });
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group has ended.
    }
  };
  const kill = () => signal("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "exit").catch(() => {});
  return {
    child,
    async stop() {
      signal("SIGTERM");
      await Promise.race([ended, sleep(STOP_TIME, undefined, { ref: false })]);
      kill();
      process.off("exit", kill);
    },
  };
}

async function startDisplay() {
  const display = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [number] = await Promise.race([
    once(display.child.stdio[3], "data", { signal: AbortSignal.timeout(PATIENCE) }),
    once(display.child, "exit").then(() => [""]),
  ]);
  if (String(number).trim() === "") throw new Error("Xvfb did not start");
  return { name: `:${String(number).trim()}`, stop: display.stop };
}

/** Starts a browser; close() ends all that was started. */
export async function startWebKit() {
  const binary = browserPath();
  if (!binary) throw new Error("no MiniBrowser: apt-get install webkit2gtk-driver xvfb");
  const home = await mkdtemp(join(tmpdir(), "webkit-"));
  const downloads = join(home, "downloads");
  await mkdir(downloads);
  await writeFile(join(home, "user-dirs.dirs"), 'XDG_DOWNLOAD_DIR="$HOME/downloads"\n');
  const started = [];
  const close = async () => {
    for (const { stop } of started.reverse()) await stop();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const display = await startDisplay();
    started.push(display);
    const port = await freePort();
    const driver = start("WebKitWebDriver", [`--port=${port}`], {
      // Neither a GPU nor a desktop is needed, nor the settings of the person who runs the tests.
      env: {
        DISPLAY: display.name,
        GDK_BACKEND: "x11",
        HOME: home,
        XDG_RUNTIME_DIR: home,
        XDG_DATA_HOME: home,
        XDG_CACHE_HOME: home,
        XDG_CONFIG_HOME: home,
        LIBGL_ALWAYS_SOFTWARE: "1",
        NO_AT_BRIDGE: "1",
        GSETTINGS_BACKEND: "memory",
        WEBKIT_DISABLE_DMABUF_RENDERER: "1",
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
        TZ: "UTC",
        // In the locale C, WebKit's Intl throws.
        LC_ALL: "en_US.UTF-8",
      },
      stdio: ["ignore", "ignore"],
    });
    started.push(driver);
    return {
      page: await openSession(`http://127.0.0.1:${port}/session`, binary),
      /** The text of a file that was downloaded, once it is whole. */
      async downloaded(pattern) {
        const name = (await readdir(downloads)).find((each) => pattern.test(each));
        return name && readFile(join(downloads, name), "utf8");
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openSession(address, binary) {
  const call = async (method, path, body) => {
    const response = await fetch(address + path, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(2 * PATIENCE),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  const capabilities = {
    alwaysMatch: { "webkitgtk:browserOptions": { binary, args: ["--automation"] }, timeouts: { script: PATIENCE } },
  };
  const { sessionId } = await until(() =>
    call("POST", "", { capabilities }).catch((error) => {
      if (error.cause?.code === "ECONNREFUSED") return undefined;
      throw error;
    }),
  );
  const post = (path, body = {}) => call("POST", `/${sessionId}${path}`, body);
  const get = (path) => call("GET", `/${sessionId}${path}`);
  return createPage(post, get);
}

/** Repeats a question until its answer is truthy. */
export async function until(ask, what = ask, patience = PATIENCE) {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await sleep(LOOK_EVERY);
  }
}

function createPage(post, get) {
  const find = (selector) => post("/element", { using: "css selector", value: selector });
  const pointer = (actions) =>
    post("/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });
  const evaluate = (work, ...args) => post("/execute/sync", { script: `return (${work})(...arguments)`, args });
  return {
    /** Runs a function in the page; it may return a promise. */
    evaluate,
    open: (url) => post("/url", { url }),
    reload: () => post("/refresh"),
    resize: (width, height) => post("/window/rect", { width, height }),
    chooseFile: async (selector, path) => post(`/element/${(await find(selector))[ELEMENT]}/value`, { text: path }),
    click: async (selector) => post(`/element/${(await find(selector))[ELEMENT]}/click`),
    /** Writes into what has the focus. */
    type: (text) =>
      post("/actions", {
        actions: [
          {
            type: "key",
            id: "keyboard",
            actions: [...text].flatMap((value) => [
              { type: "keyDown", value },
              { type: "keyUp", value },
            ]),
          },
        ],
      }),
    /** Presses the button at the first point, and lets it go at the last. */
    drag: ([first, ...others]) =>
      pointer([
        { type: "pointerMove", ...first },
        { type: "pointerDown", button: 0 },
        ...others.map((point) => ({ type: "pointerMove", duration: 50, ...point })),
        { type: "pointerUp", button: 0 },
      ]),
    doubleClick: (point) =>
      pointer([
        { type: "pointerMove", ...point },
        ...["pointerDown", "pointerUp", "pointerDown", "pointerUp"].map((type) => ({ type, button: 0 })),
      ]),
    text: (selector) => evaluate((wanted) => document.querySelector(wanted)?.innerText ?? "", selector),
    waitForText(selector, pattern, patience = PATIENCE) {
      return until(async () => pattern.test(await this.text(selector)), `${selector} says ${pattern}`, patience);
    },
    screenshot: async () => Buffer.from(await get("/screenshot"), "base64"),
  };
}
