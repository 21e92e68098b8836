// A campaign from beginning to end, in real browsers: an organiser prepares, opens and closes it; one respondent
// comes by the public link on a phone, another by a personal link without JavaScript. With JALON_SHOTS=DIR, pictures.
import { checkAccessible, checkFits, checkHtml } from "./checks.mjs";
import { equal, ok, openPage, press, refusal, runCases, startChromium, startJalon } from "./harness.mjs";
import { makeOrganisation } from "./member.mjs";

const shots = process.env.JALON_SHOTS;

const jalon = await startJalon(process.argv[2]);
const base = jalon.url;
const browser = await startChromium();
const organiser = await openPage(browser, base, { width: 1280, height: 900 });
let campaign, publicLink, personalLink;

// The page as it is: no sideways scroll, valid, clean to axe-core; and as a phone, in dark, in English for pictures.
async function look(page, name) {
  const size = page.viewportSize();
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    await page.setViewportSize({ width, height });
    equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0,
      `${name} scrolls sideways at ${width} px by`);
    if (shots) {
      await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
      await page.emulateMedia({ colorScheme: "dark" });
      await page.screenshot({ path: `${shots}/${name}-${width}-dark.png`, fullPage: true });
      await page.emulateMedia({ colorScheme: "light" });
    }
  }
  await page.setViewportSize(size);
  await checkHtml(await page.content(), name);
  await checkAccessible(page, name);
}

const follow = async (page, words) => {
  await Promise.all([page.waitForNavigation(), page.getByRole("link", { name: words }).first().click()]);
};

async function fillSheet(page, choice) {
  for (let i = 0; i < 20 && /\/q\//.test(page.url()); i++) {
    const inputs = page.locator("input[name=answer]");
    const at = Math.min(choice, await inputs.count() - 1);
    await inputs.nth(at).check({ force: true });
    const before = page.url();
    await page.locator("button[name=go][value=next]").last().click();
    await page.waitForFunction((from) => location.href !== from, before);
  }
  ok(page.url().endsWith("/review"), `the questions end at the review, not at ${page.url()}`);
}

async function makesAnOrganisation() {
  campaign = `${base}${await makeOrganisation(jalon, organiser, ["Ventes", "Logistique", "Finance"])}/rounds`;
}

async function preparesADraft() {
  await organiser.goto(campaign);
  await look(organiser, "campaigns-empty");
  await follow(organiser, "Nouvelle campagne");
  await organiser.fill("#retention", "Trois ans");
  await organiser.fill("#threshold", "");
  equal(await refusal(organiser, () => organiser.getByRole("button", { name: "Enregistrer le brouillon" }).click()),
    "Nom\u00a0: Remplissez ce champ.\nSeuil (plus petit groupe montré)\u00a0: Remplissez ce champ.", "a campaign without a name");
  equal(await organiser.inputValue("#retention"), "Trois ans", "what was typed is kept");
  await look(organiser, "campaign-refused");
  await organiser.fill("#threshold", "5");
  await organiser.fill("#title", "Maturité des données, printemps 2026");
  await organiser.fill("#purpose", "Savoir où nous en sommes avec nos données, et décider par quoi commencer.");
  await organiser.fill("#retention", "Deux ans, puis effacées");
  await look(organiser, "campaign-form");
  await press(organiser, "Enregistrer le brouillon");
  await organiser.getByText("Avant l’ouverture, il manque").waitFor();
  await look(organiser, "campaign-draft");
  await follow(organiser, "à qui les répondants peuvent s’adresser");
  await organiser.fill("#contact", "Claire Renoux, claire@example.org");
  await press(organiser, "Enregistrer le brouillon");
}

async function invitesPeople() {
  campaign = organiser.url();
  await organiser.goto(`${campaign}/participants`);
  await organiser.fill("#people", "Ada Lovelace;ada@example.org;Ventes\nBob;bob-at-example;Nulle part");
  await press(organiser, "Ajouter");
  await organiser.getByText("Ligne 2, adresse électronique").first().waitFor();
  await look(organiser, "participants-refused");
  await organiser.fill("#people", "Ada Lovelace;ada@example.org;Ventes\nBasile Renard;basile@example.org;Logistique");
  await press(organiser, "Ajouter");
  await organiser.getByText("2 personnes ont été ajoutées").waitFor();
  await look(organiser, "participants");
  personalLink = await organiser.locator("input[id^=link-]").first().inputValue();
  await follow(organiser, "Cartes à imprimer");
  await look(organiser, "cards");
}

async function opensIt() {
  await organiser.goto(campaign);
  await follow(organiser, "Ouvrir la campagne");
  await look(organiser, "campaign-open-ask");
  await press(organiser, "Ouvrir la campagne");
  publicLink = await organiser.locator("#public").inputValue();
  await look(organiser, "campaign-open");
}

async function aPhoneAnswersOnce() {
  const wall = await projectsIt();
  const phone = await openPage(browser, base);
  await phone.goto(publicLink);
  await look(phone, "door");
  equal(await refusal(phone, () => phone.getByRole("button", { name: "Commencer" }).click()),
    "Votre service\u00a0: Choisissez dans la liste.", "nobody begins without a department");
  await look(phone, "door-refused");
  await phone.selectOption("#department", { label: "Ventes" });
  await press(phone, "Commencer");
  if (shots) await phone.screenshot({ path: `${shots}/round-question-390.png`, fullPage: true });
  await fillSheet(phone, 1);
  await look(phone, "round-review");
  await press(phone, "Envoyer");
  await phone.getByText("Merci, vos réponses sont envoyées").waitFor();
  await look(phone, "sent");
  await wall.waitForFunction(() => document.querySelector(".sent").textContent === "1 réponse");
  // A session that ends does not take the code off the wall.
  const cookies = await wall.context().cookies();
  await wall.context().clearCookies();
  await wall.waitForResponse((reply) => reply.status() === 401);
  await wall.waitForTimeout(200);
  ok(await wall.locator(".lobby .qr").isVisible(), "the code is still there");
  await wall.context().addCookies(cookies);
  await wall.close();
  const sent = phone.url();
  await phone.goto(publicLink);
  equal(phone.url(), sent, "the device that sent is told so");
  equal(await phone.getByRole("button", { name: "Retirer mes réponses" }).count(), 0, "ways to take an anonymous sheet back");
  await phone.done();
}

async function projectsIt() {
  const [wall] = await Promise.all([organiser.context().waitForEvent("page"), organiser.getByRole("link", { name: "Projeter" }).click()]);
  await wall.waitForLoadState();
  equal(await wall.locator(".sent").innerText(), "0 réponse", "answers before anybody came");
  // Who has no camera types what stands beside the code to scan.
  const typist = await openPage(browser, base);
  await typist.goto(`http://${await wall.locator(".host").innerText()}`);
  await typist.fill("#code", await wall.locator(".roomcode").innerText());
  await Promise.all([typist.waitForNavigation(), typist.click("main button[type=submit]")]);
  equal(typist.url(), publicLink, "the code leads to the campaign");
  await typist.done();
  ok(!(await wall.content()).includes("/p/"), "no personal link is projected");
  for (const [width, height] of [[1280, 720], [1920, 1080]]) {
    await wall.setViewportSize({ width, height });
    await checkFits(wall, `the code at ${width} × ${height}`);
    const side = await wall.locator(".qr").evaluate((e) => e.getBoundingClientRect().width);
    ok(side > height / 2, `the code takes more than half of ${height} px, not ${side}`);
  }
  await look(wall, "campaign-screen");
  return wall;
}

async function aPersonalLinkWorksWithoutScripts() {
  const begun = await openPage(browser, base, { js: false });
  await begun.goto(personalLink);
  await press(begun, "Commencer");
  await begun.locator("input[name=answer]").first().check({ force: true });
  await Promise.all([begun.waitForNavigation(), begun.locator("button[name=go][value=next]").last().click()]);
  await begun.done();
  // Another device: the same sheet, one question further.
  const resumed = await openPage(browser, base);
  await resumed.goto(personalLink);
  await look(resumed, "door-resume");
  await follow(resumed, "Reprendre");
  ok(/\/q\/(?!lineage)/.test(resumed.url()), `it resumes after the first question, at ${resumed.url()}`);
  await fillSheet(resumed, 0);
  await press(resumed, "Envoyer");
  await resumed.done();
}

async function followsAndCloses() {
  await organiser.goto(campaign);
  equal(await organiser.locator("p.big").innerText(), "2 réponses", "answers followed");
  equal(await organiser.getByText("masqué pour protéger les répondants").count() > 0, true, "small departments are hidden");
  await look(organiser, "campaign-answers");
  await follow(organiser, "Clore");
  await look(organiser, "campaign-close-ask");
  await press(organiser, "Clore la campagne");
  await look(organiser, "campaign-closed");
  equal(await organiser.getByRole("link", { name: "Projeter" }).count(), 0, "ways to project what is closed");
  await organiser.goto(`${campaign}/screen`);
  await organiser.getByText("Cette campagne est close").waitFor();
  await checkFits(organiser, "a closed campaign projected");
  await look(organiser, "campaign-screen-closed");
  await organiser.goto(campaign.replace(/\/rounds\/.*/, "/rounds"));
  await look(organiser, "campaigns");
  const late = await openPage(browser, base);
  equal((await late.goto(publicLink)).status(), 410, "status of a closed campaign's link");
  await look(late, "door-closed");
  await late.done();
}

try {
  process.exitCode = await runCases([
    ["an organiser makes an organisation", makesAnOrganisation],
    ["prepares a draft, which says what it lacks", preparesADraft],
    ["invites people, or is told where the list is wrong", invitesPeople],
    ["opens it", opensIt],
    ["a phone answers once by the link that is projected, which counts", aPhoneAnswersOnce],
    ["a personal link resumes elsewhere, without scripts too", aPersonalLinkWorksWithoutScripts],
    ["the organiser follows and closes it", followsAndCloses],
  ]) ? 1 : 0;
  await organiser.done();
} finally {
  await browser.close();
  await jalon.stop();
}
