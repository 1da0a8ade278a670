// Filters of coverage: the figures and the lists behind them are of the people and contacts that are asked for, and say so.
import type { Page } from "playwright/test";
import { COUNTY, expect, signIn, test, written } from "./demo";

async function choose(page: Page, label: string, option: string) {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator(`.ant-select-item-option[title="${option}"]`).click();
}

test("figures are of the category, work and method that are chosen, down to the list", { tag: COUNTY }, async ({
  page,
  server,
}) => {
  const all = (await server.get("/api/v1/coverage")).total;
  const asked = { category: "DISCHARGED_SOLDIER", method: "HOME" };
  const some = (await server.get("/api/v1/coverage", asked)).total;
  expect(some.denominator, "the filter makes a difference").toBeLessThan(all.denominator);
  expect(some.reached).toBeGreaterThan(0);
  const words = await server.get("/api/v1/codes");
  const word = (table: string, code: string) =>
    words.find((one) => one.table === table)?.items.find((item) => item.code === code)?.name ?? "?";

  await signIn(page, "/coverage");
  const cards = page.getByTestId("cards");
  await expect(cards.locator("[data-figure=denominator]")).toHaveText(written(all.denominator));
  await expect(page.getByTestId("filtered")).toHaveCount(0);
  await choose(page, "人员类别", word("CATEGORY", "DISCHARGED_SOLDIER"));
  await choose(page, "走访方式", word("METHOD", "HOME"));
  await expect(page).toHaveURL(/category=DISCHARGED_SOLDIER&method=HOME/);
  await expect(cards.locator("[data-figure=denominator]")).toHaveText(written(some.denominator));
  await expect(cards.locator("[data-figure=reached]")).toHaveText(written(some.reached));
  const told = page.getByTestId("filtered");
  await expect(told).toContainText(`只统计类别为“${word("CATEGORY", "DISCHARGED_SOLDIER")}”的人`);
  await expect(told).toContainText(`方式为“${word("METHOD", "HOME")}”`);
  await expect(cards).toContainText("没有符合筛选的联系");
  await page.screenshot({ path: "test-results/coverage-filter.png", fullPage: true });

  await cards.locator("[data-figure=reached]").click();
  await expect(page).toHaveURL(/category=DISCHARGED_SOLDIER&method=HOME&which=reached/);
  await expect(told).toBeVisible();
  const list = await server.get("/api/v1/coverage/people", { ...asked, which: "reached" });
  const rows = page.getByTestId("people").locator("tbody tr[data-row-key]");
  await expect(rows).toHaveCount(list.rows.length);
  const shown = await rows.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row-key")));
  expect(shown).toEqual(list.rows.map((row) => row.person));

  await page.getByRole("button", { name: "清除筛选" }).click();
  await expect(told).toHaveCount(0);
  await expect(page).not.toHaveURL(/category/);
  await expect(page.getByText(`已遍访 ${written(all.reached)}`)).toBeVisible();
});

test("kind of work that nobody was visited for leaves everybody open, and clears again", { tag: COUNTY }, async ({
  page,
  server,
}) => {
  const all = (await server.get("/api/v1/coverage")).total;
  const works = (await server.get("/api/v1/codes")).find((one) => one.table === "WORK_TYPE")?.items ?? [];
  const figures = await Promise.all(
    works.map(async ({ code }) => (await server.get("/api/v1/coverage", { work_type: code })).total),
  );
  const none = works[figures.findIndex((total) => total.reached === 0 && total.tried === 0)];
  await signIn(page, `/coverage?work_type=${none?.code}`);
  const cards = page.getByTestId("cards");
  await expect(cards.locator("[data-figure=not_yet]")).toHaveText(written(all.denominator));
  await expect(page.getByTestId("filtered")).toContainText(`工作内容为“${none?.name}”`);
  await page.getByRole("button", { name: "清除筛选" }).click();
  await expect(cards.locator("[data-figure=not_yet]")).toHaveText(written(all.not_yet));
});
