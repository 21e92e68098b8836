// From the console's one-time address to an organisation of two: set up, create, invite, join, sign out; with
// scripts and without; and every page on the way looked at as the others are.
import { createHmac } from "node:crypto";
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
  await page.click("main a.go");
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

/** Presses Tab until what has the focus fits the selector. */
async function tabTo(page, selector) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((css) => document.activeElement.matches(css), selector)) return;
  }
  throw new Error(`Tab does not reach ${selector} on ${page.url()}`);
}

/** Set up, create an organisation, sign out and in again, without ever touching the mouse. */
async function byKeyboard() {
  const jalon = await start();
  const page = await openPage(browser, jalon.url, { width: 1280, height: 900 });
  const type = async (name, text) => {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.type(text);
  };
  const press = async (selector, url) => {
    await tabTo(page, selector);
    await page.keyboard.press("Enter");
    await page.waitForURL(url);
  };

  await page.goto(await jalon.setup());
  await type("name", "Claire");
  await type("email", "claire@example.org");
  await type("password", PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/portfolio/);
  await press("main a.go", /orgs\/new/);
  await type("name", "Maison Belloy");
  await press("main button.go", /\/o\/[0-9a-z]{13}$/);
  const org = page.url();
  await press("header form button", /sign-in/);
  await press("header a.brand", (url) => url.pathname === "/");
  await press("header a[href='/sign-in']", /sign-in/);
  await type("email", "claire@example.org");
  await type("password", PASSWORD);
  await press("main button.go", /portfolio/);
  await press(`main a[href="${new URL(org).pathname}"]`, org);
  await page.done();
}

async function look(options) {
  const jalon = await start();
  const base = jalon.url;
  const page = await openPage(browser, base, options);
  const stranger = await openPage(browser, base, options);
  const name = (page_) => `${page_}-${options.width}-${options.language}${options.dark ? "-dark" : ""}`;
  const see = async (page_, on = page, isAnswer = false) => {
    if (shots) await on.screenshot({ path: `${shots}/${name(page_)}.png`, fullPage: true });
    /* What answers a form cannot be asked for again: its page is then what the browser holds. */
    const text = isAnswer ? `<!doctype html>\n${await on.evaluate(() => document.documentElement.outerHTML)}`
      : await (await on.context().request.get(on.url())).text();
    await checkAccessible(on, name(page_));
    await checkHtml(text, page_);
  };
  const go = async (path, page_, on = page) => {
    await on.goto(path.startsWith("http") ? path : base + path);
    await see(page_, on);
  };
  const refuse = async (page_, on = page) => {
    await submit(on);
    await on.waitForSelector(".errors a");
    await see(page_, on, true);
  };

  await go("/", "home-fresh");
  await go("/sign-in", "sign-in-fresh");
  await go(await jalon.setup(), "setup");
  await fill(page, { name: "Claire Renoux", email: "claire@example.org", password: "court" });
  await refuse("setup-refused");
  await fill(page, { password: PASSWORD });
  await submit(page);
  await page.waitForURL(/portfolio/);
  await see("portfolio-empty");
  await go("/orgs/new", "orgs-new");
  await fill(page, { name: "Maison Belloy" });
  await submit(page);
  await page.waitForURL(/\/o\//);
  const org = new URL(page.url()).pathname;
  await see("org-empty");
  for (const path of ["/departments", "/members", "/audit", "/scorecards", "/rounds", "/leave"]) await go(org + path, `org${path.replace("/", "-")}-first`);

  const link = await invite(page, base, org);
  await see("members");
  await go(link, "join", stranger);
  await fill(stranger, { name: "Marc Tellier", email: "marc@example.org", password: "court" });
  await refuse("join-refused", stranger);
  await fill(stranger, { password: "rivière tortue lampe" });
  await submit(stranger);
  await stranger.waitForURL(base + org);
  await see("org-editor", stranger);
  await go(`${org}/settings`, "forbidden", stranger);
  await go(`${org}/members`, "members-editor", stranger);
  await go(`${org}/leave`, "leave", stranger);
  await go(`${org}/departments`, "departments-editor", stranger);
  await page.goto(`${base}${org}/departments`);
  for (const department of ["Finance", "Ventes", "Recherche et développement"]) {
    await page.fill("section[aria-labelledby=h-add] [name=name]", department);
    await submit(page);
  }
  await see("departments");
  await page.goto(`${base}${org}/rounds/new`);
  await page.fill("[name=title]", "Campagne de printemps");
  await page.click("main button.go");
  for (const path of ["", "/settings", "/audit"]) await go(org + path, `org${path.replace("/", "-")}`);
  await page.evaluate(() => { document.querySelector("details.filters").open = true; });
  await page.fill("[name=from]", "2020-01-01");
  await page.fill("[name=to]", "2020-01-02");
  await page.click("main form.filt button");
  await see("audit-none");
  await page.goto(`${base}${org}/settings`);
  await page.fill("[name=accent]", "#777777");
  await refuse("settings-refused");
  for (const path of ["/portfolio", "/portfolio?search=zzz", "/account", "/account/second-factor", "/"]) await go(path, path.slice(1).replaceAll(/[/?=]/g, "-") || "home");
  await submitFactor();
  await page.goto(`${base}/admin/users`);
  await see("users");
  await fill(page, { name: "Idriss Lemoine", email: "idriss@example.org" });
  await submit(page);
  await page.waitForSelector(".copybox input");
  await see("users-link", page, true);
  const reset = await page.inputValue(".copybox input");
  await page.click("header form button");
  await page.waitForURL(/sign-in/);
  await see("signed-out");
  await fill(page, { email: "claire@example.org", password: "never this one" });
  await refuse("sign-in-refused");
  await fill(page, { password: PASSWORD });
  await submit(page);
  await page.waitForSelector("[name=code]");
  await see("sign-in-code", page, true);
  await go(reset, "reset", stranger);
  await fill(stranger, { password: "court" });
  await refuse("reset-refused", stranger);
  await page.done();
  await stranger.done();

  /* The second factor, with the codes that the key on the page makes. */
  async function submitFactor() {
    await page.goto(`${base}/account/second-factor`);
    await submit(page);
    await page.waitForSelector("svg.qr");
    await see("second-factor-begun");
    await fill(page, { code: "000000" });
    await refuse("second-factor-refused");
    const address = await page.inputValue("#otp");
    await fill(page, { code: codeOf(new URL(address).searchParams.get("secret")) });
    await submit(page);
    await page.waitForSelector(".codes");
    await see("recovery-codes", page, true);
    await go("/account/second-factor", "second-factor-on");
  }
}

/** The code that an authenticator application shows now (RFC 6238). */
function codeOf(secret) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, "0");
}

const cases = [
  ["from the console to an organisation of two", () => journey(true)],
  ["the same without scripts", () => journey(false)],
  ["set up, create and sign in by keyboard", byKeyboard],
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
