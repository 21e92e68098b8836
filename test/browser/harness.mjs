// What every browser test stands on: the real program on a free port with a temporary folder, a real
// Chromium, and TAP on standard output. Everything started here is ended here.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
// No sandbox: tests may run as root. The rest keeps Chromium from looking for the Internet.
const CHROMIUM_FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

/** A port of the loopback that nobody has. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts `jalon serve` and resolves to { url, data, setup(), said(), stop() } once it says where it is; setup() is the address
    where the first account is made, said() what it said so far. With `demo`, `jalon demo`, whose folder is one in `data`. With
    `below` ("/sous/chemin"), the site is known by an address with that path. */
export async function startJalon(program, extra = [], { demo = false, below = "" } = {}) {
  const data = mkdtempSync(join(tmpdir(), "jalon-browser-"));
  const what = demo ? ["demo"] : ["serve", "--data", data];
  const host = below ? `127.0.0.1:${await freePort()}` : "127.0.0.1:0";
  if (below) what.push("--base-url", `http://${host}${below}`);
  const child = spawn(program, [...what, "--listen", host, ...extra], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: data, TMPDIR: data },
  });
  let log = "", said = "";
  child.stderr.on("data", (chunk) => { log += chunk; });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`jalon ended with ${code}: ${log}`)));
  });
  return {
    url: below ? `http://${host}${below}` : url,
    data,
    log: () => log,
    said: () => said,
    /** The address where the first administrator is made. */
    async setup() {
      while (!/\/setup\/\S+\n/.test(said)) await new Promise((resolve) => setTimeout(resolve, 20));
      return said.match(/http:\/\/\S+\/setup\/\S+/)[0];
    },
    async stop() {
      child.removeAllListeners("exit");
      const ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

/**
 * `jalon serve` on a folder that outlives it: { url, setup, kill() }. `setup` is the address of the first account,
 * on an empty folder; kill() gives it no time to do anything. Started again on the former url's host, it is where
 * it was.
 */
export async function serveOn(program, data, listen = "127.0.0.1:0") {
  const child = spawn(program, ["serve", "--listen", listen, "--data", data, "--rate-limits", "off"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: data },
  });
  let log = "", out = "";
  child.stderr.on("data", (chunk) => { log += chunk; });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      out += chunk;
      const found = out.match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`jalon ended with ${code}: ${log}`)));
  });
  return {
    url,
    log: () => log,
    setup: () => out.match(/http:\/\/\S+\/setup\/\S+/)?.[0],
    kill: () => new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.on("exit", resolve);
      child.kill("SIGKILL");
    }),
  };
}

export function startChromium() {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: CHROMIUM_FLAGS });
}

/** A page of a browser whose letters are set twice as large, on a phone. Its done() ends that browser. */
export async function openLargeLetters() {
  const folder = mkdtempSync(join(tmpdir(), "jalon-large-"));
  mkdirSync(join(folder, "Default"));
  writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify({ webkit: { webprefs: { default_font_size: 32 } } }));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM, headless: true, args: CHROMIUM_FLAGS, viewport: { width: 390, height: 844 }, locale: "fr-FR",
  });
  const page = await context.newPage();
  page.done = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return page;
}

/** Runs named cases one after another and prints TAP. A case fails by throwing. */
export async function runCases(cases) {
  console.log(`1..${cases.length}`);
  let failed = 0;
  for (const [index, [name, run]] of cases.entries()) {
    try {
      await run();
      console.log(`ok ${index + 1} - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${index + 1} - ${name}`);
      console.log(String(error.stack || error).replace(/^/gm, "# "));
    }
  }
  return failed;
}

/** A page of its own context that fails its test on any script error, refused resource or foreign request. */
export async function openPage(browser, base, { width = 390, height = 844, language = "fr", js = true, dark = false, leaves = false, offline = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === "fr" ? "fr-FR" : "en-GB",
    javaScriptEnabled: js,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (leaves && /Failed to fetch/.test(message.text())) return; // cut off by going to another page
    if (offline && /Failed to (fetch|load resource)/.test(message.text())) return;
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) troubles.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) troubles.push(`foreign request: ${request.url()}`);
  });
  page.done = async () => {
    await context.close();
    if (troubles.length) throw new Error(troubles.join("\n"));
  };
  return page;
}

/** Presses the page's first button of that name, which leads to another page. */
export async function press(page, words) {
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: words }).first().click()]);
}

/** What a form that lacks something says after `send`: the page's own words, in its list, which has the focus. A browser
    that refused by itself would not have sent anything. */
export async function refusal(page, send) {
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === "POST"), page.waitForNavigation(), send()]);
  equal(answer.status(), 422, "the status of what lacks something");
  await page.waitForFunction(() => document.activeElement.matches(".errors"));
  return (await page.locator("main > .errors li").allInnerTexts()).join("\n");
}

export function equal(got, want, what) {
  if (got !== want) throw new Error(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

export function ok(value, what) {
  if (!value) throw new Error(what);
}
