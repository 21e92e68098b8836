// Documents compared with the page that they are of: what they say, read by read_exports.py, and how it is asked for.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { equal, ok } from "./harness.mjs";

const READER = fileURLToPath(new URL("read_exports.py", import.meta.url));
const shots = process.env.JALON_SHOTS;

/** Words with plain single spaces and no joiners, as the reader gives them. */
export const settle = (text) => text.replace(/\u2060/g, "").replace(/[\s\u00a0\u202f]+/g, " ").trim();

/** Downloads `address` + "." + each of `kinds` and reads them: { pdf: { texts, tables, whole }, docx: …, xlsx: { sheet: rows } }. */
export async function downloads(page, address, kinds) {
  const folder = mkdtempSync(join(tmpdir(), "jalon-exports-"));
  const paths = [];
  try {
    for (const kind of kinds) {
      const reply = await page.request.get(`${address}.${kind}`);
      equal(reply.status(), 200, `${kind} answers`);
      paths.push(join(folder, `file.${kind}`));
      writeFileSync(paths.at(-1), await reply.body());
      if (shots) writeFileSync(`${shots}/${address.split("/").at(-1)}.${kind}`, await reply.body());
    }
    return JSON.parse(execFileSync("/usr/bin/python3", [READER, ...paths], { maxBuffer: 1 << 26 }).toString());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the structure of a PDF says ends at a word joiner (poppler takes the mark around it for the paragraph's end): the
    rest is looked for in its text as a whole. */
function inStructure(said, kind, text) {
  if (kind !== "pdf" || !text.includes("\u2060")) return settle(text);
  ok(said.pdf.whole.includes(settle(text)), `the pdf lacks “${text}”`);
  return settle(text.split("\u2060")[0]);
}

/** The texts stand in the document's paragraphs, one after another. */
export function saysInOrder(said, kind, texts) {
  let at = 0;
  for (const text of texts.map((t) => inStructure(said, kind, t))) {
    const found = said[kind].texts.findIndex((t, i) => i >= at && t.includes(text));
    ok(found >= 0, `the ${kind} lacks “${text}” after “${said[kind].texts[at]}”`);
    at = found;
  }
}

/** The document's tables are exactly these, headers left aside: rows of cells. */
export function hasTables(said, kind, wanted) {
  const got = said[kind].tables.map((t) => t.slice(1));
  for (let i = 0; i < Math.max(got.length, wanted.length); i++)
    equal(JSON.stringify(got[i]), JSON.stringify(wanted[i]?.map((row) => row.map(settle))), `table ${i + 1} of the ${kind}`);
}

/** Every text of `main` with a digit in it, but what explains, what is drawn, what only the screen needs and what matches
    `apart`. */
export function figuresOn(page, apart = "form") {
  return page.evaluate((more) => {
    const skipped = `.noprint, svg, script, .legend, .scalekey, nav, .mk, details.how > p, form, ${more}`;
    const texts = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (/\d/.test(node.data) && !node.parentElement.closest(skipped)) texts.push(node.data);
    }
    return texts;
  }, apart);
}

/** Each of the texts stands in a paragraph or a cell of the document, by itself or with more around it; its first letter may
    be small on one side only. */
export function saysEach(said, kind, texts) {
  const all = [...said[kind].texts, ...said[kind].tables.flat(2)].map((t) => t.toLowerCase());
  for (const text of texts.map((t) => inStructure(said, kind, t))) ok(all.some((t) => t.includes(text.toLowerCase())), `the ${kind} lacks “${text}”`);
}
