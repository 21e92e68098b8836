// Mail in real browsers, with a real mail server beside (test/harness/smtp.py): a forgotten password, an invitation,
// a campaign's links by mail and what became of them; with scripts and without. With JALON_SHOTS=DIR, pictures.
import { existsSync, readFileSync } from "node:fs";
import { checkAccessible, checkHtml } from "./checks.mjs";
import { equal, ok, openPage, runCases, startChromium, startJalon } from "./harness.mjs";

const PASSWORD = "quatre chevaux bleus dansent";
const { JALON_SHOTS: shots, TEST_SMTP_PORT: port, TEST_SMTP_MAILS: mails } = process.env;
const jalon = await startJalon(process.argv[2], [
  "--smtp", `smtp://127.0.0.1:${port}`, "--smtp-security", "off", "--mail-from", "Jalon <jalon@example.org>",
  "--base-url", "http://127.0.0.1",
]);
const browser = await startChromium();
const owner = await openPage(browser, jalon.url, { width: 1280, height: 900 });
let org, taken = 0;

async function see(page, name) {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    await page.setViewportSize({ width, height });
    equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0,
      `${name} scrolls sideways at ${width} px by`);
    for (const dark of [false, true]) {
      await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
      if (shots) await page.screenshot({ path: `${shots}/${name}-${width}${dark ? "-dark" : ""}.png`, fullPage: true });
      await checkAccessible(page, `${name} at ${width} px`);
    }
  }
  await checkHtml(await (await page.context().request.get(page.url())).text(), name);
}

/** The text of the next mail that the server took. */
async function nextMail() {
  const path = `${mails}/${String(++taken).padStart(4, "0")}.txt`;
  for (let i = 0; i < 200 && !existsSync(path); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  return readFileSync(path, "utf8");
}
const linkIn = (mail, kind) => jalon.url + mail.match(new RegExp(`http://127\\.0\\.0\\.1(/${kind}/\\S+)`))[1];
const submit = (page) => Promise.all([page.waitForNavigation(), page.click("main .btn.go[type=submit]")]);
const press = (page, words) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name: words }).click()]);

async function setsUp() {
  await owner.goto(jalon.url + new URL(await jalon.setup()).pathname); // it begins with the public address
  for (const [name, value] of Object.entries({ name: "Claire Renoux", email: "claire@example.org", password: PASSWORD }))
    await owner.fill(`[name=${name}]`, value);
  await submit(owner);
  await owner.goto(`${jalon.url}/orgs/new`);
  await owner.fill("[name=name]", "Maison Belloy");
  await submit(owner);
  org = owner.url();
}

async function forgets(js) {
  const page = await openPage(browser, jalon.url, { js });
  await page.goto(`${jalon.url}/sign-in`);
  if (js) await see(page, "sign-in-mail");
  await page.click("text=Mot de passe oublié");
  if (js) await see(page, "forgotten");
  await page.fill("[name=email]", "not an address");
  await submit(page);
  ok(await page.isVisible(".errors"), "nonsense is told");
  await page.fill("[name=email]", "Claire@example.org");
  await submit(page);
  ok((await page.textContent(".note.ok")).includes("un lien est en route"), "what happens next is said");
  if (js) await see(page, "forgotten-sent");
  const mail = await nextMail();
  if (js) {
    await page.goto(linkIn(mail, "reset"));
    await page.fill("[name=password]", `${PASSWORD} encore`);
    await submit(page);
    ok(page.url().endsWith("/sign-in?reset=1"), page.url());
    await owner.goto(`${jalon.url}/sign-in`);
    await owner.fill("[name=email]", "claire@example.org");
    await owner.fill("[name=password]", `${PASSWORD} encore`);
    await submit(owner);
  }
  await page.done();
}

async function invites() {
  await owner.goto(`${org}/members`);
  await owner.fill("[name=label]", "Marc Tellier");
  await owner.fill("[name=email]", "marc@example.org");
  await submit(owner);
  ok((await owner.textContent("#open")).includes("En route vers marc@example.org"), "on its way");
  const mail = await nextMail();
  await owner.goto(`${org}/members`);
  ok((await owner.textContent("#open")).includes("Envoyé à marc@example.org"), "sent");
  await see(owner, "members-mail");
  const marc = await openPage(browser, jalon.url, { js: false });
  await marc.goto(linkIn(mail, "join"));
  ok((await marc.textContent("h1")).includes("Maison Belloy"), "the link in the mail works");
  await marc.done();
}

async function makesACampaign() {
  await owner.goto(`${org}/rounds/new`);
  for (const [id, value] of Object.entries({ title: "Maturité des données", purpose: "Savoir", retention: "Deux ans", contact: "Claire" }))
    await owner.fill(`#${id}`, value);
  await press(owner, "Enregistrer le brouillon");
  const campaign = owner.url();
  await owner.goto(`${campaign}/open`);
  await owner.locator("main form button").first().click();
  await owner.goto(`${campaign}/participants`);
  await owner.fill("#people", "Ada Lovelace;ada@example.org\nGrace Hopper;gone@example.org;;en\nAlan Turing;full@example.org\nSur papier");
  await press(owner, "Ajouter");
}

async function sendsLinks() {
  await makesACampaign();
  ok(!await owner.isVisible("#links"), "texts for another mail program wait until they are asked for");
  await see(owner, "participants-mail");
  await press(owner, "Envoyer le lien à 3 personnes");
  ok((await owner.textContent(".note.ok")).includes("3 courriels sont en route"), "said");
  const mail = await nextMail();
  ok(mail.includes("To: Ada Lovelace <ada@example.org>"), mail);
  ok(mail.includes("À quoi servent les réponses\u00a0: Savoir"), "the mail says what for");
  const until = Date.now() + 15000;
  while (!/2 non remis/.test(await owner.textContent("#mail-state"))) {
    ok(Date.now() < until, "refusals are shown");
    await owner.reload();
  }
  ok(await owner.isVisible("text=courriel non remis\u00a0: 550 5.1.1"), "the server's words stand beside the person");
  equal(await owner.getByRole("button", { name: "Relancer" }).count(), 0, "ways to remind nobody");
  await see(owner, "participants-mailed");
  const ada = await openPage(browser, jalon.url, { js: false });
  await ada.goto(linkIn(mail, "p"));
  ok((await ada.textContent("main")).includes("Maison Belloy"), "the link in the mail works");
  await ada.done();
}

async function sendsToSome() {
  const page = await openPage(browser, jalon.url, { js: false });
  await page.context().addCookies(await owner.context().cookies());
  await page.goto(owner.url());
  await page.click("th label:has-text('Ada Lovelace')");
  await press(page, "Envoyer le lien aux personnes cochées");
  ok((await page.textContent(".note.ok")).includes("1 courriel est en route"), "one");
  ok((await nextMail()).includes("To: Ada Lovelace"), "to her");
  await page.done();
}

try {
  process.exitCode = await runCases([
    ["an installation with a mail server", setsUp],
    ["a forgotten password", () => forgets(true)],
    ["the same without scripts", () => forgets(false)],
    ["an invitation", invites],
    ["a campaign's links", sendsLinks],
    ["to those who are ticked, without scripts", sendsToSome],
  ]) ? 1 : 0;
  await owner.done();
} finally {
  await browser.close();
  await jalon.stop();
}
