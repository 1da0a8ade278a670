// 规则: changed from a day on, refused where it is none, and changed back.
import { ALONE, expect, signIn, test } from "./demo";

test("rule is set from a day on and changed back", { tag: ALONE }, async ({ page, server }) => {
  await signIn(page, "/rules");
  const card = page.getByTestId("rule-REVIEW");
  await expect(card).toContainText("自动通过的天数");
  const auto = async () => {
    const rules = await server.get("/api/v1/rules");
    const today = rules.find((rule) => rule.name === "REVIEW")?.today as Record<string, number> | undefined;
    return today?.auto_days;
  };
  const before = await auto();
  await card.getByRole("button", { name: /^修\s*改$/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("自动通过的天数").fill("12");
  await page.screenshot({ path: "test-results/rule-dialog.png" });
  await dialog.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card).toContainText("12");
  expect(await auto()).toBe(12);
  await page.screenshot({ path: "test-results/rules.png", fullPage: true });
  await card.getByRole("button", { name: "改回这一版" }).first().click();
  await dialog.getByLabel("自动通过的天数").fill(String(before));
  await dialog.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(dialog).toHaveCount(0);
  expect(await auto()).toBe(before);
});

test("bureau says which categories are asked about, and nobody else is in the figures", { tag: ALONE }, async ({
  page,
  server,
}) => {
  await signIn(page, "/rules");
  const owed = async () => (await server.get("/api/v1/coverage")).total;
  const before = await owed();
  const card = page.getByTestId("rule-COVERAGE");
  await expect(card).toContainText("全部对象");
  const dialog = page.getByRole("dialog");
  await card.getByRole("button", { name: /^修\s*改$/ }).click();
  await dialog.getByLabel("应访哪些类别的人").fill("退役士兵");
  await page.locator('.ant-select-item-option[title="退役士兵"]').click();
  await page.keyboard.press("Escape");
  await page.screenshot({ path: "test-results/rule-categories.png" });
  await dialog.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card).not.toContainText("全部对象");
  await expect(card).toContainText("退役士兵");
  const only = await server.get("/api/v1/coverage", { category: "DISCHARGED_SOLDIER" });
  const after = await owed();
  expect(after.denominator).toBe(only.total.denominator);
  expect(after.denominator).toBeLessThan(before.denominator);
  expect(after.reached + after.outside).toBe(before.reached + before.outside);
  await card.getByRole("button", { name: /^修\s*改$/ }).click();
  await dialog
    .locator(".ant-select-selection-item", { hasText: "退役士兵" })
    .locator(".ant-select-selection-item-remove")
    .click();
  await dialog.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card).toContainText("全部对象");
  expect(await owed()).toEqual(before);
});

test("bureau says which methods reach somebody, and what a must-visit asks for", { tag: ALONE }, async ({
  page,
  server,
}) => {
  await signIn(page, "/rules");
  const methods = async () => {
    const rules = await server.get("/api/v1/rules");
    const today = rules.find((rule) => rule.name === "COVERAGE")?.today as { methods: string[] } | undefined;
    return today?.methods;
  };
  const card = page.getByTestId("rule-COVERAGE");
  await expect(card).toContainText("入户、电话、视频");
  expect(await methods()).not.toContain("RELATIVE");
  const dialog = page.getByRole("dialog");
  await card.getByRole("button", { name: /^修\s*改$/ }).click();
  await dialog.getByLabel("哪些方式算已访").click();
  await page.locator(".ant-select-item-option", { hasText: "亲属转达" }).click();
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card).toContainText("来站、亲属转达");
  expect(await methods()).toContain("RELATIVE");
  // The dialog begins with what holds now, and what was chosen can be taken out by its tag.
  await card.getByRole("button", { name: /^修\s*改$/ }).click();
  await expect(dialog).toContainText("亲属转达");
  await page.screenshot({ path: "test-results/rule-methods.png" });
  await dialog
    .locator(".ant-select-selection-item", { hasText: "亲属转达" })
    .locator(".ant-select-selection-item-remove")
    .click();
  await dialog.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card).not.toContainText("亲属转达");
  expect(await methods()).not.toContain("RELATIVE");
  const must = page.getByTestId("rule-MUST");
  await expect(must).toContainText("入户走访一次");
  await must.getByRole("button", { name: /^修\s*改$/ }).click();
  await expect(dialog.getByLabel("方式").first()).toBeVisible();
  await page.screenshot({ path: "test-results/rule-must.png" });
});
