// Who has been reached: the pages say what the server says, on every level down to the person.
import type { Page } from "playwright/test";
import type { Coverage } from "../src/api/types";
import { percent } from "../src/words/number";
import { COUNTY, expect, signIn, test, written } from "./demo";

/** Every row of the table as the page writes it, against the answer. */
async function expectFigures(page: Page, coverage: Coverage) {
  await expect(page.getByRole("heading", { name: coverage.division.name, exact: true })).toBeVisible();
  const rows = page.getByTestId("parts").locator("tbody tr[data-row-key]");
  await expect(rows).toHaveCount(coverage.parts.length);
  const texts = await rows.evaluateAll((rows) =>
    rows.map((row) => [
      row.getAttribute("data-row-key"),
      ...[...row.querySelectorAll("td")].slice(1).map((cell) => cell.innerText.trim()),
    ]),
  );
  const expected = coverage.parts.map(({ division, figures: f }) => [
    division.id,
    ...[f.denominator, f.reached, f.in_person, f.remote, f.family].map(written),
    percent(f.reached, f.denominator),
    ...[f.tried, f.not_yet, f.held].map(written),
  ]);
  expect(texts).toEqual(expected);
  await expectTotal(page, coverage);
}

async function expectTotal(page: Page, { total }: Coverage) {
  const cards = page.getByTestId("cards");
  for (const [label, value] of [
    ["应访", total.denominator],
    ["已遍访", total.reached],
    ["见面", total.in_person],
    ["电话视频", total.remote],
    ["只见家属", total.family],
    ["未访", total.not_yet],
    ["走访未见", total.tried],
    ["待核（条）", total.held],
  ] as const) {
    const place = cards
      .locator(".big, .ways > div, .card-side")
      .filter({ has: page.getByText(label, { exact: true }) });
    await expect(place.locator(".figure")).toHaveText(written(value));
  }
  await expect(page.getByTestId("rate")).toHaveText(percent(total.reached, total.denominator));
}

test("figures lead from the county to a person and equal the server's on every level", { tag: COUNTY }, async ({
  page,
  server,
}) => {
  const [county, township, village] = await server.way();
  await signIn(page);
  await expectFigures(page, county);
  await page.screenshot({ path: "test-results/coverage.png", fullPage: true });

  await page.getByTestId("parts").getByRole("link", { name: township.division.name, exact: true }).click();
  await expectFigures(page, township);
  await page.getByTestId("parts").getByRole("link", { name: village.division.name, exact: true }).click();
  await expect(page.getByRole("heading", { name: village.division.name, exact: true })).toBeVisible();
  await expectTotal(page, village);

  const [met] = await server.list(village.division.id, "reached");
  if (!met) throw new Error("nobody was reached in the village with the most people met");
  await page.getByText(/^已遍访 [\d,]+$/).click();
  await page.getByTestId("people").getByRole("link", { name: met.name, exact: true }).first().click();
  await expect(page.getByTestId("visit").first()).toBeVisible();
  await page.goBack();
  await expect(page.getByTestId("people")).toBeVisible();
});

test("every figure of the county opens as many people as it says", { tag: COUNTY }, async ({ page, server }) => {
  const county = await server.get("/api/v1/coverage");
  const most = 3;
  await signIn(page);
  for (const which of [
    "denominator",
    "reached",
    "in_person",
    "remote",
    "family",
    "unreviewed",
    "assumed",
    "tried",
    "not_yet",
  ] as const) {
    const value = county.total[which];
    if (value === 0) continue;
    await page.getByTestId("cards").locator(`[data-figure=${which}]`).click();
    const rows = page.getByTestId("people").locator("tbody tr[data-row-key]");
    await expect(rows).toHaveCount(Math.min(value, 100));
    // A hundred a page; a long list is followed for some pages, and to its end where that is near.
    for (let pages = 1; pages < most && pages * 100 < value; pages++) {
      await page.getByRole("button", { name: "加载更多" }).click();
      await expect(rows).toHaveCount(Math.min(value, (pages + 1) * 100));
    }
    if (value <= most * 100) await expect(page.getByText(`共 ${written(value)} 人`)).toBeVisible();
    await page.getByRole("link", { name: "走访覆盖" }).click();
    await expect(page.getByTestId("cards")).toBeVisible();
  }
});

test("figure in a row opens the list of that division", { tag: COUNTY }, async ({ page, server }) => {
  const [, township] = await server.way();
  const { id, name } = township.division;
  await signIn(page);
  await page.locator(`[data-row-key="${id}"] [data-figure=in_person]`).click();
  await expect(page.getByRole("heading", { name: `${name} · 见面名单` })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`division=${id}.*which=in_person`));
  const rows = page.getByTestId("people").locator("tbody tr[data-row-key]");
  await expect(rows).toHaveCount(Math.min(township.total.in_person, 100));
});

test("another window asks the server anew and stands in the address", { tag: COUNTY }, async ({ page, server }) => {
  await signIn(page);
  await expect(page.getByTestId("cards")).toBeVisible();
  const year = Number(new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 4)) - 1;
  const window = { from: `${year}-01-01`, to: `${year}-12-31` };
  await page.getByText("去年", { exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`from=${window.from}&to=${window.to}`));
  const last = await server.get("/api/v1/coverage", window);
  await expectTotal(page, last);
  // Everybody of the demo was entered this year: last year's denominator says so, and whom it means.
  expect(last.total.entered_after).toBeGreaterThan(0);
  const told = page.getByTestId("entered-after");
  await expect(told).toContainText(`${written(last.total.entered_after)} 人是 ${window.to} 以后才录入的`);
  await page.screenshot({ path: "test-results/coverage-entered-after.png", fullPage: true });
  await told.locator(".figure").click();
  const rows = page.getByTestId("people").locator("tbody tr[data-row-key]");
  await expect(rows).toHaveCount(Math.min(last.total.entered_after, 100));
  await page.getByRole("link", { name: "走访覆盖" }).click();
  await expect(page.getByTestId("cards")).toBeVisible();
  await expect(told).toHaveCount(0);
});

test("villages that have not synchronized stand beside the figures", async ({ page, server }) => {
  const { rows } = await server.get("/api/v1/coverage/behind");
  await signIn(page);
  await expect(page.getByTestId("cards")).toBeVisible();
  const notice = page.getByTestId("behind");
  if (rows.length === 0) {
    await expect(notice).toHaveCount(0);
    return;
  }
  await expect(notice).toContainText(`${rows.length} 个村`);
  await notice.getByText("超过 3 天没有同步").click();
  await expect(notice.getByRole("listitem")).toHaveCount(rows.length);
});

test("division out of reach is told without a trace of it", async ({ page }) => {
  await signIn(page, "/coverage?division=00000000-0000-7000-8000-000000000000");
  await expect(page.getByText("没有找到")).toBeVisible();
});
