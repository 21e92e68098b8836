// The respondent's way, as functions the tests share.
import { equal, ok } from "./harness.mjs";

// Answers worth 20 points: data 10, data science 6, business and culture 4.
export const ANSWERS = {
  lineage: "some", etl: "yes", "bi-practice": "yes", warehouse: "partial", "bi-success": "6", "ai-seniority": "lt1",
  governance: "partial", poc: "several", "bought-ai": "trial", "ai-projects": "several", analyst: "part",
  "data-driven": "partial", "executive-support": "unknown", "it-support": "partial", departments: "several",
};
export const SCORE = "20";
export const BAND = "growth";

/** From the home page to the first question; returns the address of the sheet. */
export async function begin(page, base, language) {
  await page.goto(`${base}/`);
  equal(await page.getAttribute("html", "lang"), language, "language of the home page");
  await page.click(`a[href$="/scorecard"].go`);
  await page.waitForURL(/\/scorecard$/);
  await page.click("main button[type=submit]");
  await page.waitForURL(/\/c\/[^/]+\/q\/lineage$/);
  return page.url().replace(/\/q\/lineage$/, "");
}

/** Answers the question on screen and goes on. */
export async function answer(page, value) {
  const before = page.url();
  await page.check(`input[name=answer][value="${value}"]`);
  await page.click(".rnav .go");
  await page.waitForURL((url) => url.href !== before);
}

export function questionId(page) {
  return new URL(page.url()).pathname.match(/\/q\/([a-z-]+)$/)?.[1];
}

/** Answers everything that is asked, then returns the ids in the order they came. */
export async function answerAll(page, answers = ANSWERS) {
  const seen = [];
  for (let id = questionId(page); id; id = questionId(page)) {
    ok(!seen.includes(id), `question ${id} came twice`);
    seen.push(id);
    await answer(page, answers[id]);
  }
  return seen;
}

export async function showResult(page) {
  await page.click("form[action$='/finish'] button");
  await page.waitForURL(/\/result$/);
}

/** A sheet that is answered through to its result, by plain requests. Returns its address. */
export async function quickSheet(page, base, answers = ANSWERS) {
  const headers = { "sec-fetch-site": "same-origin" };
  const start = await page.request.post(`${base}/scorecard`, { headers, maxRedirects: 0 });
  const sheet = new URL(start.headers().location, base).href.replace(/\/q\/lineage$/, "");
  for (const [id, value] of Object.entries(answers)) {
    const reply = await page.request.post(`${sheet}/q/${id}`, { headers, form: { answer: value, go: "next" }, maxRedirects: 0 });
    equal(reply.status(), 303, `answer to ${id}`);
  }
  await page.request.post(`${sheet}/finish`, { headers, maxRedirects: 0 });
  return sheet;
}
