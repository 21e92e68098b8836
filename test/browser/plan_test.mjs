// The action plan in a real browser: adopted, written, moved by keyboard and without JavaScript, looked at by
// axe-core. With JALON_SHOTS=DIR, also a screenshot of each page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { equal, ok, openPage, runCases, startChromium, startJalon } from "./harness.mjs";
import { quickSheet } from "./journey.mjs";
import { idText, read, signIn, write } from "./member.mjs";

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: { "long-title": "off", "require-sri": "off", "no-trailing-whitespace": "off", "void-style": "off", "attr-quotes": "off" },
});
const shots = process.env.JALON_SHOTS;

const jalon = await startJalon(process.argv[2]);
const base = jalon.url;
const browser = await startChromium();

/** An organisation with a claimed scorecard, and the page of an owner in it. */
async function organisation(options) {
  const page = await openPage(browser, base, options);
  const token = await quickSheet(page, base);
  const me = await signIn(jalon, page);
  const [[id]] = read(jalon, "SELECT max(id) FROM sheet");
  write(jalon, [["UPDATE sheet SET org_id = ? WHERE org_id = 1", [me.orgId]]]);
  return { page, me, token, home: base + me.path, sheet: `${base}${me.path}/sheets/${idText(id)}` };
}

async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]`);
    if (await field.evaluate((e) => e.tagName) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await page.click("form.flow .go");
}

/** From the result to the plan, onto the board, to done. */
async function journey(options) {
  const { page, home, sheet } = await organisation(options);
  await page.goto(`${home}/plan`);
  equal(await page.locator("#h-none").count(), 1, "an empty plan says where actions come from");
  await page.goto(sheet);
  await page.locator("button[name=action]").first().click();
  await page.waitForURL(/adopted=1/);
  equal(await page.locator("a.tag.act").count(), 1, "actions marked as already in the plan");
  await page.goto(`${home}/plan/new`);
  await fill(page, { title: "Nommer un responsable", due: "2020-01-31", status: "todo", effort: "small" });
  await page.waitForURL(/\/plan\?done=added$/);
  equal(await page.locator(".action").count(), 2, "actions in the list");
  equal(await page.locator(".action .tag.bad").count(), 1, "overdue actions marked");
  await page.goto(`${home}/plan?view=board`);
  const ticket = page.locator(".ticket", { hasText: "Nommer un responsable" });
  await ticket.locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#a-/);
  equal(await page.locator("section[aria-labelledby=c-done] .ticket", { hasText: "Nommer un responsable" }).count(), 1,
    "the action is in the column Done");
  await page.done();
}

async function beaten() {
  const { page, me, home } = await organisation({ width: 1280 });
  await page.goto(`${home}/plan/new`);
  await fill(page, { title: "Partagée", status: "todo" });
  await page.locator(".action h3 a").click();
  const other = await openPage(browser, base);
  await signIn(jalon, other, { orgId: me.orgId, role: "contributor", name: "Yann Le Goff" });
  await other.goto(page.url());
  await fill(other, { title: "La sienne" });
  await other.waitForURL(/saved=1/);
  await fill(page, { note: "La mienne" });
  await page.waitForSelector(".others");
  equal(await page.inputValue("[name=note]"), "La mienne", "what was typed");
  ok((await page.textContent(".others")).includes("La sienne"), "the other version is shown");
  await page.click("form.flow .go");
  await page.waitForURL(/saved=1/);
  await other.done();
  await page.done();
}

/** Whoever comes Back to a form that was refused finds its page, and not a question of the browser. */
async function back() {
  const { page, home } = await organisation({ width: 1280 });
  await page.goto(`${home}/plan`);
  await page.goto(`${home}/plan/new`);
  for (let refusals = 0; refusals < 2; refusals++) {
    await page.click("form.flow .go");
    await page.waitForSelector(".errors");
  }
  await fill(page, { title: "Nommer un responsable" });
  await page.waitForURL(/\/plan\?done=added$/);
  for (const expected of ["/plan/new", "/plan/new", "/plan/new", "/plan"]) {
    await page.goBack();
    equal(new URL(page.url()).pathname.replace(/^\/o\/\w+/, ""), expected, "the page one comes back to");
    equal(await page.locator("h1").count(), 1, "its title");
  }
  await page.done();
}

async function accessible(look) {
  const { page, home, sheet } = await organisation(look);
  await page.goto(sheet);
  await page.click(".gapped button");
  await page.goto(`${home}/plan/new`);
  await fill(page, { title: "Former les équipes", due: "2020-01-31", status: "doing", effort: "large" });
  const action = await page.locator(".action h3 a").first().getAttribute("href");
  await page.click("#calendar button");
  const pages = { result: sheet, list: `${home}/plan`, board: `${home}/plan?view=board`, action: base + action, new: `${home}/plan/new`,
    remove: `${base}${action}/remove`, nothing: `${home}/plan?status=dropped` };
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address, { waitUntil: "networkidle" });
    if (shots) await page.screenshot({ path: `${shots}/plan-${name}-${look.width}-${look.language}${look.dark ? "-dark" : ""}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    equal(wide, 0, `${name} scrolls sideways by`);
    const html = await (await page.request.get(address)).text();
    const report = await validator.validateString(html, `${name}.html`);
    equal(report.results.flatMap((r) => r.messages.map((m) => `${m.line}: ${m.ruleId}: ${m.message}`)).join("\n"), "", `HTML of ${name}`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), AXE_TAGS);
    equal(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`).join("\n"), "", `axe-core on ${name}`);
  }
  await page.done();
}

const cases = [
  ["from a result to a done action", () => journey({ width: 1280, height: 900 })],
  ["the same on a phone without JavaScript", () => journey({ js: false })],
  ["who saves second loses nothing", beaten],
  ["back to a form that was refused", back],
];
for (const look of [
  { width: 390, height: 844, language: "fr", dark: false }, { width: 390, height: 844, language: "en", dark: true },
  { width: 1280, height: 900, language: "en", dark: false }, { width: 1280, height: 900, language: "fr", dark: true },
  { width: 320, height: 640, language: "fr", dark: false },
]) cases.push([`accessible at ${look.width} px, ${look.language}, ${look.dark ? "dark" : "light"}`, () => accessible(look)]);

try {
  process.exitCode = await runCases(cases) ? 1 : 0;
} finally {
  await browser.close();
  await jalon.stop();
}
