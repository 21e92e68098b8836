// Every page of the route table, on the data of the demonstration: accessible (axe-core), valid HTML, no sideways scroll. What
// pages there are is asked of the program, so one that is not visited here fails the test; what is no page stands below
// with the reason. With JALON_SHOTS=DIR, pictures.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { checkAccessible, checkHtml } from "./checks.mjs";
import { equal, ok, openPage, runCases, startChromium, startJalon } from "./harness.mjs";
import { idText, read } from "./member.mjs";

const program = process.argv[2];
const shots = process.env.JALON_SHOTS;
const OWN = { "sec-fetch-site": "same-origin" };

// No page, or nothing to look at.
const DOWNLOAD = "a file that is downloaded";
const NOT_PAGES = {
  "/o/{org}/logo": "a picture", "/o/{org}/audit.csv": DOWNLOAD, "/c/{token}": "only leads on to where one stopped",
  "/c/{token}/result.pdf": DOWNLOAD, "/c/{token}/result.docx": DOWNLOAD, "/s/{token}/result.pdf": DOWNLOAD, "/s/{token}/result.docx": DOWNLOAD,
  "/o/{org}/sheets/{sheet}/result.pdf": DOWNLOAD, "/o/{org}/sheets/{sheet}/result.docx": DOWNLOAD,
  "/o/{org}/rounds/{round}/results.pdf": DOWNLOAD, "/o/{org}/rounds/{round}/results.docx": DOWNLOAD,
  "/o/{org}/rounds/{round}/results.xlsx": DOWNLOAD, "/o/{org}/rounds/{round}/results.csv": DOWNLOAD,
  "/o/{org}/plan.csv": DOWNLOAD, "/o/{org}/plan.xlsx": DOWNLOAD, "/cal/{file}": "for calendar programs",
  "/o/{org}/rounds/{round}/workshop/events": "server-sent events", "/w/{code}/events": "server-sent events",
  "/o/{org}/rounds/{round}/workshop/minutes.pdf": DOWNLOAD, "/o/{org}/rounds/{round}/workshop/minutes.docx": DOWNLOAD,
  "/scorecard/questionnaire.pdf": DOWNLOAD, "/scorecard/questionnaire.docx": DOWNLOAD, "/erased/{erased}/certificate.txt": DOWNLOAD, "/erased/{erased}/certificate.pdf": DOWNLOAD,
  "/api/v1/schemas/{name}": "a JSON document",
};

const routes = execFileSync(program, ["routes"]).toString().split("\n").filter((line) => line.startsWith("GET "))
  .map((line) => line.split(/\s+/)[1]);
const BELOW = "/sous/chemin"; // a page that asks for anything outside fails
const demo = await startJalon(program, ["--rate-limits", "off"], { demo: true, below: BELOW });
const fresh = await startJalon(program, ["--rate-limits", "off"]);
const base = demo.url;
const browser = await startChromium();
const owner = await openPage(browser, base, { leaves: true });
const stranger = await openPage(browser, base, { leaves: true });
const newcomer = await openPage(browser, base);
const guest = await openPage(browser, fresh.url);

/** A path of the site, without what the site is below. */
function within(address) {
  const path = new URL(address, base).pathname;
  ok(path.startsWith(`${BELOW}/`), `${path} is outside of the site`);
  return path.slice(BELOW.length);
}

async function post(page, path, form = {}) {
  const reply = await page.request.post(path.startsWith("http") ? path : base + path, { headers: OWN, form, maxRedirects: 0 });
  ok([200, 303].includes(reply.status()), `POST ${path} answers ${reply.status()}`);
  return reply.status() === 303 ? within(reply.headers().location) : reply.text();
}

const get = async (page, path) => (await page.request.get(path.startsWith("http") ? path : base + path)).text();

/** The first path in a text that looks so. */
function first(text, pattern) {
  const found = text.match(pattern);
  ok(found, `nothing like ${pattern}`);
  return found[0];
}

const demoFolder = () => join(demo.data, readdirSync(demo.data).find((name) => name.startsWith("jalon-demo-")));

const jalonUser = (...words) => execFileSync(program, ["user", ...words, "--data", demoFolder()], { env: { PATH: process.env.PATH } }).toString();

/** The sheet that an organisation was given: pages link to it by its shared link only. */
function keptSheet() {
  const [[id]] = read({ data: demoFolder() }, "SELECT id FROM sheet WHERE org_id > 1 AND round_id IS NULL");
  return idText(id);
}

/** The organisation of that name and its campaigns, the latest first. */
async function organisation(portfolio, name) {
  const path = portfolio.match(new RegExp(`href="${BELOW}(/o/\\w{13})"[^>]*>(?:(?!</a>)[\\s\\S])*${name}`))?.[1];
  ok(path, `${name} is in the portfolio`);
  const rounds = [...new Set((await get(owner, `${path}/rounds`)).match(new RegExp(`${path}/rounds/\\w{13}`, "g")))];
  return { path, rounds };
}

/** A sheet of an open campaign by its public link, answered and sent. */
async function sentSheet(link) {
  const sheet = first(await post(stranger, link, { name: "Léa", department: "none" }), /\/c\/[\w-]+/);
  await post(stranger, `${sheet}/all`, { lineage: "yes" });
  await post(stranger, `${sheet}/send`);
  return sheet;
}

/** A campaign of one's own, open, to be answered by both kinds of link; its path. */
async function openCampaign(org) {
  const round = await post(owner, `${org}/rounds`, {
    title: "Automne", threshold: "5", mode: "nominative", access: "both", controller: "Maison Belloy", contact: "Claire", purpose: "Savoir", retention: "Deux ans",
  });
  await post(owner, `${round}/open`, { version: "1" });
  await post(owner, `${round}/participants`, { people: "Ada;ada@example.org" });
  return round;
}

/** Where each page is: the address, and who looks. Made from the demonstration and what is added to it here. */
async function places() {
  await post(owner, "/sign-in", { email: "camille@demo.example", password: "demonstration" });
  jalonUser("make-admin", "camille@demo.example");
  const portfolio = await get(owner, "/portfolio");
  const { path: org, rounds } = await organisation(portfolio, "Orival");
  const { path: early, rounds: [draft] } = await organisation(portfolio, "Brindille");
  const [closed, before] = rounds; // the demonstration held its workshop on the latest
  const [, solo, other] = demo.said().match(/\/c\/[\w-]+/g);
  await post(owner, `${before}/workshop`);
  const code = first(await get(owner, `${before}/workshop`), /\/w\/[0-9A-Za-z]+/);
  const open = await openCampaign(org);
  // One of those whose sheets are cut off is not opened again.
  const again = await openCampaign(org);
  await post(owner, `${again}/close`, { version: "2" });
  await post(owner, `${other}/claim`, { org: org.split("/").at(-1) });
  await post(owner, `${solo}/share`);
  const gone = await post(owner, "/orgs/new", { name: "À effacer", "time-zone": "Europe/Paris" });
  const erased = await post(owner, `${gone}/settings/erase`, { name: "À effacer" });
  const participants = await get(owner, `${open}/participants`);
  const link = first(await get(owner, open), /\/r\/[\w-]+/);
  const sent = await sentSheet(link);
  const action = first(await get(owner, `${org}/plan`), new RegExp(`${org}/plan/\\w{13}`));
  const shared = first(await get(owner, `${solo}/result`), /\/s\/[\w-]+/);
  const invited = first(await post(owner, `${org}/members/invite`, { label: "Marc", role: "editor", days: "7" }).then((said) =>
    said.startsWith("/") ? get(owner, said) : said), /\/join\/[\w-]+/);
  return {
    "/portfolio": "/portfolio", "/": "/", "/method": "/method", "/privacy": "/privacy", "/accessibility": "/accessibility",
    "/sign-in": [stranger, "/sign-in"], "/sign-in/forgotten": [stranger, "/sign-in/forgotten"],
    "/setup/{token}": [guest, await fresh.setup()],
    "/reset/{token}": [stranger, first(jalonUser("reset-password", "sacha@demo.example"), /\/reset\/[\w-]+/)],
    "/account": "/account", "/account/second-factor": "/account/second-factor", "/orgs/new": "/orgs/new", "/admin/users": "/admin/users",
    "/join/{token}": [stranger, invited], "/scorecard": [stranger, "/scorecard"], "/w": [stranger, "/w"], "/w/{code}": [stranger, code],
    "/c/{token}/q/{question}": `${solo}/q/lineage`, "/c/{token}/sent": [stranger, `${sent}/sent`], "/c/{token}/answers": [stranger, `${sent}/answers`],
    "/r/{token}": [newcomer, link], "/p/{token}": [stranger, first(participants, /\/p\/[\w-]+/)],
    "/s/{token}": [stranger, shared], "/s/{token}/what-if": [stranger, `${shared}/what-if?lineage=yes`],
    "/o/{org}/rounds/{round}/edit": `${draft}/edit`, "/o/{org}/rounds/{round}/open": `${draft}/open`,
    "/o/{org}/rounds/{round}/close": `${open}/close`, "/o/{org}/rounds/{round}/reopen": `${again}/reopen`, "/o/{org}/rounds/{round}/erase": `${again}/erase`,
    "/o/{org}/rounds/{round}/screen": `${open}/screen`, "/o/{org}/rounds/{round}/participants": `${open}/participants`, "/o/{org}/rounds/{round}/cards": `${open}/cards`,
    "/o/{org}/rounds/{round}/participants/{person}": first(participants, new RegExp(`${open}/participants/\\w{13}(?=")`)),
    "/o/{org}/rounds/{round}/answers": `${open}/answers`,
    "/o/{org}/rounds/{round}/answers/{sheet}": first(await get(owner, `${open}/answers`), new RegExp(`${open}/answers/\\w{13}`)),
    "/o/{org}/rounds/{round}/answers/{sheet}/erase": `${first(await get(owner, `${open}/answers`), new RegExp(`${open}/answers/\\w{13}`))}/erase`,
    "/o/{org}/rounds/{round}/results/comments": `${closed}/results/comments?question=governance`,
    "/o/{org}/rounds/{round}/results/agree": `${closed}/results/agree?question=governance`,
    "/o/{org}/rounds/{round}/workshop": `${before}/workshop`, "/o/{org}/rounds/{round}/workshop/screen": `${before}/workshop/screen`,
    "/erased/{erased}": erased, "/o/{org}/leave": `${early}/leave`,
    // The rest by what stands in braces.
    fill: { "{org}": org.split("/").at(-1), "{round}": closed.split("/").at(-1), "{token}": solo.split("/").at(-1), "{sheet}": keptSheet(),
      "{action}": action.split("/").at(-1) },
  };
}

let where;

function placeOf(route) {
  const place = where[route] ?? route.replace(/\{\w+\}/g, (name) => where.fill[name] ?? name);
  return Array.isArray(place) ? place : [owner, place];
}

async function visit(route) {
  const [page, path] = placeOf(route);
  const address = path.startsWith("http") ? path : base + path;
  ok(!address.includes("{"), `nobody knows where ${route} is: visit it here, or say why not in NOT_PAGES`);
  for (const [width, language, colorScheme] of [[390, "fr", "light"], [1280, "en", "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const reply = await page.goto(`${address}${address.includes("?") ? "&" : "?"}lang=${language}`);
    equal(reply.status(), 200, `${route} answers`);
    equal(new URL(page.url()).pathname, new URL(address).pathname, `${route} leads on to`);
    if (shots) await page.screenshot({ path: `${shots}/route${route.replaceAll(/[/{}]+/g, "-")}-${width}-${language}.png`, fullPage: true });
    await checkAccessible(page, `${route} at ${width} px`);
    if (width === 390) {
      await checkHtml(await get(page, address), route);
      await page.setViewportSize({ width: 320, height: 640 });
      const wide = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > 320).at(-1)?.outerHTML);
      equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, `width of ${route} at 320 px, for ${wide?.slice(0, 300)}`);
    }
  }
}

async function exceptionsAreRoutes() {
  for (const route of Object.keys(NOT_PAGES)) {
    ok(routes.includes(route), `${route} is no route any more`);
    if (NOT_PAGES[route] !== DOWNLOAD) continue;
    const [page, path] = placeOf(route === "/erased/{erased}/certificate.txt" || route === "/erased/{erased}/certificate.pdf"
      ? route.replace("/erased/{erased}", where["/erased/{erased}"]) : route.replace("/s/{token}", where["/s/{token}"][1]));
    const reply = await page.request.get(base + path);
    equal(reply.status(), 200, `${route} answers`);
    ok(!reply.headers()["content-type"].startsWith("text/html"), `${route} is a page after all`);
  }
}

try {
  where = await places();
  process.exitCode = await runCases([
    ["what is no page is a route that answers with something else", exceptionsAreRoutes],
    ...routes.filter((route) => !(route in NOT_PAGES)).map((route) => [route, () => visit(route)]),
  ]) ? 1 : 0;
  for (const page of [owner, stranger, newcomer, guest]) await page.done();
} finally {
  await browser.close();
  await demo.stop();
  await fresh.stop();
}
