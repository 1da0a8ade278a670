// 规则: changed from a day on, refused where it is none, and changed back.
import { expect, signIn, test } from "./demo";

test("rule is set from a day on and changed back", async ({ page, server }) => {
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
