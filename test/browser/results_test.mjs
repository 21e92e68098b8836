// A campaign's results in a real browser, and its downloads compared with the screen figure by figure. With
// JALON_SHOTS=DIR, pictures.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkAccessible, checkHtml } from "./checks.mjs";
import { equal, ok, openPage, runCases, startChromium, startJalon } from "./harness.mjs";

const PASSWORD = "une phrase assez longue, 2026";
const READER = fileURLToPath(new URL("read_exports.py", import.meta.url));
const shots = process.env.JALON_SHOTS;
const NOTICE = { controller: "Maison Belloy", contact: "Claire Renoux", purpose: "Savoir où nous en sommes", retention: "Deux ans" };
const SCALES = {
  lineage: ["no", "some", "yes"], etl: ["no", "scripts", "yes"], "bi-practice": ["no", "tools", "yes"],
  warehouse: ["no", "partial", "yes"], "bi-success": ["2", "5", "6", "7", "9"], "ai-seniority": ["none", "lt1", "1to2", "3to5", "gt5"],
  governance: ["no", "partial", "yes"], poc: ["none", "one", "several"], "bought-ai": ["no", "trial", "yes"],
  "ai-projects": ["none", "few", "several"], analyst: ["no", "part", "yes"], "data-driven": ["no", "partial", "yes"],
  "executive-support": ["no", "unsure", "yes"], "it-support": ["no", "partial", "yes"], departments: ["none", "one", "several"],
};
const COMMENTS = [
  "Les ventes savent d’où viennent leurs chiffres, la logistique non.",
  "Personne ne sait qui décide des accès : on demande au dernier arrivé.",
  "Un essai a convaincu, mais rien n’a suivi faute de budget.",
];

const jalon = await startJalon(process.argv[2], ["--rate-limits", "off"]);
const base = jalon.url;
const browser = await startChromium();
const organiser = await openPage(browser, base, { width: 1280, height: 900 });
const folder = mkdtempSync(join(tmpdir(), "jalon-results-"));
let org, first, second;

// The same numbers each time.
let seed = 20261126;
const draw = (n) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return (seed >>> 8) % n; };

const press = async (page, words) => {
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: words }).first().click()]);
};
const settle = (text) => text.replace(/[\s\u00a0\u202f]+/g, " ").trim();

async function post(page, path, form) {
  const csrf = await page.evaluate(() => document.querySelector("input[name=csrf]")?.value);
  return page.request.post(path.startsWith("http") ? path : base + path, {
    form: csrf ? { csrf, ...form } : form, maxRedirects: 0,
    headers: { "Sec-Fetch-Site": "same-origin", Origin: base },
  });
}

async function makesAnOrganisation() {
  await organiser.goto(await jalon.setup());
  await organiser.locator("input[name=name]").fill("Claire Renoux");
  await organiser.locator("input[name=email]").fill("claire@example.org");
  for (const field of await organiser.locator("input[type=password]").all()) await field.fill(PASSWORD);
  await Promise.all([organiser.waitForNavigation(), organiser.locator("main button[type=submit], main form button").first().click()]);
  await organiser.goto(`${base}/orgs/new`);
  await organiser.locator("input[name=name]").fill("Maison Belloy");
  await Promise.all([organiser.waitForNavigation(), organiser.locator("main form button").last().click()]);
  org = organiser.url().match(/\/o\/\w+/)[0];
  for (const name of ["Ventes", "Logistique", "Marketing", "Ressources humaines", "Informatique"]) {
    await organiser.goto(`${base}${org}/departments`);
    await organiser.locator("form[action$='/departments'] input[name=name]").fill(name);
    await Promise.all([organiser.waitForNavigation(), organiser.locator("form[action$='/departments'] button").click()]);
  }
}

// Somebody who tends to answer `level` of 0..2, now and then another, or that they do not know.
function sheet(level, remark) {
  const form = {};
  for (const [question, values] of Object.entries(SCALES)) {
    const how = draw(10);
    const at = Math.max(0, Math.min(values.length - 1, Math.round(level * (values.length - 1) / 2) + (how < 3 ? draw(3) - 1 : 0)));
    form[question] = how === 9 ? "unknown" : values[at];
  }
  if (remark) form["governance.comment"] = remark;
  return form;
}

async function launch(title, mode) {
  const made = await post(organiser, `${org}/rounds`,
    { title, mode, access: "public", threshold: "5", asks_department: "1", language: "fr", ...NOTICE });
  equal(made.status(), 303, "making a campaign answers");
  const round = made.headers().location;
  equal((await post(organiser, `${round}/open`, { version: "1" })).status(), 303, "opening answers");
  await organiser.goto(base + round);
  return { round, link: await organiser.locator("#public").inputValue() };
}

async function respond({ link }, department, form, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  await page.goto(link);
  await page.selectOption("#department", { label: department });
  const place = await page.locator("#department").inputValue();
  const began = await post(page, link, { department: place, ...(name ? { name } : {}) });
  const sheetPath = began.headers().location.match(/\/c\/[\w-]+/)[0];
  equal((await post(page, `${sheetPath}/all`, form)).status(), 303, "answering answers");
  equal((await post(page, `${sheetPath}/send`, {})).status(), 303, "sending answers");
  await context.close();
}

async function peopleAnswer() {
  first = await launch("Automne 2025", "anonymous");
  for (let i = 0; i < 12; i++) await respond(first, i < 7 ? "Ventes" : "Logistique", sheet(draw(3) * 0.4));
  equal((await post(organiser, `${first.round}/close`, { version: "2" })).status(), 303, "closing answers");
  second = await launch("Maturité des données, printemps 2026", "anonymous");
  const places = [["Ventes", 8, 1.4], ["Logistique", 7, 0.6], ["Marketing", 5, 1], ["Ressources humaines", 3, 1]];
  let k = 0;
  for (const [place, n, level] of places)
    for (let i = 0; i < n; i++) await respond(second, place, sheet(level + (draw(3) - 1) * 0.4, COMMENTS[k++]));
}

// A phone in French by day, a desk in English by night; the other looks for pictures.
async function look(path, name) {
  for (const [width, language, dark] of [[390, "fr", false], [1280, "en", true], [390, "en", true], [1280, "fr", false]]) {
    const checked = (language === "fr") === (width === 390);
    if (!checked && !shots) continue;
    await organiser.setViewportSize({ width, height: 900 });
    await organiser.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await organiser.goto(`${base}${path}${path.includes("?") ? "&" : "?"}lang=${language}`);
    if (shots) await organiser.screenshot({ path: `${shots}/${name}-${width}-${language}${dark ? "-dark" : ""}.png`, fullPage: true });
    if (checked) await checkAccessible(organiser, name);
    if (shots && !dark) await organiser.screenshot({ path: `${shots}/${name}-${width}-opened.png`, fullPage: true });
  }
  await checkHtml(await organiser.content(), name);
  await organiser.setViewportSize({ width: 1280, height: 900 });
  await organiser.emulateMedia({ colorScheme: "light" });
}

async function hidesUntilItIsClosed() {
  await organiser.goto(`${base}${second.round}/results?lang=fr`);
  await organiser.getByText("masqués pour protéger les répondants").waitFor();
  equal(await organiser.locator("[data-figure]").count(), 0, "figures of an open anonymous campaign");
  await look(`${second.round}/results`, "results-hidden");
  equal((await post(organiser, `${second.round}/close`, { version: "2" })).status(), 303, "closing answers");
}

async function showsThem() {
  await organiser.goto(`${base}${second.round}/results?lang=fr`);
  ok(/^\d+(\.5)?$/.test(await organiser.locator("main").getAttribute("data-score")), "the score for programs");
  equal(await organiser.locator("[data-question]").count(), 15, "questions");
  equal(await organiser.locator(".heat").first().getByText("Masqué pour protéger les répondants").count(), 2, "hidden departments");
  equal(await organiser.locator(".heat").first().getByText("Aucune réponse").count(), 1, "departments without answers");
  const said = await post(organiser, `${second.round}/results/agree`, { question: "governance", value: "partial", reason: "Un comité se réunit depuis mars." });
  equal(said.status(), 303, "noting an agreement answers");
  await look(`${second.round}/results`, "results");
  await look(`${second.round}/results/what-if?governance=yes`, "results-what-if");
  await look(`${second.round}/results/comments?question=governance`, "results-comments");
  await look(`${second.round}/results/agree?question=governance`, "results-agree");
  await look(`${second.round}/results/peers`, "results-peers");
}

async function triesAnswersWithoutLoading() {
  await organiser.goto(`${base}${second.round}/results/what-if?lang=fr`);
  const before = await organiser.locator("#live .est").getAttribute("data-score");
  await organiser.selectOption("#w-ai-seniority", "gt5");
  await organiser.waitForFunction((was) => document.querySelector("#live .est").dataset.score !== was, before);
  ok(Number(await organiser.locator("#live .est").getAttribute("data-score")) > Number(before), "the score rises");
}

// What the screen says: {name: text} of the whole, of each question, each answer, each department.
async function figures() {
  return organiser.evaluate(() => {
    const texts = (root) => Object.fromEntries([...root.querySelectorAll("[data-figure]")].map((e) => [e.dataset.figure, e.textContent]));
    return {
      whole: texts(document.querySelector("main > .grid")),
      questions: [...document.querySelectorAll("[data-question]")].map((row) => ({
        id: row.dataset.question, label: row.querySelector("th").firstChild.textContent, ...texts(row.querySelector("tr")),
        answers: [...row.querySelectorAll("[data-answer]")].map((a) => [a.querySelector("th").textContent, a.querySelector("[data-figure]").textContent]),
      })),
      categories: [...document.querySelectorAll("[data-category]")].map((c) => c.querySelector("[data-figure]").textContent),
      departments: [...document.querySelectorAll("[data-department]")].map((d) => [d.dataset.department, [...d.querySelectorAll("td")].map((t) => t.textContent.trim())]),
      steps: [...document.querySelectorAll("[data-step]")].map((s) => [s.querySelector("b").textContent, s.querySelector("[data-figure]").textContent]),
      chances: [...document.querySelectorAll("[data-band] [data-figure=chance]")].map((c) => c.textContent),
      actions: [...document.querySelectorAll("[data-action] h3")].map((h) => h.textContent),
      agreed: [...document.querySelectorAll("[data-agreed] p")].map((p) => p.firstChild.textContent),
      agreedScore: document.querySelector("[data-figure=agreed-score]").textContent,
    };
  });
}

async function downloads() {
  const paths = [];
  for (const kind of ["pdf", "docx", "xlsx"]) {
    const reply = await organiser.request.get(`${base}${second.round}/results.${kind}`);
    equal(reply.status(), 200, `${kind} answers`);
    paths.push(join(folder, `results.${kind}`));
    writeFileSync(paths.at(-1), await reply.body());
    if (shots) writeFileSync(`${shots}/results.${kind}`, await reply.body());
  }
  return JSON.parse(execFileSync("/usr/bin/python3", [READER, ...paths], { maxBuffer: 1 << 26 }).toString());
}

const number = (words) => Number(settle(words).replace(/ /g, "").replace(",", ".").replace("%", "").replace("−", "-"));
const percent = (value) => Math.floor(value * 100 + 0.5 + 1e-9);

function documentSays(said, kind, shown) {
  const has = (words, what) => ok(said[kind].includes(settle(words)), `the ${kind} lacks ${what}: “${settle(words)}”`);
  for (const name of ["estimate", "score", "range"]) has(shown.whole[name], name);
  shown.categories.forEach((c) => has(c, "a category"));
  shown.chances.forEach((c) => has(c, "a chance"));
  shown.steps.forEach(([title, gain]) => { has(title, "a step"); has(gain, "a gain"); });
  shown.actions.forEach((a) => has(a, "an action"));
  shown.agreed.forEach((a) => has(a, "an agreement"));
  has(shown.agreedScore, "the agreed score");
  for (const q of shown.questions) {
    has(`${q.label}`, "a question");
    for (const name of ["median", "mode", "mode-share", "opinions", "change", "unknown"]) has(q[name], `${name} of ${q.id}`);
    for (const [answer, count] of q.answers) { has(answer, `an answer of ${q.id}`); has(count, `a count of ${q.id}`); }
  }
  for (const [name, cells] of shown.departments) { has(name, "a department"); cells.forEach((c) => has(c.toLowerCase() === c ? c : c[0].toLowerCase() + c.slice(1), `cells of ${name}`)); }
}

function workbookSays(book, shown) {
  const sheet = (name) => { ok(book[name], `the workbook lacks ${name}`); return book[name]; };
  const rows = (name) => sheet(name).slice(1);
  const fact = (name) => rows("Résultat").find((row) => row[0] === name);
  equal(fact("Score")[1], number(shown.whole.score.split(" points")[0]), "score");
  equal(fact("Réponses")[1], number(shown.whole.n), "respondents");
  equal(fact("Score convenu")[1], number(shown.agreedScore), "agreed score");
  equal(settle(`entre ${fact("Fourchette, bas")[2]} et ${fact("Fourchette, haut")[2]}, neuf fois sur dix`), settle(shown.whole.range), "range");
  const questions = Object.fromEntries(rows("Questions").map((row) => [row[0], row]));
  equal(rows("Questions").map((row) => row[0]).join(), shown.questions.map((q) => q.id).join(), "the order of questions");
  for (const q of shown.questions) {
    const row = questions[q.id];
    equal(row[3], number(q.median), `median of ${q.id}`);
    equal(settle(row[5]), settle(q.mode), `mode of ${q.id}`);
    equal(percent(row[6]), number(q["mode-share"]), `share of ${q.id}`);
    equal(row[8], number(q.unknown), `unknowns of ${q.id}`);
    equal(settle(row[9]), settle(q.opinions), `opinions on ${q.id}`);
    equal(row[11], settle(q.change), `change of ${q.id}`);
    const given = rows("Réponses").filter((r) => r[0] === q.id).map((r) => [settle(String(r[2])), r[4]]);
    equal(JSON.stringify(given), JSON.stringify(q.answers.map(([a, c]) => [settle(a), number(c.split("(")[0])])), `answers to ${q.id}`);
  }
  for (const [name, cells] of shown.departments) {
    const row = rows("Services").find((r) => r[0] === name);
    const texts = row.slice(2).map((v) => typeof v === "number" ? `${percent(v)} %` : v);
    if (cells.length === 1) ok(texts.every((t) => t === texts[0] && settle(cells[0]).toLowerCase() === t), `${name} is told as on screen`);
    else equal(texts.join(), cells.map(settle).join(), `cells of ${name}`);
    if (cells.length === 1) ok(!/\d/.test(row.join(" ")), `no number of ${name}`);
  }
  equal(rows("Bandes").map((r) => percent(r[4])).join(), shown.chances.map((c) => number(c)).join(), "chances");
  equal(rows("Actions").map((r) => r[0]).join("|"), shown.actions.join("|"), "actions");
}

async function exportsSayTheSame() {
  await organiser.goto(`${base}${second.round}/results?lang=fr`);
  const shown = await figures();
  const said = await downloads();
  documentSays(said, "pdf", shown);
  documentSays(said, "docx", shown);
  workbookSays(said.xlsx, shown);
  for (const remark of COMMENTS) ok(said.docx.includes(settle(remark)), "comments are in the document");
  const csv = await (await organiser.request.get(`${base}${second.round}/results.csv`)).text();
  ok(csv.startsWith("\ufeff"), "the CSV begins with a byte order mark");
  const lines = csv.trim().split("\r\n").slice(1);
  equal(lines.map((l) => l.split(";")[0].replaceAll('"', "")).join(), shown.questions.map((q) => q.id).join(), "the CSV's questions");
  for (const [i, q] of shown.questions.entries()) equal(number(lines[i].split(";")[3]), number(q.median), `the CSV's median of ${q.id}`);
}

async function prints() {
  await organiser.goto(`${base}${second.round}/results?lang=fr`);
  await organiser.emulateMedia({ media: "print" });
  equal(await organiser.locator("button:visible, .foot:visible, .btn:visible").count(), 0, "controls visible in print");
  const pdf = await organiser.pdf({ format: "A4" });
  ok(pdf.length > 10000, "the page prints");
  if (shots) writeFileSync(`${shots}/results-print.pdf`, pdf);
  await organiser.emulateMedia({ media: "screen" });
}

try {
  process.exitCode = await runCases([
    ["an organisation with departments", makesAnOrganisation],
    ["people answer two campaigns", peopleAnswer],
    ["nothing is shown before an anonymous campaign is closed", hidesUntilItIsClosed],
    ["the results, accessible at every width", showsThem],
    ["other answers move the score in place", triesAnswersWithoutLoading],
    ["downloads say what the screen says", exportsSayTheSame],
    ["the page prints", prints],
  ]) ? 1 : 0;
  await organiser.done();
} finally {
  await browser.close();
  await jalon.stop();
  rmSync(folder, { recursive: true });
}
