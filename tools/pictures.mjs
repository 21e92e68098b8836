// node tools/pictures.mjs PROGRAM FOLDER: the README's pictures anew, in both languages, of `jalon demo`.
// Afterwards, to keep them small: mogrify +dither -colors 112 -strip FOLDER/*.png
import { spawn } from "node:child_process";
import { chromium } from "playwright-core";

const [program, folder] = process.argv.slice(2);
const ORG = { open: "Maison Belloy", done: "Réseau Orival" };

async function serve() {
  const server = spawn(program, ["demo", "--listen", "127.0.0.1:0", "--log-level", "error"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve) => {
    let said = "";
    server.stdout.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/[\d.:]+/);
      if (found) resolve(found[0]);
    });
  });
  return { server, address };
}

async function signIn(page, address) {
  await page.goto(`${address}/sign-in`);
  await page.fill("[name=email]", "camille@demo.example");
  await page.fill("[name=password]", "demonstration");
  await page.click("main button[type=submit]");
}

async function shoot(page, name, language, width, height) {
  await page.setViewportSize({ width, height });
  await page.screenshot({ path: `${folder}/${name}-${width}${language === "fr" ? ".fr" : ""}.png` });
}

/* The first campaign of an organisation. */
async function openCampaign(page, address, org) {
  await page.goto(`${address}/portfolio`);
  await page.click(`text=${org}`);
  const home = page.url();
  await page.goto(`${home}/rounds`);
  await page.click("main table th a, main .item a");
  return home;
}

async function pictures(browser, address, language) {
  const page = await browser.newPage({ locale: language });
  await signIn(page, address);
  await page.goto(`${address}/portfolio?lang=${language}`);
  await openCampaign(page, address, ORG.open);
  await shoot(page, "campaign", language, 1280, 800);
  const home = await openCampaign(page, address, ORG.done);
  await page.goto(`${page.url()}/results`);
  await shoot(page, "results", language, 1280, 1010);
  await shoot(page, "results", language, 390, 844);
  await page.goto(`${home}/plan`);
  await shoot(page, "plan", language, 1280, 900);
  await page.close();
  const phone = await browser.newPage({ locale: language, viewport: { width: 390, height: 844 } });
  await phone.goto(`${address}/scorecard`);
  await phone.click("main form button[type=submit]");
  await phone.click("main .choice >> nth=1");
  await phone.waitForLoadState("networkidle");
  await shoot(phone, "question", language, 390, 844);
  await phone.close();
}

const { server, address } = await serve();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  for (const language of ["fr", "en"]) await pictures(browser, address, language);
} finally {
  await browser.close();
  server.kill();
}
