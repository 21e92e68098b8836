// A page that is told by server-sent events, in real Chromium under the product's own policy: events, ends of
// streams, a script that comes late, a restart.
import { spawn } from "node:child_process";
import { equal, ok, openPage, runCases, startChromium } from "./harness.mjs";

async function start(address = "127.0.0.1:0") {
  const child = spawn(process.argv[2], [address], { stdio: ["pipe", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once("data", (chunk) => resolve(String(chunk).trim()));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    raise: () => fetch(`${url}/raise`, { method: "POST", headers: { "Sec-Fetch-Site": "same-origin" } }),
    streams: async () => Number(await (await fetch(`${url}/streams`)).text()),
    stop: () => new Promise((resolve) => { child.once("exit", resolve); child.stdin.end(); }),
  };
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const number = async (page) => Number(await page.textContent("#part"));
const shows = (page, n) => page.waitForFunction(
  (text) => document.querySelector("#part").textContent === text, String(n), { timeout: 5000 });

const browser = await startChromium();
let server = await start();

/** The page, once its stream is open. */
async function opened(prepare = async () => {}) {
  const page = await openPage(browser, server.url);
  const begun = await server.streams();
  await prepare(page);
  await page.goto(`${server.url}/`);
  for (let i = 0; await server.streams() === begun; i++) {
    ok(i < 200, "the page asks for no events");
    await wait(20);
  }
  return page;
}

async function told() {
  const page = await opened();
  const before = await number(page);
  for (let i = 1; i <= 3; i++) {
    equal((await server.raise()).status, 204, "status of the change");
    await shows(page, before + i);
  }
  equal(await page.textContent("#news"), "", "the event itself is not put into the page");
  await page.done();
}

async function toldAfterAnEnd() {
  const page = await opened();
  const before = await number(page);
  const begun = await server.streams();
  await wait(3000);
  const again = await server.streams() - begun;
  ok(again >= 1 && again <= 2, `${again} more streams in 3 s, each lasting 1.5 to 2 s`);
  await server.raise();
  await shows(page, before + 1);
  await page.done();
}

async function toldThoughTheScriptIsLate() {
  const page = await opened((p) => p.route("**/hx-sse-*.js", async (route) => {
    await wait(700);
    await route.continue();
  }));
  const before = await number(page);
  await server.raise();
  await shows(page, before + 1);
  await page.done();
}

async function toldAfterARestart() {
  const page = await opened();
  const { host } = new URL(server.url);
  const before = await number(page);
  page.removeAllListeners("console"); // refused connections are told there, and expected
  await server.raise();
  await shows(page, before + 1);
  await server.stop();
  await wait(500);
  server = await start(host);
  await shows(page, 1); // the new process counts from the beginning
  await server.raise();
  await shows(page, 2);
  await page.done();
}

const failed = await runCases([
  ["the page shows what it is told of", told],
  ["a stream that ended is opened again", toldAfterAnEnd],
  ["a script that comes late is waited for", toldThoughTheScriptIsLate],
  ["a server that restarts is found again", toldAfterARestart],
]);
await browser.close();
equal(await server.stop(), 0, "exit code");
process.exitCode = failed ? 1 : 0;
