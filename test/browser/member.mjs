// Somebody who is signed in and belongs to an organisation, written straight into the program's database.
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";

const SCRIPT = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.execute("PRAGMA foreign_keys = ON")
rows = []
for sql, values in json.loads(sys.argv[2]):
    rows = db.execute(sql, [bytes.fromhex(v["hex"]) if isinstance(v, dict) else v for v in values]).fetchall()
db.commit()
print(json.dumps([[str(value) for value in row] for row in rows]))
`;

/** Runs [statement, values] pairs in the database of a program that startJalon() started. */
export function write(jalon, statements) {
  return JSON.parse(execFileSync("python3", ["-c", SCRIPT, join(jalon.data, "jalon.db"), JSON.stringify(statements)]));
}

/** The rows of a query, as texts: ids do not fit JavaScript's numbers. */
export function read(jalon, query) {
  return write(jalon, [[query, []]]);
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A row id as addresses write it. */
export function idText(id) {
  let text = "";
  for (let n = BigInt(id), i = 0; i < 13; i++, n /= 32n) text = ALPHABET[Number(n % 32n)] + text;
  return text;
}

let made = 0;

/** Signs a page's context in as a member of an organisation; makes it when it has no id yet. Returns the paths' "/o/…". */
export async function signIn(jalon, page, { orgId = 0, orgName = "Maison Belloy", role = "owner", name = "Camille Roche" } = {}) {
  const now = Date.now(), account = 7000 + ++made, org = orgId || 5000 + made, cookie = randomBytes(32);
  const statements = [
    ["INSERT INTO account (id, email, name, language, time_zone, is_admin, totp_step, created_ms, updated_ms) VALUES (?, ?, ?, 'fr', 'Europe/Paris', 0, 0, ?, ?)",
      [account, `person${account}@example.org`, name, now, now]],
    ["INSERT INTO membership (org_id, account_id, role, created_ms) VALUES (?, ?, ?, ?)", [org, account, role, now]],
    ["INSERT INTO session (id, account_id, token_hash, agent, created_ms, seen_ms) VALUES (?, ?, ?, 'Chromium', ?, ?)",
      [account, account, { hex: createHash("sha256").update(cookie).digest("hex") }, now, now]],
  ];
  if (!orgId) statements.splice(1, 0, ["INSERT INTO org (id, name, created_ms) VALUES (?, ?, ?)", [org, orgName, now]]);
  write(jalon, statements);
  await page.context().addCookies([{ name: "session", value: cookie.toString("base64url"), url: jalon.url }]);
  return { path: `/o/${idText(org)}`, orgId: org, accountId: account };
}

/** The first account and its organisation, made by the pages of a program just started. Returns "/o/…". */
export async function makeOrganisation(jalon, page, departments) {
  await page.goto(await jalon.setup());
  await page.locator("input[name=name]").fill("Claire Renoux");
  await page.locator("input[name=email]").fill("claire@example.org");
  for (const field of await page.locator("input[type=password]").all()) await field.fill("une phrase assez longue, 2026");
  await Promise.all([page.waitForNavigation(), page.locator("main button[type=submit], main form button").first().click()]);
  await page.goto(`${jalon.url}/orgs/new`);
  await page.locator("input[name=name]").fill("Maison Belloy");
  await Promise.all([page.waitForNavigation(), page.locator("main form button").last().click()]);
  const org = page.url().match(/\/o\/\w+/)[0];
  for (const name of departments) {
    await page.goto(`${jalon.url}${org}/departments`);
    await page.locator("form[action$='/departments'] input[name=name]").fill(name);
    await Promise.all([page.waitForNavigation(), page.locator("form[action$='/departments'] button").click()]);
  }
  return org;
}
