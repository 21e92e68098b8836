// A campaign's results in a real browser, and its downloads compared with the screen figure by figure. With
// JALON_SHOTS=DIR, pictures.
import { writeFileSync } from "node:fs";
import { checkAccessible, checkHtml } from "./checks.mjs";
import { downloads, figuresOn, hasTables, saysEach, saysInOrder, settle } from "./exports.mjs";
import { equal, ok, openPage, press, runCases, startChromium, startJalon } from "./harness.mjs";
import { makeOrganisation } from "./member.mjs";

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
let org, first, second;

// The same numbers each time.
let seed = 20261126;
const draw = (n) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return (seed >>> 8) % n; };

async function post(page, path, form) {
  const csrf = await page.evaluate(() => document.querySelector("input[name=csrf]")?.value);
  return page.request.post(path.startsWith("http") ? path : base + path, {
    form: csrf ? { csrf, ...form } : form, maxRedirects: 0,
    headers: { "Sec-Fetch-Site": "same-origin", Origin: base },
  });
}

async function makesAnOrganisation() {
  org = await makeOrganisation(jalon, organiser, ["Ventes", "Logistique", "Marketing", "Ressources humaines", "Informatique"]);
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
  await look(second.round, "campaign-agreed");
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

// What the screen says, figure by figure.
async function figures() {
  return organiser.evaluate(() => {
    const texts = (root) => Object.fromEntries([...root.querySelectorAll("[data-figure]")].map((e) => [e.dataset.figure, e.textContent]));
    const all = (selector, read, root = document) => [...root.querySelectorAll(selector)].map(read);
    const words = (selector, root = document) => root.querySelector(selector)?.textContent ?? "";
    // What is hidden is said once in a row; documents fill its other cells with dashes.
    const cells = (row) => all("td", (t) => [t.textContent.trim(), t.colSpan, t.className], row)
      .flatMap(([text, n, look]) => [text, ...Array(n - 1).fill(look === "hid" ? "–" : text)]);
    return {
      respondents: words("[data-figure=respondents]"),
      whole: texts(document.querySelector("main > .grid")),
      band: words(".bandname b"), sentence: words("main > .grid p.lead"),
      questions: all("[data-question]", (row) => ({
        id: row.dataset.question, label: row.querySelector("th").firstChild.textContent, category: words("th .small", row), ...texts(row.querySelector("tr")),
        max: words("tr .nw .muted", row), text: words(".detail p.read", row), asked: words(".detail .flow > p.small.muted", row),
        iqr: words(".detail .flow:last-child > p.small.muted", row),
        answers: all("[data-answer]", (a) => all("th, td", (c) => c.textContent, a), row),
      })),
      categories: all("[data-category]", (c) => [words("b", c), words("[data-figure]", c), words("p.small", c)]),
      departments: all("[data-department]", (d) => ({
        name: d.dataset.department, n: words("th .small", d), cells: cells(d), isShown: !!d.querySelector("th .small"),
      })),
      heat: all(".heat.small tbody tr", (row) => [words("th", row), ...cells(row)]),
      steps: all("[data-step]", (s) => [words("b", s), words(".small", s), words("[data-figure]", s)]),
      needed: words("[aria-labelledby=h-way] .sub"),
      bands: all("tr[data-band]", (c) => all("th, td", (e) => e.textContent, c)),
      top: all("[aria-labelledby=h-top] li", (a) => [words("h3", a), words("p", a)]),
      actions: all("[data-action]", (a) => ({
        title: words("h3", a), detail: words("p", a), reason: words("p.small.muted", a), isDone: !!a.querySelector(".tag.ok"),
        labels: all(".tag:not(.ok):not(.act)", (l) => l.textContent, a),
      })),
      agreed: all("[data-agreed]", (a) => ({
        label: words("h3", a), agreed: words("p b", a), votes: [...a.querySelectorAll("p.small")].map((v) => v.textContent), answer: words("p b", a).split(/ ?: /)[1], when: words("p .small", a), reason: words(".quote", a), id: a.dataset.agreed,
      })),
      agreedScore: words("[data-figure=agreed-score]"),
      meaning: all("[aria-labelledby=h-say] .flow p", (p) => p.textContent),
      before: words("[aria-labelledby=h-before] > p.read"),
      change: words("[data-figure=score-change]"),
    };
  });
}

const number = (words) => Number(settle(words).replace(/ /g, "").replace(",", ".").replace("%", "").replace("−", "-"));
const percent = (value) => Math.floor(value * 100 + 0.5 + 1e-9);
const large = (words) => words[0].toUpperCase() + words.slice(1);
const small = (words) => words[0].toLowerCase() + words.slice(1);
/** A cell of the page as documents write it: what hides or lacks something begins small. */
const cell = (words) => /\d/.test(words) ? words : small(words);

/** The rows of every table of the document. */
function tablesOf(shown) {
  const questions = shown.questions.map((q) => [q.label, `${q.median} ${q.max}`, q.change, q.mode, q["mode-share"], q.unknown, q["agreed-answer"] ? `${q.opinions} : ${q["agreed-answer"]}` : q.opinions]);
  const departments = shown.departments.map((d) => [d.name, d.isShown ? d.n : cell(d.cells.at(-1)), ...d.cells.map(cell)]);
  const heat = shown.heat.map(([label, ...shares]) => [label, ...shares.map((c) => cell(c.replace("–", "")))]);
  const bands = shown.bands.map(([title, points, chance]) => [title, ...points.split(" à "), null, chance]);
  return [questions, departments, heat, ...shown.questions.map((q) => q.answers), bands];
}

const stepOf = { pdf: (step) => step, docx: ([title, from, gain]) => [`${title} ${gain}`, from] };

function documentSays(said, kind, shown) {
  const bands = said[kind].tables.at(-1);
  const wanted = tablesOf(shown);
  // The estimate of each band is the document's own.
  wanted.at(-1).forEach((row, i) => { row[3] = bands[i + 1][3]; });
  hasTables(said, kind, wanted);
  saysInOrder(said, kind, [
    large(shown.whole.estimate), shown.sentence, shown.whole.score, shown.whole.range, shown.respondents, `${shown.whole["agreed-title"]}. ${shown.whole["agreed-words"]}`, shown.whole.apart,
    `« Je ne sais pas » : ${shown.whole.unknown}`, ...shown.categories.map(([title, points]) => `${title} : ${points}`),
    ...shown.top.flat(), ...shown.agreed.flatMap((a) => [`${a.label} — ${a.agreed}`, ...a.votes, a.reason, a.when]), large(shown.needed), ...shown.steps.flatMap(stepOf[kind]),
    shown.before, ...shown.meaning, ...shown.actions.flatMap((a) => [a.title, a.detail, a.reason, ...a.labels]),
    ...shown.questions.flatMap((q) => [q.label, q.category, q.text, q.iqr]),
  ]);
  saysEach(said, kind, [shown.band, shown.agreedScore, shown.change, ...shown.categories.map((c) => c[2]), ...shown.questions.map((q) => q.asked)]);
  saysEach(said, kind, shown.figures);
}

function workbookSays(book, shown) {
  const sheet = (name) => { ok(book[name], `the workbook lacks ${name}`); return book[name]; };
  const rows = (name) => sheet(name).slice(1);
  const fact = (name) => rows("Résultat").find((row) => settle(row[0]) === name);
  const text = (value) => settle(String(value ?? ""));
  equal(fact("Score")[1], number(shown.whole.score.split(" points")[0]), "score");
  equal(fact("Réponses")[1], number(shown.whole.n), "respondents");
  equal(text(fact("Maturité estimée")[2]), settle(shown.whole.estimate), "estimate");
  equal(text(fact("Tranche")[2]), settle(shown.band), "band");
  equal(fact("À discuter")[1], number(shown.whole.apart.split(/\s/)[0]), "questions to discuss");
  equal(fact("« Je ne sais pas »")[1], number(shown.whole.unknown), "unknowns");
  equal(fact("Réponses convenues")[1], shown.agreed.length, "agreed answers");
  equal(text(fact("Réponses convenues")[2]), settle(shown.whole["agreed-title"]), "agreed answers in words");
  equal(text(fact("Jusqu’à la tranche suivante")[2]), small(settle(shown.needed)), "the way in words");
  equal(fact("Score convenu")[1], number(shown.agreedScore), "agreed score");
  equal(fact("Évolution du score")[1], number(shown.change.split(/\s/)[0]), "change of the score");
  equal(settle(`entre ${fact("Bas de la fourchette")[2]} et ${fact("Haut de la fourchette")[2]}, neuf fois sur dix`), settle(shown.whole.range), "range");
  rows("Catégories").forEach((row, i) => {
    const [title, points, before] = shown.categories[i];
    equal(text(`${String(row[1]).replace(".", ",")} sur ${row[2]} (${percent(row[3])} %)`), text(points.replace(",0 sur", " sur")), `points of ${title}`);
    ok(settle(before).includes(text(row[4]) === "=" ? "inchangé" : text(row[4])), `change of ${title}: ${row[4]}, “${before}”`);
  });
  equal(rows("Questions").map((row) => row[0]).join(), shown.questions.map((q) => q.id).join(), "the order of questions");
  for (const [i, q] of shown.questions.entries()) {
    const row = rows("Questions")[i];
    const agreed = shown.agreed.find((a) => a.id === q.id);
    questionRowSays(row, q, agreed, (value) => value, text);
    const given = rows("Réponses").filter((r) => r[0] === q.id).map((r) => [text(r[2]), text(r[3] ?? "–"), r[4], typeof r[5] === "number" ? percent(r[5]) : null]);
    const wanted = q.answers.map(([a, points, c]) => [settle(a), settle(points), number(c.split("(")[0]), c.includes("(") ? number(c.split("(")[1].replace(")", "")) : null]);
    equal(JSON.stringify(given), JSON.stringify(wanted), `answers to ${q.id}`);
  }
  const share = (v) => typeof v === "number" ? `${percent(v)} %` : v;
  for (const d of shown.departments) {
    const row = rows("Services").find((r) => r[0] === d.name);
    equal(row.slice(2).map(share).map(text).join(), d.cells.map(cell).map(settle).join(), `cells of ${d.name}`);
    equal(text(row[1]), settle(d.isShown ? d.n : cell(d.cells.at(-1))), `answers of ${d.name}`);
    if (!d.isShown) ok(!/\d/.test(row.join(" ")), `no number of ${d.name}`);
  }
  const whole = shown.departments.filter((d) => d.isShown).map((d) => d.name);
  const crossed = shown.heat.flatMap(([label, ...cells]) => cells.map((c, i) => `${settle(label)}|${whole[i]}|${settle(cell(c.replace("–", "")))}`));
  equal(rows("Services, questions").filter((r) => whole.includes(r[0])).map((r) => `${text(r[2])}|${r[0]}|${text(share(r[3]))}`).sort().join("\n"),
    crossed.sort().join("\n"), "departments by question");
  ok(rows("Services, questions").filter((r) => !whole.includes(r[0])).every((r) => typeof r[3] === "string"), "no share of a hidden department");
  equal(JSON.stringify(rows("Tranches").map((r) => [text(r[0]), `${r[2]} à ${r[3]}`, `${percent(r[4])} %`])), JSON.stringify(shown.bands.map((b) => b.map(settle))), "bands");
  equal(JSON.stringify(rows("Plus court chemin").map((r) => [text(r[0]), settle(`d’une médiane de ${r[1]} à « ${r[2]} »`), text(r[3])])),
    JSON.stringify(shown.steps.map((s) => s.map(settle))), "the shortest way");
  equal(JSON.stringify(rows("Actions").map((r) => r.slice(0, 3).map(text).concat(!!r[3]))),
    JSON.stringify(shown.actions.map((a) => [a.title, a.detail, a.reason].map(settle).concat(a.isDone))), "actions");
}

/** A row of the questions, in the workbook or the CSV; `value` makes numbers of its cells, `text` texts. */
function questionRowSays(row, q, agreed, value, text) {
  equal(text(row[1]), settle(q.label), `label of ${q.id}`);
  equal(text(row[2]), settle(q.category), `category of ${q.id}`);
  equal(value(row[3]), number(q.median), `median of ${q.id}`);
  equal(value(row[4]), number(q.max.replace("sur", "")), `maximum of ${q.id}`);
  equal(text(row[5]), settle(q.mode), `mode of ${q.id}`);
  equal(percent(value(row[6])), number((q["mode-share"].match(/\d+\s%/) ?? ["–"])[0]), `share of ${q.id}`);
  equal(value(row[7]), number(q.iqr.split(":")[1]), `interquartile range of ${q.id}`);
  equal(value(row[8]), number(q.unknown), `unknowns of ${q.id}`);
  equal(text(row[11]), settle(q.opinions), `opinions on ${q.id}`);
  equal(text(row[13]), settle(q.change), `change of ${q.id}`);
  equal(text(row[17]), settle(agreed?.answer ?? ""), `agreed answer of ${q.id}`);
  equal(text(row[18]), settle(agreed?.reason ?? ""), `reason of ${q.id}`);
}

/** Rows of the French CSV: semicolons, quotes doubled; a quote in front of what a spreadsheet would compute. */
function csvRows(csv) {
  return csv.replace(/^\ufeff/, "").trim().split("\r\n").map((line) =>
    [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map((found) => (found[1]?.replaceAll('""', '"') ?? found[2]).replace(/^'/, "")));
}

function csvSays(csv, shown) {
  ok(csv.startsWith("\ufeff"), "the CSV begins with a byte order mark");
  const rows = csvRows(csv).slice(1);
  equal(rows.map((row) => row[0]).join(), shown.questions.map((q) => q.id).join(), "the CSV's questions");
  const value = (words) => words.includes("%") ? number(words) / 100 : number(words);
  for (const [i, q] of shown.questions.entries()) questionRowSays(rows[i], q, shown.agreed.find((a) => a.id === q.id), value, settle);
}

async function exportsSayTheSame() {
  await organiser.goto(`${base}${second.round}/results?lang=fr`);
  // Documents have the two ends of a band in two cells.
  const shown = { ...await figures(), figures: await figuresOn(organiser, "tr[data-band] td") };
  const said = await downloads(organiser, `${base}${second.round}/results`, ["pdf", "docx", "xlsx"]);
  for (const kind of ["pdf", "docx"]) {
    documentSays(said, kind, shown);
    saysEach(said, kind, COMMENTS);
  }
  workbookSays(said.xlsx, shown);
  equal(said.xlsx.Commentaires.slice(1).map((row) => settle(row[2])).sort().join(), COMMENTS.map(settle).sort().join(), "comments of the workbook");
  csvSays(await (await organiser.request.get(`${base}${second.round}/results.csv`)).text(), shown);
}

/** Lists to choose from print as what is chosen in them, none of it cut. */
async function printsWhatIsChosen() {
  await organiser.goto(`${base}${second.round}/results/what-if?governance=yes&lang=fr`);
  await organiser.emulateMedia({ media: "print" });
  const lists = await organiser.locator(".tries select").evaluateAll((all) => all.map((e) => {
    const style = getComputedStyle(e), canvas = document.createElement("canvas").getContext("2d");
    canvas.font = style.font;
    return {
      looks: [style.appearance, style.borderTopWidth, style.backgroundImage].join(" "),
      cut: canvas.measureText(e.selectedOptions[0].text).width > e.clientWidth ? e.selectedOptions[0].text : "",
    };
  }));
  equal(lists.length, 15, "lists");
  equal([...new Set(lists.map((l) => l.looks))].join(), "none 0px none", "what a list looks like on paper");
  equal(lists.map((l) => l.cut).join(""), "", "answers cut on paper");
  await organiser.emulateMedia({ media: "screen" });
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
    ["lists print as what is chosen", printsWhatIsChosen],
  ]) ? 1 : 0;
  await organiser.done();
} finally {
  await browser.close();
  await jalon.stop();
}
