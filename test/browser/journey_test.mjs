// The whole journey in a real browser: both widths, both languages, with and without JavaScript, and by
// keyboard alone.
import { equal, ok, openLargeLetters, openPage, runCases, startChromium, startJalon } from "./harness.mjs";
import { ANSWERS, BAND, SCORE, answer, answerAll, begin, questionId, quickSheet, showResult } from "./journey.mjs";

const jalon = await startJalon(process.argv[2]);
const base = jalon.url;
const browser = await startChromium();

async function checkResult(page) {
  equal(await page.getAttribute("main", "data-score"), SCORE, "score");
  equal(await page.getAttribute("main", "data-band"), BAND, "band");
  equal(await page.locator("main svg[role=img] > title").count() > 3, true, "charts with a title");
}

async function journey(options) {
  const page = await openPage(browser, base, options);
  const sheet = await begin(page, base, options.language);
  const seen = await answerAll(page);
  equal(seen.join(" "), Object.keys(ANSWERS).join(" "), "order of the questions");
  equal(page.url(), `${sheet}/review`, "address after the last question");
  await showResult(page);
  await checkResult(page);
  const pdf = await page.request.get(`${sheet}/result.pdf`);
  equal(pdf.status(), 200, "status of the PDF");
  equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-", "the PDF begins like one");
  const docx = page.waitForEvent("download");
  await page.click("a[href$='/result.docx']");
  ok((await docx).suggestedFilename().endsWith(".docx"), "the button gives a file for Word");
  await page.done();
}

async function noFullReloads() {
  const page = await openPage(browser, base);
  await begin(page, base, "fr");
  await page.evaluate(() => { window.stillHere = true; });
  await answer(page, "some");
  equal(await page.evaluate(() => window.stillHere), true, "the page was not reloaded between questions");
  equal(await page.evaluate(() => document.activeElement.tagName), "H1", "focus goes to the new question");
  ok((await page.title()).includes("2"), "the title follows");
  await page.done();
}

/** Nothing leaves the page, and the way on is in it. */
async function twiceTheLetters() {
  const page = await openLargeLetters();
  try {
    const sheet = await quickSheet(page, base);
    for (const path of ["q/lineage", "q/bi-success", "review", "result", "all"]) {
      await page.goto(`${sheet}/${path}`);
      equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px", "letters of the page");
      equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${path} scrolls sideways by`);
    }
  } finally {
    await page.done();
  }
}

async function savedOnTap() {
  const page = await openPage(browser, base);
  await begin(page, base, "fr");
  const saved = page.waitForResponse((r) => r.request().method() === "POST" && r.status() < 400);
  await page.check("input[value=some]");
  await saved;
  await page.waitForFunction(() => /enregistré/i.test(document.querySelector(".rbar")?.textContent ?? ""));
  await page.reload();
  equal(await page.isChecked("input[value=some]"), true, "the answer is there after a reload");
  // A comment, as its hint says.
  ok(await page.getByText("Il est enregistré quand vous quittez le champ.").isVisible(), "the hint of the comment");
  const kept = page.waitForResponse((r) => r.request().method() === "POST" && r.status() < 400);
  await page.locator("#comment").pressSequentially("Un tableur");
  await page.keyboard.press("Tab");
  await kept;
  await page.reload();
  equal(await page.inputValue("#comment"), "Un tableur", "the comment is there after a reload");
  await page.done();
}

/** An answer tapped without a connection says so, and goes by itself once there is one; by its button before that. */
async function sentAgain() {
  const page = await openPage(browser, base, { offline: true });
  const context = page.context();
  const stored = async () => {
    const other = await context.newPage();
    await other.goto(page.url());
    const value = await other.locator("input[name=answer]:checked").getAttribute("value");
    await other.close();
    return value;
  };
  await begin(page, base, "fr");
  await context.setOffline(true);
  await page.check("input[value=some]");
  await page.waitForSelector("#unsaved:not([hidden])");
  await context.setOffline(false);
  await page.waitForSelector("#saved[data-state=saved]");
  ok(await page.locator("#unsaved").isHidden(), "nothing is told of what was mended");
  equal(await stored(), "some", "what was sent again is stored");
  // Refused by the network alone, so that nothing tells the page when it is back.
  await page.route("**/q/lineage", (route) => route.request().method() === "POST" ? route.abort() : route.continue());
  await page.check("input[value=yes]");
  await page.waitForSelector("#unsaved:not([hidden])");
  await page.unroute("**/q/lineage");
  await page.click("[data-retry]");
  await page.waitForSelector("#saved[data-state=saved]");
  equal(await stored(), "yes", "so does its button");
  await page.done();
}

async function backNeverLoses(options) {
  const page = await openPage(browser, base, options);
  await begin(page, base, "fr");
  await answer(page, "some");
  await page.check("input[value=scripts]");
  await page.fill("textarea[name=comment]", "Un tableur par service");
  await page.click(".rnav button[value=back]");
  await page.waitForURL(/\/q\/lineage$/);
  equal(await page.isChecked("input[value=some]"), true, "the first answer is still there");
  await page.click(".rnav .go");
  await page.waitForURL(/\/q\/etl$/);
  equal(await page.isChecked("input[value=scripts]"), true, "the second answer was saved by Back");
  equal(await page.inputValue("textarea[name=comment]"), "Un tableur par service", "and its comment");
  await page.done();
}

async function resumes() {
  const first = await openPage(browser, base);
  const sheet = await begin(first, base, "fr");
  await answer(first, "some");
  await answer(first, "yes");
  await first.done();
  const second = await openPage(browser, base, { width: 1280, height: 900 });
  await second.goto(sheet);
  equal(questionId(second), "bi-practice", "the link opens the first question without an answer");
  await second.done();
}

async function skipsWhatIsNotAsked() {
  const page = await openPage(browser, base);
  await begin(page, base, "fr");
  const answers = { ...ANSWERS, "bi-practice": "no" };
  ok(/^Question 1 sur 15\b/.test(await page.title()), "fifteen questions until it is known which apply");
  const seen = await answerAll(page, answers);
  await page.goto(page.url().replace("/review", "/q/departments"));
  ok(/^Question 14 sur 14\b/.test(await page.title()), "fourteen once one does not apply");
  equal(seen.includes("bi-success"), false, "bi-success is not asked without a reporting practice");
  equal(seen.length, 14, "questions asked");
  await page.done();
}

async function blanksAreListed() {
  const page = await openPage(browser, base, { js: false });
  const sheet = await begin(page, base, "fr");
  for (let id = questionId(page); id; id = questionId(page)) {
    const before = page.url();
    if (id === "bi-practice") await page.check("input[value=tools]");
    await page.click(".rnav .go");
    await page.waitForURL((url) => url.href !== before);
  }
  equal(page.url(), `${sheet}/review`, "review comes after the last question");
  equal(await page.locator("main li.blank").count(), 14, "blanks listed");
  await page.click("main a[href*='/q/poc']");
  await page.check("input[value=one]");
  await page.click(".rnav .go");
  equal(page.url(), `${sheet}/review`, "answering from the review comes back to it");
  equal(await page.locator("main li.blank").count(), 13, "one blank fewer");
  await page.done();
}

async function keyboardOnly() {
  const page = await openPage(browser, base, { width: 1280, height: 900 });
  await begin(page, base, "fr");
  for (let i = 0; questionId(page); i++) {
    const before = page.url();
    ok(i < 15, "more than fifteen questions");
    for (let tabs = 0; tabs < 12; tabs++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement?.name === "answer")) break;
    }
    await page.keyboard.press("Space");
    equal(await page.evaluate(() => document.querySelectorAll("input[name=answer]:checked").length), 1, "an answer is chosen");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href !== before);
  }
  ok(page.url().endsWith("/review"), "the keyboard reaches the review");
  await page.done();
}

// Everything on one page: begun there, answered, saved once, reviewed, and the same score in the end.
async function onePage(options) {
  const page = await openPage(browser, base, options);
  await page.goto(`${base}/scorecard`);
  await page.click("button[name=all]");
  await page.waitForURL(/\/c\/[^/]+\/all$/);
  const sheet = page.url().replace(/\/all$/, "");
  for (const [question, value] of Object.entries(ANSWERS)) await page.check(`input[name="${question}"][value="${value}"]`);
  await page.click("#q-etl .more details:last-child summary");
  await page.fill("#c-etl", "Un outil par service");
  await page.click(".savebar .go");
  await page.waitForURL(`${sheet}/review`);
  equal(await page.locator("main li.blank").count(), 0, "blanks after answering everything");
  equal(await page.locator("main .quote").textContent(), "Un outil par service", "the comment");
  await page.click("main a[href$='/all']");
  equal(await page.locator("input:checked").count(), 15, "answers chosen on coming back");
  equal(await page.inputValue("#c-etl"), "Un outil par service", "and the comment with them");
  await page.click(".head a.btn");
  equal(questionId(page), "lineage", "one question per screen");
  await page.click("main a[href$='/all']");
  await page.waitForURL(`${sheet}/all`);
  await page.goto(`${sheet}/review`);
  await showResult(page);
  await checkResult(page);
  await page.done();
}

// What is refused is shown again whole, and each line of the summary leads to its field.
async function onePageCorrected(options) {
  const page = await openPage(browser, base, options);
  const sheet = await quickSheet(page, base, {});
  await page.goto(`${sheet}/all`);
  await page.check("input[name=poc][value=one]");
  await page.click("#q-etl .more details:last-child summary");
  await page.evaluate(() => {
    document.querySelector("#c-etl").removeAttribute("maxlength");
    document.querySelector("#a-lineage").value = "forged";
  });
  await page.check("#a-lineage");
  await page.fill("#c-etl", "z".repeat(2001));
  await page.click(".savebar .go");
  await page.waitForSelector("main > .errors");
  equal(page.url(), `${sheet}/all`, "address of the refused form");
  if (options.js !== false)
    equal(await page.evaluate(() => document.activeElement.className), "note bad errors", "focus goes to the summary");
  equal(await page.isChecked("input[name=poc][value=one]"), true, "the answer that was right");
  equal((await page.inputValue("#c-etl")).length, 2001, "the comment that was too long");
  for (const [link, id] of [["a-lineage", "a-lineage"], ["c-etl", "c-etl"]]) {
    await page.click(`.errors a[href="#${link}"]`);
    equal(await page.evaluate(() => document.activeElement.id), id, "where the summary's link leads");
    const hidden = await page.evaluate(() => {
      const field = document.activeElement.getBoundingClientRect();
      return field.top < 0 || field.bottom > document.querySelector(".savebar").getBoundingClientRect().top;
    });
    equal(hidden, false, `${id} is hidden by what stays in view`);
  }
  await page.check("input[name=lineage][value=some]");
  await page.fill("#c-etl", "court");
  await page.click(".savebar .go");
  await page.waitForURL(`${sheet}/review`);
  await page.done();
}

async function onePageByKeyboard() {
  const page = await openPage(browser, base, { width: 1280, height: 900 });
  const sheet = await quickSheet(page, base, {});
  await page.goto(`${sheet}/all`);
  const seen = new Set();
  // Groups of radios are one stop each; Space chooses the first answer of every question.
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const { name, type, covered } = await page.evaluate(() => {
      const e = document.activeElement, bar = document.querySelector(".savebar");
      const [at, over] = [e.getBoundingClientRect(), bar.getBoundingClientRect()];
      return { name: e.name, type: e.type, covered: !bar.contains(e) && at.height > 0 && at.bottom > over.top && at.top < over.bottom };
    });
    equal(covered, false, `focus number ${i} is hidden by the bar that saves`);
    if (type === "submit") break;
    if (type !== "radio") continue;
    equal(seen.has(name), false, `${name} comes twice`);
    seen.add(name);
    await page.keyboard.press("Space");
  }
  equal(seen.size, 15, "questions reached by Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${sheet}/review`);
  equal(await page.locator("main li.blank").count(), 0, "blanks");
  await page.done();
}

// Leaving with answers that only the button saves asks first; saving does not.
async function onePageGuarded() {
  const page = await openPage(browser, base);
  const sheet = await quickSheet(page, base, {});
  await page.goto(`${sheet}/all`);
  await page.check("input[name=poc][value=one]");
  let asked = 0;
  page.on("dialog", (dialog) => { asked++; dialog.dismiss(); });
  await page.click(".head a.btn");
  await page.waitForTimeout(200);
  equal(asked, 1, "leaving asks");
  equal(page.url(), `${sheet}/all`, "and one may stay");
  await page.click(".savebar .go");
  await page.waitForURL(`${sheet}/review`);
  equal(asked, 1, "saving does not ask");
  await page.done();
}

async function sharing(options) {
  const page = await openPage(browser, base, options);
  const sheet = await quickSheet(page, base);
  await page.goto(`${sheet}/result`);
  await page.click("form[action$='/share'] button");
  await page.waitForSelector("#share");
  equal(await page.locator("main > .note.ok[role=status]").count(), 1, "the page says that the link is open");
  const shared = await page.inputValue("#share");
  const visitor = await openPage(browser, base, options);
  await visitor.goto(shared);
  await checkResult(visitor);
  equal(await visitor.locator("form[method=post]").count(), 0, "a shared result changes nothing");
  equal((await visitor.content()).includes(new URL(sheet).pathname), false, "a shared result does not give the respondent's link away");
  await page.click("form[action$='/share/close'] button");
  await page.waitForSelector("form[action$='/share'] button");
  equal((await visitor.goto(shared)).status(), 410, "a closed link");
  await visitor.done();
  await page.done();
}

// What stands beside the questions of a what-if: "question: mark".
function marks(page) {
  return page.$$eval(".tries .mark", (all) => all.filter((m) => m.textContent.trim())
    .map((m) => `${m.id.slice(2)}: ${m.textContent.trim()}`).join(", "));
}

// An answer that is none, as only a forged page sends it: said, instead of an empty place for the score.
async function refused(page) {
  await page.$eval("#w-lineage option", (option) => { option.value = "forged"; });
  await page.selectOption("#w-lineage", "forged");
  await page.waitForSelector("#main h1:has-text('Cette demande n’a pas pu être lue')");
  equal(await page.locator("#main").count(), 1, "in the place of the page");
}

// A tap too many: what was chosen can be taken back, and is blank in the review.
async function takenBack(options) {
  const page = await openPage(browser, base, options);
  const sheet = await quickSheet(page, base, {});
  await page.goto(`${sheet}/q/lineage`);
  equal(await page.isVisible(".unchoose"), false, "nothing to take back yet");
  await page.check("[name=answer][value=some]");
  if (options.js) await page.waitForSelector("#saved[data-state=saved]");
  await page.click(".unchoose button");
  await page.waitForFunction(() => !document.querySelector("[name=answer]:checked"));
  await page.reload();
  equal(await page.locator("[name=answer]:checked").count(), 0, "nothing is stored");
  await page.done();
}

async function whatIf(options) {
  const page = await openPage(browser, base, options);
  const sheet = await quickSheet(page, base);
  await page.goto(`${sheet}/what-if`);
  equal(await page.getAttribute("main", "data-score"), SCORE, "what-if begins with the score");
  await page.focus("#w-executive-support");
  await page.selectOption("#w-executive-support", "yes");
  if (options.js === false) await page.click("#whatif button[type=submit]");
  await page.waitForSelector("#live [data-score='22']");
  equal(await marks(page), "executive-support: modifiée", "what was changed is marked");
  if (options.js !== false) equal(await page.evaluate(() => document.activeElement.id), "w-executive-support", "the focus stays");
  await page.selectOption("#w-bi-practice", "no");
  if (options.js === false) await page.click("#whatif button[type=submit]");
  await page.waitForSelector("#m-bi-success span");
  equal(await marks(page), "bi-practice: modifiée, bi-success: (non posée), executive-support: modifiée",
    "and what is not asked any more");
  if (options.js !== false) await refused(page);
  await page.goto(`${sheet}/result`);
  equal(await page.getAttribute("main", "data-score"), SCORE, "nothing was stored");
  await page.done();
}

async function shortestWay(options) {
  const page = await openPage(browser, base, options);
  await page.goto(`${await quickSheet(page, base)}/result`);
  equal(await page.getAttribute("#live .est", "data-score"), "26", "every step taken reaches the next band");
  equal(await page.locator("#way input:checked").count(), 6, "steps ticked");
  await page.uncheck("#way input[name=lineage]");
  if (options.js === false) await page.click("#way button[type=submit]");
  await page.waitForSelector("#live [data-score='25']");
  await page.done();
}

// A sheet at 0 points needs two steps of some questions: they are one row, and unticking goes on counting.
async function wayFromZero(options) {
  const page = await openPage(browser, base, options);
  const sheet = await quickSheet(page, base, {});
  await page.goto(`${sheet}/result`);
  const names = await page.$$eval("#way input", (inputs) => inputs.map((input) => input.name));
  equal(new Set(names).size, names.length, "each question is one row");
  await page.uncheck("#way input[name=executive-support]");
  if (options.js === false) await page.click("#way button[type=submit]");
  await page.waitForFunction(() => Number(document.querySelector("#live [data-score]")?.dataset.score) > 0);
  await page.done();
}

async function erasing() {
  const page = await openPage(browser, base);
  const sheet = await quickSheet(page, base);
  await page.goto(`${sheet}/erase`);
  await page.click("form[action$='/erase'] button");
  await page.waitForURL(/erased=1/);
  equal((await page.goto(`${sheet}/result`)).status(), 404, "an erased sheet");
  await page.done();
}

async function switchesLanguage() {
  const page = await openPage(browser, base);
  const sheet = await quickSheet(page, base);
  await page.goto(`${sheet}/result`);
  await page.click("a[hreflang=en]");
  await page.waitForSelector("html[lang=en]");
  await checkResult(page);
  await page.goto(`${sheet}/review`);
  equal(await page.getAttribute("html", "lang"), "en", "the choice is remembered");
  await page.done();
}

const cases = [];
for (const language of ["fr", "en"])
  for (const [width, height] of [[390, 844], [1280, 900]])
    for (const js of [true, false])
      cases.push([`journey ${language} ${width} px, JavaScript ${js ? "on" : "off"}`, () => journey({ language, width, height, js })]);
cases.push(
  ["no full reload between questions", noFullReloads],
  ["letters twice as large, on a phone", twiceTheLetters],
  ["an answer is saved as it is chosen", savedOnTap],
  ["an answer that could not be saved is sent again", sentAgain],
  ["Back never loses, JavaScript on", () => backNeverLoses({ js: true })],
  ["Back never loses, JavaScript off", () => backNeverLoses({ js: false })],
  ["the same address resumes on another device", resumes],
  ["a question that does not apply is skipped", skipsWhatIsNotAsked],
  ["the review lists blanks", blanksAreListed],
  ["the keyboard alone is enough", keyboardOnly],
  ["all on one page, French, phone, JavaScript on", () => onePage({ language: "fr" })],
  ["all on one page, English, desk, JavaScript off", () => onePage({ language: "en", width: 1280, height: 900, js: false })],
  ["all on one page, what is refused, JavaScript on", () => onePageCorrected({ width: 1280, height: 900 })],
  ["all on one page, what is refused, phone", () => onePageCorrected({ width: 390, height: 844 })],
  ["all on one page, by keyboard", onePageByKeyboard],
  ["all on one page, leaving asks first", onePageGuarded],
  ["share and close, JavaScript on", () => sharing({ js: true })],
  ["share and close, JavaScript off", () => sharing({ js: false })],
  ["an answer can be taken back, JavaScript on", () => takenBack({ js: true })],
  ["an answer can be taken back, JavaScript off", () => takenBack({ js: false, width: 1280 })],
  ["what-if, JavaScript on", () => whatIf({ js: true, width: 1280 })],
  ["what-if, JavaScript off", () => whatIf({ js: false })],
  ["the shortest way's steps, JavaScript on", () => shortestWay({ js: true })],
  ["the shortest way's steps, JavaScript off", () => shortestWay({ js: false })],
  ["the shortest way from nothing, JavaScript on", () => wayFromZero({ js: true })],
  ["the shortest way from nothing, JavaScript off", () => wayFromZero({ js: false })],
  ["erasing", erasing],
  ["the language can be changed anywhere", switchesLanguage],
);

try {
  process.exitCode = await runCases(cases) ? 1 : 0;
} finally {
  await browser.close();
  const code = await jalon.stop();
  if (code !== 0) {
    console.log(`# jalon ended with ${code}\n# ${jalon.log()}`);
    process.exitCode = 1;
  }
}
