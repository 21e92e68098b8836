// What every page has to pass: axe-core (WCAG 2.2 AA and RGAA 4), no sideways scroll, valid HTML.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { equal } from "./harness.mjs";

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: { "long-title": "off", "require-sri": "off", "no-trailing-whitespace": "off", "void-style": "off", "attr-quotes": "off" },
});

/** The page as it is now, with its details open: what they hide must be accessible too. */
export async function checkAccessible(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  equal(wide, 0, `${name} scrolls sideways by`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), AXE_TAGS);
  const said = violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
  equal(said.join("\n"), "", `axe-core on ${name}`);
}

export async function checkHtml(text, name) {
  const report = await validator.validateString(text, `${name}.html`);
  const said = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  equal(said.join("\n"), "", `HTML of ${name}`);
}

/** What is projected nobody scrolls: all of it is in the window, above its foot. */
export async function checkFits(page, name) {
  const { below, cut } = await page.evaluate(() => {
    const bottom = document.documentElement.clientHeight;
    const foot = document.querySelector(".stagefoot");
    const end = foot ? foot.getBoundingClientRect().top : bottom;
    const shown = [...document.querySelectorAll("main :is(h1, h2, h3, p, li, text, .qr)")].filter((e) => e.checkVisibility() && e.getClientRects().length);
    return {
      below: document.documentElement.scrollHeight - bottom,
      cut: shown.filter((e) => e.getBoundingClientRect().bottom > (e === foot ? bottom : end)).map((e) => e.textContent.slice(0, 40)).join(" | "),
    };
  });
  equal(below, 0, `${name} scrolls by`);
  equal(cut, "", `${name} is cut off, or lies over its foot`);
}
