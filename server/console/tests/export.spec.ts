// 导出: the dialog of a division gives its ledgers as files, masked until right and reason are there.
import { readFileSync } from "node:fs";
import type { Page } from "playwright/test";
import { expect, signIn, test } from "./demo";

async function open(page: Page, division: string) {
  await signIn(page, `/coverage?division=${division}`);
  await page.getByRole("button", { name: /导\s*出/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Presses 导出 in the dialog; the file's name and bytes. */
async function take(page: Page): Promise<[string, Buffer]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("dialog")
      .getByRole("button", { name: /导\s*出/ })
      .click(),
  ]);
  return [download.suggestedFilename(), readFileSync(await download.path())];
}

test("roster of a village comes as a CSV of its people, masked", async ({ page, server }) => {
  const village = await server.quiet();
  const dialog = await open(page, village.division.id);
  await expect(dialog).toContainText(village.division.name);
  await dialog.getByLabel("CSV").check();
  const [name, bytes] = await take(page);
  expect(name).toMatch(/^退役军人花名册_.+_\d{8}\.csv$/);
  const lines = bytes
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trim()
    .split("\r\n");
  expect(lines[0]).toMatch(/^序号,姓名,性别,民族,身份证号码,/);
  expect(lines.length - 1).toBe(village.total.denominator);
  expect(bytes.toString("utf8")).not.toMatch(/\d{17}[\dX]/);
  await expect(dialog).toBeHidden();
});

test("list for printing is a workbook and has no CSV", async ({ page, server }) => {
  const [, , village] = await server.way();
  const dialog = await open(page, village.division.id);
  await dialog.getByLabel("台账").click();
  await page.locator(".ant-select-dropdown").getByTitle("走访名单（打印）", { exact: true }).click();
  await expect(dialog.getByLabel("CSV")).toHaveCount(0);
  const [name, bytes] = await take(page);
  expect(name).toMatch(/^走访名单_.+\.xlsx$/);
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
});

test("full numbers need a reason", async ({ page, server }) => {
  const [, , village] = await server.way();
  const dialog = await open(page, village.division.id);
  await dialog.getByLabel("CSV").check();
  await dialog.getByLabel(/完整身份证号/).check();
  await dialog.getByRole("button", { name: /导\s*出/ }).click();
  await expect(dialog).toContainText("请写明导出事由");
  await dialog.getByLabel("导出事由").fill("年度核对");
  await page.screenshot({ path: "test-results/export.png" });
  const [name, bytes] = await take(page);
  expect(name).toContain("_完整");
  expect(bytes.toString("utf8")).toMatch(/\d{17}[\dX]/);
});
