// A workshop as people live it: two facilitators' browsers and three phones, the server killed and started again in
// the middle; without JavaScript; every page accessible and valid at each moment. With JALON_SHOTS=DIR, screenshots.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { checkFits } from "./checks.mjs";
import { downloads, figuresOn, hasTables, saysEach, saysInOrder } from "./exports.mjs";
import { equal, ok, openPage, refusal, runCases, serveOn, startChromium } from "./harness.mjs";

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4"];
const shots = process.env.JALON_SHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: { "long-title": "off", "require-sri": "off", "no-trailing-whitespace": "off", "void-style": "off", "attr-quotes": "off" },
});
const OWN = { "sec-fetch-site": "same-origin" };
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const program = process.argv[2];
const data = mkdtempSync(join(tmpdir(), "jalon-workshop-"));
let server = await serveOn(program, data);
const base = server.url;
const browser = await startChromium();

/** The owner signs in on a page of its own. The first time, the installation is set up. */
async function owner(options) {
  const page = await openPage(browser, base, { ...options, leaves: true });
  const who = { email: "claire@example.org", password: "un-mot-de-passe-bien-long" };
  if (!owner.done) {
    const reply = await page.request.post(server.setup(), { headers: OWN, form: { ...who, name: "Claire Renoux" }, maxRedirects: 0 });
    equal(reply.status(), 303, "setting up");
    owner.done = true;
  } else {
    const reply = await page.request.post(`${base}/sign-in`, { headers: OWN, form: who, maxRedirects: 0 });
    equal(reply.status(), 303, "signing in");
  }
  return page;
}

async function post(page, path, form) {
  const reply = await page.request.post(base + path, { headers: OWN, form, maxRedirects: 0 });
  equal(reply.status(), 303, `POST ${path}`);
  return new URL(reply.headers().location, base).pathname;
}

/** A round that is open, with answers by the public link when some are given; its path. */
async function makeRound(page, org, mode, answers = []) {
  const round = await post(page, `${org}/rounds`, {
    title: "Campagne de printemps", threshold: "3", mode, access: "public", controller: "Maison Belloy",
    contact: "Claire Renoux, claire@example.org", purpose: "Savoir où nous en sommes avec nos données.", retention: "Deux ans.",
  });
  await post(page, `${round}/open`, { version: "1" });
  await page.goto(base + round);
  if (answers.length) {
    const link = await page.inputValue("#public");
    for (const sheet of answers) {
      const phone = await openPage(browser, base);
      const begun = await phone.request.post(link, { headers: OWN, form: mode === "nominative" ? { name: "Léa" } : {}, maxRedirects: 0 });
      const own = new URL(begun.headers().location, base).pathname;
      for (const [id, answer] of Object.entries(sheet)) await post(phone, `${own}/q/${id}`, { answer, go: "next" });
      await post(phone, `${own}/send`, {});
      await phone.done();
    }
    await post(page, `${round}/close`, { version: "2" });
  }
  return round;
}

const codeOf = async (page) => (await page.textContent(".desk .roomcode")).replace(/\s/g, "");

/** A phone that joins by typing the code. */
async function phone(code, name, options = {}) {
  const page = await openPage(browser, base, options);
  await page.goto(`${base}/w`);
  await page.fill("#code", code.toLowerCase());
  await page.click("main button[type=submit]");
  await page.waitForURL(new RegExp(`/w/${code}$`));
  if (name) await page.fill("#name", name);
  await page.click("main button[type=submit]");
  await page.waitForSelector("#live");
  return page;
}

async function choose(page, value) {
  await page.waitForSelector(`input[name=answer][value="${value}"]`);
  await page.check(`input[name=answer][value="${value}"]`);
  await page.waitForSelector("#saved[data-state=saved]");
}

async function press(page, label) {
  await page.waitForSelector(`main button:text-is("${label}")`);
  await Promise.all([page.waitForNavigation(), page.click(`main button:text-is("${label}")`)]);
}

/** Presses what loses or ends something: it says what first, and has done nothing until the second button. */
async function pressTwice(page, label, sure) {
  const box = page.locator("details.sure", { hasText: label });
  const before = page.url();
  await box.locator("summary").click();
  ok(await box.locator("p").isVisible(), `${label} says what it loses`);
  equal(page.url(), before, `${label} asks on the same page:`);
  await press(page, sure);
}

/** What is projected shows the way in, in one piece. */
async function showsTheCode(page, name, size) {
  const { code, broken } = await page.evaluate(() => {
    const code = document.querySelector(".stage :is(.roomcode, .stagefoot b)");
    return {
      code: code?.textContent ?? "",
      broken: code ? code.getClientRects().length > 1 || code.offsetHeight > 2 * parseFloat(getComputedStyle(code).fontSize) : false,
    };
  });
  equal(broken, false, `${name} at ${size} breaks the code`);
  ok(code !== "" || name === "screen-over", `${name} at ${size} has no code`);
}

async function look(page, name) {
  for (const dark of [false, true]) {
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    const isProjected = name.startsWith("screen");
    for (const [width, height] of [[390, 844], [320, 640], ...(isProjected ? [[1280, 720], [1920, 1080]] : [[1280, 900]])]) {
      await page.setViewportSize({ width, height });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      equal(wide, 0, `${name} at ${width} px scrolls sideways by`);
      if (isProjected && width >= 1280) {
        await checkFits(page, `${name} at ${width} × ${height}`);
        await showsTheCode(page, name, `${width} × ${height}`);
      }
      if (shots && width !== 320) await page.screenshot({ path: `${shots}/workshop-${name}-${width}${dark ? "-dark" : ""}.png`, fullPage: true });
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), AXE_TAGS);
    equal(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`).join("\n"), "", `axe-core on ${name}`);
  }
  const reply = await page.request.get(page.url());
  const report = await validator.validateString(await reply.text(), `${name}.html`);
  equal(report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)).join("\n"), "", `HTML of ${name}`);
  await page.emulateMedia({ colorScheme: "light" });
}

/** What the page of the minutes shows, field by field. */
function minutesOn(page) {
  return page.evaluate(() => {
    const words = (selector, root) => root.querySelector(selector)?.textContent ?? "";
    const all = (selector, root, read) => [...root.querySelectorAll(selector)].map(read);
    return {
      head: all(".head .meta > span:not(.tag)", document, (e) => e.textContent),
      summary: words("[aria-labelledby=h-brief] .lead", document),
      names: words("[aria-labelledby=h-brief] p:not(.lead)", document).split(":").at(-1),
      items: all(".minute", document, (item) => ({
        label: words("h2", item), group: words(".meta span", item), text: words("p.read", item), isSetAside: words(".tag", item) === "Mis de côté",
        agreed: words(".agreedvalue", item), reason: words(".quote", item), dissent: words(".quote ~ p", item),
        spreads: all(".spread", item, (s) => ({
          title: words("h3", s), hidden: words("p.muted", s), finding: words("caption", s),
          rows: all("tbody tr", s, (row) => all("th, td", row, (c) => c.textContent)),
        })),
      })),
      left: all("[aria-labelledby=h-left] li", document, (li) => all("span", li, (s) => s.textContent)),
    };
  });
}

/** The documents of the minutes say what their page says: every distribution, decision, reason, dissent and count. */
async function minutesSayTheSame(page) {
  await page.goto(`${page.url().split("?")[0]}?lang=fr`);
  const shown = await minutesOn(page);
  const figures = await figuresOn(page);
  const said = await downloads(page, page.url().split("?")[0], ["pdf", "docx"]);
  const spreads = shown.items.flatMap((item) => item.spreads);
  for (const kind of ["pdf", "docx"]) {
    hasTables(said, kind, spreads.filter((s) => !s.hidden).map((s) => s.rows));
    saysInOrder(said, kind, [
      shown.summary, ...shown.head, shown.names,
      ...shown.items.flatMap((item) => [
        item.label, item.group, item.text, item.agreed && `Convenu : ${item.agreed}`, item.reason, item.dissent, item.isSetAside ? "Mis de côté" : "",
        ...item.spreads.flatMap((s) => s.hidden ? [`${s.title} : ${s.hidden}`] : [s.title, s.finding]),
      ]),
      ...shown.left.flat(),
    ]);
    saysEach(said, kind, figures);
  }
  return shown;
}

const setup = await owner();
const org = await post(setup, "/orgs/new", { name: "Maison Belloy", "time-zone": "Europe/Paris" });

/** Refused connections are told on the console while the server is away, and expected. */
const forgive = (...pages) => pages.forEach((page) => page.removeAllListeners("console"));

async function survivesAKill() {
  const desk = await owner({ width: 1280, height: 900 });
  const round = await makeRound(desk, org, "nominative");
  await desk.goto(`${base}${round}/workshop`);
  await desk.check("input[name=names]");
  await press(desk, "Démarrer l’atelier");
  const code = await codeOf(desk);
  const other = await owner({ width: 1280, height: 900 });
  await other.goto(`${base}${round}/workshop`);
  const phones = [await phone(code, "Ada"), await phone(code, "Bea"), await phone(code, "Carl")];
  await desk.waitForFunction(() => document.querySelector("#count").textContent.includes("3 personnes"));
  await press(desk, "Commencer par le premier point");
  await press(desk, "Ouvrir le vote");
  await choose(phones[0], "yes");
  await choose(phones[1], "no");
  await desk.waitForFunction(() => document.querySelector("#count .num").textContent === "2");
  await other.waitForSelector("#count .note"); // told that the first one moved on
  forgive(desk, other, ...phones);
  await server.kill();
  // A phone votes into the void: it says so, and keeps the choice on screen.
  await phones[2].check("input[name=answer][value=some]");
  await phones[2].waitForSelector("#unsaved:not([hidden])");
  server = await serveOn(program, data, new URL(base).host);
  // And sends it again by itself.
  await phones[2].waitForSelector("#saved[data-state=saved]");
  ok(await phones[2].locator("#unsaved").isHidden(), "nothing is told of what was mended");
  await desk.waitForFunction(() => document.querySelector("#count .num").textContent === "3", null, { timeout: 25000 });
  for (const [page, value] of [[phones[0], "yes"], [phones[1], "no"], [phones[2], "some"]]) {
    await page.reload();
    ok(await page.isChecked(`input[name=answer][value=${value}]`), `the vote ${value} was lost`);
  }
  await press(desk, "Révéler");
  for (const page of phones) await page.waitForSelector("#live .spread", { timeout: 25000 });
  await press(desk, "Ouvrir un second vote");
  for (const page of phones) await choose(page, "some");
  await press(desk, "Révéler");
  equal(await refusal(desk, () => desk.getByRole("button", { name: "Noter la réponse convenue" }).click()),
    "Raison\u00a0: Remplissez ce champ.", "nothing is agreed without a reason");
  ok(await desk.isChecked("input[name=value][value=some]"), "what was chosen is kept");
  await desk.fill("#reason", "Seules les ventes sont tracées.");
  await press(desk, "Noter la réponse convenue");
  for (const page of phones) await page.waitForSelector("#live .agreedvalue");
  await pressTwice(desk, "Terminer l’atelier", "Terminer maintenant");
  await desk.waitForURL(/\/minutes$/);
  const shown = await minutesSayTheSame(desk);
  equal(shown.names.trim(), "Ada, Bea et Carl", "the names in the minutes");
  equal(shown.items[0].reason, "Seules les ventes sont tracées.", "the reason in the minutes");
  equal(shown.items[0].spreads.map((s) => s.rows.map((row) => row[1]).join()).join(" "), "1,1,1,0 0,3,0,0", "both votes in the minutes");
  for (const page of phones) {
    await page.waitForFunction(() => document.querySelector("#live h1").textContent.includes("terminé"));
    await page.done();
  }
  await other.done();
  await desk.done();
}

async function withoutScript() {
  const desk = await owner({ width: 1280, height: 900, js: false });
  const round = await makeRound(desk, org, "nominative");
  await desk.goto(`${base}${round}/workshop`);
  await press(desk, "Démarrer l’atelier");
  const guest = await phone(await codeOf(desk), "Ada", { js: false });
  await press(desk, "Commencer par le premier point");
  await press(desk, "Ouvrir le vote");
  await guest.click("a.btn:has-text('Recharger')");
  await guest.check("input[name=answer][value=yes]");
  await guest.click("button:text-is('Voter')");
  await guest.waitForLoadState();
  ok(await guest.isChecked("input[name=answer][value=yes]"), "the vote is shown");
  await desk.reload();
  equal(await desk.textContent("#count .num"), "1", "votes counted");
  await pressTwice(desk, "Arrêter sans révéler", "Jeter les votes");
  await press(desk, "Ouvrir le vote");
  equal(await desk.textContent("#count .num"), "0", "votes counted after the others were thrown away");
  await guest.click("a.btn:has-text('Recharger')");
  ok(!await guest.isChecked("input[name=answer][value=yes]"), "the vote is gone from the phone too");
  await guest.check("input[name=answer][value=yes]");
  await guest.click("button:text-is('Voter')");
  await guest.waitForLoadState();
  await desk.reload();
  await press(desk, "Révéler");
  await guest.click("a.btn:has-text('Recharger')");
  ok(await guest.isVisible("#live .spread"), "the vote is revealed");
  await guest.done();
  await desk.done();
}

async function byKeyboard() {
  const desk = await owner({ width: 1280, height: 900 });
  const round = await makeRound(desk, org, "nominative");
  await desk.goto(`${base}${round}/workshop`);
  await press(desk, "Démarrer l’atelier");
  for (const label of ["Commencer par le premier point", "Ouvrir le vote"]) {
    for (let i = 0; i < 80; i++) {
      await desk.keyboard.press("Tab");
      if (await desk.evaluate((text) => document.activeElement.textContent.trim() === text, label)) break;
    }
    await Promise.all([desk.waitForNavigation(), desk.keyboard.press("Enter")]);
  }
  // A vote that arrives does not take the focus away, nor what is being typed.
  const guest = await phone(await codeOf(desk), "Ada");
  await desk.focus("#minutes");
  await choose(guest, "yes");
  await desk.waitForFunction(() => document.querySelector("#count .num").textContent === "1");
  equal(await desk.evaluate(() => document.activeElement.id), "minutes", "focus");
  await desk.focus("#count button");
  const second = await phone(await codeOf(desk), "Bea");
  await choose(second, "no");
  await desk.waitForFunction(() => document.querySelector("#count .num").textContent === "2");
  equal(await desk.evaluate(() => document.activeElement.textContent), "Révéler", "focus");
  await Promise.all([desk.waitForNavigation(), desk.keyboard.press("Enter")]);
  await second.waitForSelector("#live .spread");
  await second.done();
  await guest.done();
  await desk.done();
}

const DISPUTED = [
  { lineage: "yes", etl: "yes", "bi-practice": "yes", "bi-success": "7", governance: "yes" },
  { lineage: "no", etl: "yes", "bi-practice": "yes", "bi-success": "3", governance: "no" },
  { lineage: "some", etl: "yes", "bi-practice": "yes", "bi-success": "8", governance: "partial" },
  { lineage: "some", etl: "yes", "bi-practice": "yes", "bi-success": "5", governance: "unknown" },
  { lineage: "no", etl: "scripts", "bi-practice": "yes", "bi-success": "6", governance: "no" },
];

async function everyMoment() {
  const desk = await owner({ width: 1280, height: 900 });
  const round = await makeRound(desk, org, "anonymous", DISPUTED);
  await desk.goto(`${base}${round}/workshop`);
  await look(desk, "start");
  await press(desk, "Démarrer l’atelier");
  const code = await codeOf(desk);
  const screen = await owner({ width: 1920, height: 1080 });
  await screen.goto(`${base}${round}/workshop/screen`);
  const stranger = await openPage(browser, base);
  await stranger.goto(`${base}/w`);
  await look(stranger, "code");
  await stranger.goto(`${base}/w/${code}`);
  await look(stranger, "join");
  await stranger.done();
  const phones = [];
  for (let i = 0; i < 4; i++) phones.push(await phone(code));
  await screen.waitForFunction(() => document.querySelector("#live").textContent.includes("4 personnes"));
  await look(screen, "screen-lobby");
  await look(desk, "desk-lobby");
  await look(phones[0], "room-lobby");
  await press(desk, "Tout accepter en une fois");
  await press(desk, "Commencer par le premier point");
  await look(phones[0], "room-before");
  await press(desk, "Ouvrir un second vote");
  await desk.fill("#minutes", "3");
  await press(desk, "Commencer");
  const values = await phones[0].$$eval("input[name=answer]", (all) => all.map((e) => e.value));
  for (const [i, page] of phones.entries()) if (i < 3) await choose(page, values[i === 0 ? 0 : 1]);
  await desk.waitForFunction(() => document.querySelector("#count .num").textContent === "3");
  await look(desk, "desk-voting");
  await desk.click(".sure summary");
  await look(desk, "desk-stopping");
  await desk.click(".sure summary");
  await look(phones[0], "room-voting");
  await screen.waitForFunction(() => document.querySelector("#live .stagevote .num")?.textContent === "3");
  await look(screen, "screen-voting");
  await press(desk, "Révéler");
  await phones[0].waitForSelector("#live .spread:nth-of-type(2)");
  await look(desk, "desk-revealed");
  await look(phones[0], "room-revealed");
  await screen.waitForSelector("#live .spread");
  equal(await screen.$$eval("#live h3", (all) => all.map((e) => e.textContent).join(" | ")), "Réponses d’avant l’atelier | Second vote", "both votes projected");
  await look(screen, "screen-revealed");
  await desk.fill("#reason", "Trois services sur quatre suivent la trace jusqu’aux fichiers d’origine ; la logistique pas encore.");
  await press(desk, "Noter la réponse convenue");
  await look(desk, "desk-agreed");
  await screen.waitForSelector("#live .agreedvalue");
  await look(screen, "screen-agreed");
  await press(desk, "Point suivant");
  await screen.waitForSelector("#live .spreads:not(.two)");
  await look(screen, "screen-waiting");
  await press(desk, "Mettre de côté");
  await pressTwice(desk, "Terminer l’atelier", "Terminer maintenant");
  await desk.waitForURL(/\/minutes$/);
  await look(desk, "minutes");
  const shown = await minutesSayTheSame(desk);
  ok(shown.items.some((item) => item.dissent) && shown.items.some((item) => item.spreads.length === 2) && shown.left.length > 0,
    "the minutes hold dissent, two votes and what was not treated");
  await phones[0].waitForFunction(() => document.querySelector("#live h1").textContent.includes("terminé"));
  await look(phones[0], "room-over");
  await screen.waitForFunction(() => document.querySelector("#live h2").textContent.includes("terminé"));
  await look(screen, "screen-over");
  const said = await screen.locator("#live h2").boundingBox();
  ok(Math.abs(said.x + said.width / 2 - 1920 / 2) < 5 && Math.abs(said.y + said.height / 2 - 1080 / 2) < 100, "the end is said in the middle of the wall");
  for (const page of [...phones, screen, desk]) await page.done();
}

/** Two phones are left open while the workshop ends and goes on with another code, one of them without a network meanwhile. */
async function leftOpen() {
  const desk = await owner({ width: 1280, height: 900 });
  const round = await makeRound(desk, org, "nominative");
  await desk.goto(`${base}${round}/workshop`);
  await press(desk, "Démarrer l’atelier");
  const former = await codeOf(desk);
  const [awake, asleep] = [await phone(former, "Ada"), await phone(former, "Bea")];
  forgive(asleep);
  await asleep.context().setOffline(true);
  await pressTwice(desk, "Terminer l’atelier", "Terminer maintenant");
  const isOver = (page) => page.waitForFunction(() => document.querySelector("#live h1").textContent.includes("terminé"), null, { timeout: 25000 });
  await isOver(awake);
  await press(desk, "Reprendre l’atelier");
  const code = await codeOf(desk);
  ok(code !== former, "it goes on with another code");
  await asleep.context().setOffline(false);
  await isOver(asleep);
  const asked = [];
  for (const page of [awake, asleep]) page.on("request", (request) => asked.push(request.url()));
  await press(desk, "Commencer par le premier point");
  await wait(21000); // longer than pages that are not over wait before they ask again
  equal(asked.join("\n"), "", "a page that is over asks for");
  for (const page of [awake, asleep]) {
    equal(await page.locator("header.top, footer, main").count(), await page.locator("body > :is(header.top, footer, main)").count(), "no page within the page:");
    ok(!(await page.content()).includes(code), "the new code is typed, not told");
  }
  await awake.getByRole("link", { name: "saisissez le nouveau code" }).click();
  await awake.fill("#code", code);
  await awake.click("main button[type=submit]");
  await awake.fill("#name", "Ada");
  await awake.click("main button[type=submit]");
  const fresh = await phone(code, "Carl");
  for (const page of [awake, fresh]) ok(await page.locator("#live .qn").isVisible(), "it is where the workshop is");
  for (const page of [awake, asleep, fresh, desk]) await page.done();
}

const failed = await runCases([
  ["two facilitators and three phones lose nothing when the server is killed", survivesAKill],
  ["it goes without JavaScript", withoutScript],
  ["it goes by keyboard, and news do not take the focus", byKeyboard],
  ["a workshop goes on without the phones left open", leftOpen],
  ["every page is accessible, valid and fits, at every moment", everyMoment],
]);
await setup.done();
await browser.close();
await server.kill();
rmSync(data, { recursive: true, force: true });
await wait(0);
process.exitCode = failed ? 1 : 0;
