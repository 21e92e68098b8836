// "Your first campaign in ten minutes", as the README tells it: from an empty folder to what was agreed on and the
// plan, in both languages. What the README writes in bold is there to be pressed or filled in. With JALON_SHOTS=DIR,
// screenshots.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { equal, ok, openPage, runCases, startChromium, startJalon } from "./harness.mjs";

const [program, source] = process.argv.slice(2);
const shots = process.env.JALON_SHOTS;
const browser = await startChromium();

const README = {
  en: { file: "README.md", heading: "## Your first campaign in ten minutes" },
  fr: { file: "README.fr.md", heading: "## Votre première campagne en dix minutes" },
};

/** What that section writes in bold. */
function namesIn(language) {
  const { file, heading } = README[language];
  const section = readFileSync(join(source, file), "utf8").split(`${heading}\n`)[1].split("\n## ")[0];
  return [...section.matchAll(/\*\*([^*]+)\*\*/g)].map((found) => plain(found[1]));
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** A walk: everything that was on its pages to be pressed, filled in or read as a heading. */
function walker(page, seen) {
  const read = () => page.$$eval("a, button, label, legend, summary, h1, h2, th, dt", (all) => all.map((e) => e.textContent));
  const note = async () => {
    // The desk of a workshop may just be going on to its next state by itself.
    const texts = await read().catch(() => page.waitForLoadState().then(read));
    for (const text of texts) seen.add(plain(text));
  };
  return {
    note,
    async press(selector) {
      await note();
      await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
      await note();
    },
    async shoot(name) {
      if (shots) await page.screenshot({ path: `${shots}/first-${name}.png`, fullPage: true });
    },
  };
}

/** Where the organisation has departments, one is asked for. */
async function chooseDepartment(page) {
  const field = page.locator("select[name=department], input[name=department]").first();
  if (!(await field.count())) return;
  if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption({ index: 1 });
  else await field.check({ force: true });
}

/** One respondent by the public link, who gives the answers of that rank to every question. */
async function respond(link, language, rank, seen) {
  const page = await openPage(browser, new URL(link).origin, { language });
  const walk = walker(page, seen);
  await page.goto(link);
  await walk.note();
  await chooseDepartment(page);
  await walk.press("main form button[type=submit]");
  while (/\/q\//.test(page.url())) {
    const choices = page.locator("input[name=answer]");
    await choices.nth(Math.min(rank, (await choices.count()) - 2)).check({ force: true });
    await walk.press(".rnav .go");
  }
  await walk.press("form[action$='/send'] button");
  ok(/\/sent$/.test(page.url()), "the sheet is sent");
  await page.done();
}

async function firstCampaign(language) {
  const jalon = await startJalon(program);
  try {
    await walkThrough(jalon, language);
  } finally {
    equal(await jalon.stop(), 0, "end");
  }
}

async function walkThrough(jalon, language) {
  const seen = new Set();
  const page = await openPage(browser, jalon.url, { width: 1280, height: 900, language, leaves: true });
  const walk = walker(page, seen);

  await page.goto(await jalon.setup());
  await page.fill("[name=name]", "Claire Renoux");
  await page.fill("[name=email]", "claire@example.org");
  await page.fill("[name=password]", "fougère-lampion-84");
  await walk.shoot(`${language}-1-setup`);
  await walk.press("main form button[type=submit]");

  await walk.press("a[href$='/orgs/new']");
  await page.fill("[name=name]", "Maison Belloy");
  await walk.press("main form button[type=submit]");
  const org = new URL(page.url()).pathname;
  await walk.shoot(`${language}-2-home`);

  await walk.press(`nav a[href$='${org}/departments']`);
  for (const name of ["Ventes", "Ateliers"]) {
    await page.fill("form[action$='/departments'] input[name=name]", name);
    await walk.press("form[action$='/departments'] button");
  }

  await walk.press(`a[href$='${org}/rounds']`);
  await walk.press("a[href$='/rounds/new']");
  await page.fill("#title", "Où en sommes-nous ?");
  await page.fill("#purpose", "Choisir par quoi commencer.");
  await page.fill("#retention", "Deux ans.");
  if (!(await page.inputValue("#controller"))) await page.fill("#controller", "Maison Belloy");
  await page.fill("#contact", "Claire Renoux, claire@example.org");
  await walk.shoot(`${language}-3-form`);
  await walk.press("main form button[type=submit]");
  await walk.press("a[href$='/open']");
  await walk.press("form[action$='/open'] button[type=submit]");
  await walk.shoot(`${language}-4-open`);

  const link = await page.inputValue("#public");
  for (const rank of [0, 1, 2, 2, 1, 0]) await respond(link, language, rank, seen);
  await page.reload();
  await walk.press("a[href$='/close']");
  await walk.press("form[action$='/close'] button[type=submit]");
  const campaign = new URL(page.url()).pathname;

  await walk.press("a[href$='/results']");
  ok((await page.textContent("main")).includes("34"), "the results are shown");
  await walk.shoot(`${language}-5-results`);
  await walk.press("form[action$='/adopt'] button");

  await page.goto(`${jalon.url}${campaign}`);
  await walk.press("a[href$='/workshop']");
  await walk.press("form[action$='/workshop'] button[type=submit]");
  await workshop(page, walk, jalon.url, language, seen);
  await walk.shoot(`${language}-6-minutes`);

  await page.goto(`${jalon.url}${campaign}/results`);
  await walk.note();
  ok((await page.textContent("#agreed, [aria-labelledby=h-agreed]")).includes("Vu ensemble."), "the reason stands in the results");
  await page.goto(`${jalon.url}${org}`);
  await walk.press(`a[href$='${org}/plan']`);
  await walk.shoot(`${language}-7-plan`);
  ok((await page.locator("main li").count()) > 0, "the plan has actions");
  await walk.press("main li h3 a, main li a");
  await walk.note();

  for (const name of namesIn(language)) ok([...seen].some((text) => text.startsWith(name) || text.includes(name)), `"${name}" of the README is nowhere`);
  ok(namesIn(language).length >= 15, "the README names what is pressed");
  await page.done();
}

/** Three phones join, vote a second time on the first item, and it is agreed on. */
async function workshop(page, walk, base, language, seen) {
  const code = (await page.textContent(".desk .roomcode")).replace(/\s/g, "");
  const phones = [];
  for (let i = 0; i < 3; i++) {
    const phone = await openPage(browser, base, { language });
    await phone.goto(`${base}/w`);
    await walker(phone, seen).note();
    await phone.fill("#code", code);
    await phone.click("main button[type=submit]");
    await phone.waitForURL(/\/w\/\w+$/);
    await walker(phone, seen).note();
    await chooseDepartment(phone);
    await phone.click("main button[type=submit]");
    await phone.waitForSelector("#live");
    phones.push(phone);
  }
  await walk.press(".acts form[action$='/go'] button");
  await walk.press("form[action$='/workshop/open'] button");
  for (const phone of phones) {
    await phone.waitForSelector("input[name=answer]");
    await phone.locator("input[name=answer]").nth(1).check();
    await phone.waitForSelector("#saved[data-state=saved]");
    await walker(phone, seen).note();
  }
  await page.waitForFunction(() => document.querySelector("#count .num").textContent === "3");
  await walk.press("form[action$='/reveal'] button");
  await page.fill("#reason", "Vu ensemble.");
  if (await page.locator("select#value").count()) await page.selectOption("select#value", { index: 3 });
  else await page.locator("input[name=value]").nth(1).check();
  await walk.press("form[action$='/agree'] button");
  await page.click("details:has(form[action$='/end']) summary"); // it says what ends
  await walk.press("form[action$='/end'] button");
  for (const phone of phones) await phone.done();
}

const failed = await runCases([
  ["the README's first campaign, in English", () => firstCampaign("en")],
  ["la première campagne du README, en français", () => firstCampaign("fr")],
]);
await browser.close();
process.exitCode = failed ? 1 : 0;
