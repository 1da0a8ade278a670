// 登记喜报 at the desk: a letter for a family found by name, its correction, a number that is there already, and taking back.
import type { Page } from "playwright/test";
import { expect, signIn, test } from "./demo";

async function choose(page: Page, label: string, option: string) {
  await page.getByRole("dialog").getByLabel(label).click();
  await page.locator(".ant-select-item-option", { hasText: option }).first().click();
}

async function begin(page: Page, soldier: string, notice: string) {
  await page.getByRole("button", { name: "登记喜报" }).click();
  const dialog = page.getByRole("dialog", { name: "登记喜报" });
  await dialog.getByLabel("立功军人").fill(soldier);
  await choose(page, "奖励类别", "二等功");
  await choose(page, "喜报来源", "部队寄送");
  await dialog.getByLabel("通知书编号").fill(notice);
  return dialog;
}

test("letter is entered for a family found by name, corrected, and taken back", async ({ page, server }) => {
  const home = await server.home(`喜报户${Date.now() % 100_000}`);
  const notice = `立字${Date.now()}`;
  await signIn(page, "/letters");
  const dialog = await begin(page, "喜报军人甲", notice);
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  await expect(dialog).toContainText("请选择送达地");
  await dialog.getByLabel("从名册中查找家属或同户的人").fill(home.name);
  await page.locator(".ant-select-item-option", { hasText: home.address }).first().click();
  await expect(dialog.getByLabel("家庭住址")).toHaveValue(home.address);
  await expect(dialog.getByText(home.division.name, { exact: true }).first()).toBeVisible();
  await dialog.getByLabel("与军人关系").fill("父亲");
  await dialog.getByText("义务兵", { exact: true }).click();
  await dialog.getByLabel("奖励金（元）").fill("5000");
  await dialog.getByLabel("收到日期").fill("2026-02-03");
  await dialog.getByLabel("收到日期").press("Enter");
  await page.screenshot({ path: "test-results/letter-form.png" });
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  const shown = page.getByTestId("letter");
  await expect(shown).toContainText("应由县级以上会同人武部送达");
  const id = new URL(page.url()).searchParams.get("letter") ?? "";
  const letter = await server.letter(id);
  expect(letter.row).toMatchObject({ soldier: "喜报军人甲", level: "SECOND", received_on: "2026-02-03" });
  expect(letter.row.division?.id).toBe(home.division.id);
  expect(letter.fields).toMatchObject({
    household: home.household,
    family_name: home.name,
    relation: "父亲",
    conscript: true,
    award_fen: 500_000,
    notice_no: notice,
  });
  await page.screenshot({ path: "test-results/letter.png" });

  await shown.getByRole("button", { name: /更\s*正/ }).click();
  const again = page.getByRole("dialog", { name: "更正喜报" });
  await expect(again.getByLabel("立功军人")).toHaveValue("喜报军人甲");
  await again.getByLabel("立功军人").fill("喜报军人乙");
  await again.getByText("义务兵", { exact: true }).click();
  await again.getByRole("button", { name: /更\s*正/ }).click();
  await expect(again).toHaveCount(0);
  await expect(page.getByText("喜报军人乙的喜报")).toBeVisible();
  const amended = await server.letter(id);
  expect(amended.row.soldier).toBe("喜报军人乙");
  expect(amended.fields).toMatchObject({ household: home.household, award_fen: 500_000, notice_no: notice });
  expect((amended.fields as { conscript?: boolean | null }).conscript ?? false).toBe(false);

  await shown.getByRole("button", { name: "登记错了，作废" }).click();
  const wrong = page.getByRole("dialog", { name: /^作废：/ });
  await wrong.getByLabel("作废原因").fill("登记到别的县了");
  await wrong.getByRole("button", { name: /作\s*废/ }).click();
  await expect(shown).toContainText("已作废：登记到别的县了");
  expect((await server.letter(id)).fields).toMatchObject({ removed: "登记到别的县了" });
  expect((await server.get("/api/v1/letters")).rows.some((row) => row.id === id)).toBe(false);
});

test("notice number that is there already is told, for a family outside the register", async ({ page, server }) => {
  const notice_no = `演字${Date.now()}`;
  const first = await server.merit("喜报军人丁", { notice_no });
  const { parts } = await server.get("/api/v1/plaques/figures");
  const township = parts.find((part) => part.division.level === "TOWNSHIP")?.division.name ?? "?";
  await signIn(page, "/letters");
  const dialog = await begin(page, "喜报军人丙", notice_no);
  await choose(page, "乡镇", township);
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  const shown = page.getByTestId("letter");
  await expect(shown).toContainText("同一通知书编号已有一份：喜报军人丁");
  await page.screenshot({ path: "test-results/letter-twin.png" });
  const id = new URL(page.url()).searchParams.get("letter") ?? "";
  const letter = await server.letter(id);
  expect(letter.twins.map((twin) => twin.id)).toEqual([first]);
  expect(letter.row.division?.name).toBe(township);
});
