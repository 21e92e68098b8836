// From the console's one-time address to an organisation of two: set up, create, invite, join, sign out; with
// scripts and without; and every page on the way looked at as the others are.
import { checkAccessible, checkHtml } from "./checks.mjs";
import { equal, ok, openPage, runCases, startChromium, startJalon } from "./harness.mjs";

const PASSWORD = "quatre chevaux bleus dansent";
const shots = process.env.JALON_SHOTS;
const browser = await startChromium();
const servers = [];

async function start() {
  const jalon = await startJalon(process.argv[2]);
  servers.push(jalon);
  return jalon;
}

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.fill(`main form:not([method=get]) [name="${name}"]`, value);
}
const submit = (page) => page.click("main .btn.go[type=submit], main .btn.go:not(a)");

/** Sets a fresh installation up; the page is the administrator's, the path its organisation's. */
async function setUp(jalon, options) {
  const page = await openPage(browser, jalon.url, options);
  await page.goto(await jalon.setup());
  await fill(page, { name: "Claire Renoux", email: "claire@example.org", password: PASSWORD });
  await submit(page);
  equal(new URL(page.url()).pathname, "/portfolio", "after the set-up");
  await page.click("main .head a.go");
  await fill(page, { name: "Maison Belloy" });
  await submit(page);
  const org = new URL(page.url()).pathname;
  ok(/^\/o\/[0-9a-z]{13}$/.test(org), `in the new organisation: ${org}`);
  return { page, org };
}

async function invite(page, base, org) {
  await page.goto(`${base}${org}/members`);
  await fill(page, { label: "Marc Tellier" });
  await page.check("input[value=editor]");
  await submit(page);
  await page.waitForSelector(".copybox input");
  return page.inputValue(".copybox input");
}

async function journey(js) {
  const jalon = await start();
  const { page, org } = await setUp(jalon, { js });
  const link = await invite(page, jalon.url, org);
  const marc = await openPage(browser, jalon.url, { js });

  await marc.goto(link);
  ok((await marc.textContent("h1")).includes("Maison Belloy"), "the invitation says where to");
  await fill(marc, { name: "Marc Tellier", email: "marc@example.org", password: "court" });
  await submit(marc);
  await marc.waitForSelector(".errors a");
  equal(await marc.inputValue("[name=email]"), "marc@example.org", "what was typed is there again");
  await fill(marc, { password: "rivière tortue lampe" });
  await submit(marc);
  await marc.waitForURL(`${jalon.url}${org}`);
  ok((await marc.textContent(".org")).includes("Vous êtes chez"), "the banner says whose data it is");
  equal((await marc.goto(`${jalon.url}${org}/settings`)).status(), 403, "an editor is no owner");

  await marc.click("header form button");
  await marc.waitForURL(/\/sign-in/);
  await marc.goto(`${jalon.url}${org}/members`);
  ok(marc.url().includes("/sign-in?next="), "signed out");
  await fill(marc, { email: "Marc@example.org", password: "rivière tortue lampe" });
  await submit(marc);
  await marc.waitForURL(`${jalon.url}${org}/members`);
  await page.done();
  await marc.done();
}

async function byKeyboard() {
  const jalon = await start();
  const page = await openPage(browser, jalon.url, {});
  await page.goto(await jalon.setup());
  await page.focus("[name=name]");
  for (const text of ["Claire", "claire@example.org", PASSWORD]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/portfolio/);
  await page.done();
}

async function look(options) {
  const jalon = await start();
  const { page, org } = await setUp(jalon, options);
  const base = jalon.url;
  const name = (page_) => `${page_}-${options.width}-${options.language}${options.dark ? "-dark" : ""}`;
  const see = async (page_) => {
    if (shots) await page.screenshot({ path: `${shots}/${name(page_)}.png`, fullPage: true });
    const text = await (await page.context().request.get(page.url())).text();
    await checkAccessible(page, name(page_));
    await checkHtml(text, page_);
  };

  await invite(page, base, org);
  await see("members");
  await page.goto(`${base}${org}/departments`);
  await fill(page, { name: "Finance" }).catch(() => page.fill("#department-name", "Finance"));
  await submit(page);
  for (const path of ["", "/departments", "/settings", "/audit", "/leave", "/scorecards"]) {
    await page.goto(base + org + path);
    await see(`org${path.replace("/", "-")}`);
  }
  for (const path of ["/portfolio", "/orgs/new", "/account", "/account/second-factor", "/admin/users"]) {
    await page.goto(base + path);
    await see(path.slice(1).replaceAll("/", "-"));
  }
  await page.goto(`${base}/account/second-factor`);
  await submit(page);
  await see("second-factor-begun");
  await page.goto(`${base}${org}/settings`);
  await page.fill("[name=accent]", "#777777");
  await submit(page);
  await page.waitForSelector(".errors a");
  await checkAccessible(page, name("settings refused"));
  await page.click("header form button");
  await page.waitForURL(/sign-in/);
  await see("sign-in");
  await page.done();
}

const cases = [
  ["from the console to an organisation of two", () => journey(true)],
  ["the same without scripts", () => journey(false)],
  ["set up by keyboard", byKeyboard],
];
for (const options of [
  { width: 390, height: 844, language: "fr", dark: false }, { width: 1280, height: 900, language: "en", dark: true },
  { width: 320, height: 640, language: "en", dark: true }, { width: 1280, height: 900, language: "fr", dark: false },
]) cases.push([`every page at ${options.width} px, ${options.language}, ${options.dark ? "dark" : "light"}`, () => look(options)]);

try {
  process.exitCode = await runCases(cases) ? 1 : 0;
} finally {
  await browser.close();
  for (const jalon of servers) await jalon.stop();
}
