// Every page as a person and a machine see it: axe-core (WCAG 2.2 AA and RGAA 4), valid HTML, no sideways
// scroll, the weight of the first page. With JALON_SHOTS=DIR, also a screenshot of each.
import { checkAccessible, checkHtml } from "./checks.mjs";
import { equal, ok, openPage, runCases, startChromium, startJalon } from "./harness.mjs";
import { quickSheet } from "./journey.mjs";

const FIRST_PAGE_MAX_BYTES = 60 * 1024;
const shots = process.env.JALON_SHOTS;

const jalon = await startJalon(process.argv[2], ["--contact", "mailto:bonjour@example.org"]);
const base = jalon.url;
const browser = await startChromium();

const setup = await openPage(browser, base);
const sheet = await quickSheet(setup, base);
const blank = await quickSheet(setup, base, {});
const shared = await (async () => {
  await setup.goto(`${sheet}/result`);
  await setup.click("form[action$='/share'] button");
  await setup.waitForSelector("#share");
  return setup.inputValue("#share");
})();
await setup.done();

const pages = {
  home: "/", welcome: "/scorecard", method: "/method", privacy: "/privacy", accessibility: "/accessibility",
  question: `${sheet}/q/lineage`, scale: `${sheet}/q/bi-success`, all: `${sheet}/all`, "all-blank": `${blank}/all`, review: `${sheet}/review`, "review-blank": `${blank}/review`,
  result: `${sheet}/result`, "result-blank": `${blank}/result`, shared, "what-if": `${sheet}/what-if?lineage=yes`,
  erase: `${sheet}/erase`, "not-found": "/nowhere",
};
const address = (path) => path.startsWith("http") ? path : base + path;

async function visit(name, options) {
  const page = await openPage(browser, base, options);
  await page.goto(address(pages[name]), { waitUntil: "networkidle" });
  return page;
}

async function shoot(page, name, { width, language, dark }) {
  if (shots) await page.screenshot({ path: `${shots}/${name}-${width}-${language}${dark ? "-dark" : ""}.png`, fullPage: true });
}

async function accessible(name, options) {
  const page = await visit(name, options);
  await shoot(page, name, options);
  await checkAccessible(page, name);
  await page.done();
}

async function valid(name) {
  const context = await browser.newContext();
  const reply = await context.request.get(address(pages[name]));
  const text = await reply.text();
  await context.close();
  await checkHtml(text, name);
}

async function light(name) {
  const page = await openPage(browser, base);
  const finished = [];
  page.on("requestfinished", (request) => finished.push(request));
  await page.goto(address(pages[name]), { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready);
  // The sizes are awaited one by one: a sum taken in the handlers would miss those still on their way.
  let bytes = 0;
  for (const request of finished) bytes += (await request.sizes()).responseBodySize;
  ok(finished.some((r) => r.resourceType() === "font"), "the font was counted");
  ok(bytes <= FIRST_PAGE_MAX_BYTES, `${name} weighs ${bytes} bytes, more than ${FIRST_PAGE_MAX_BYTES}`);
  console.log(`# ${name}: ${bytes} bytes transferred`);
  await page.done();
}

async function prints() {
  const page = await visit("result", { width: 1280, height: 900 });
  await page.emulateMedia({ media: "print" });
  equal(await page.locator(".rnav:visible, .foot:visible, button:visible").count(), 0, "controls visible in print");
  ok((await page.pdf({ format: "A4" })).length > 10000, "the page prints");
  await page.done();
}

const looks = [
  { width: 390, height: 844, language: "fr", dark: false }, { width: 390, height: 844, language: "en", dark: true },
  { width: 1280, height: 900, language: "en", dark: false }, { width: 1280, height: 900, language: "fr", dark: true },
  { width: 320, height: 640, language: "fr", dark: false },
];
if (shots) looks.push(
  { width: 390, height: 844, language: "en", dark: false }, { width: 390, height: 844, language: "fr", dark: true },
  { width: 1280, height: 900, language: "fr", dark: false }, { width: 1280, height: 900, language: "en", dark: true });

const cases = [];
for (const name of Object.keys(pages)) {
  for (const look of looks)
    cases.push([`${name}: accessible at ${look.width} px, ${look.language}, ${look.dark ? "dark" : "light"}`, () => accessible(name, look)]);
  cases.push([`${name}: valid HTML`, () => valid(name)]);
}
for (const name of ["home", "welcome", "question"]) cases.push([`${name} is light as a first page`, () => light(name)]);
cases.push(["the result prints", prints]);

try {
  process.exitCode = await runCases(cases) ? 1 : 0;
} finally {
  await browser.close();
  await jalon.stop();
}
