// 投诉建议: what waits for the county is found from the account's menu, opened, and answered where it stands.
import { expect, signIn, test } from "./demo";

test("one is found, opened and answered, and asks for the words of the answer", async ({ page, server }) => {
  const words = `同一张表填三遍${Date.now() % 1_000_000}`;
  const [county] = await server.way();
  const fields = { division: county.division.id, suggestion_type: "COMPLAINT", words, at: Date.now(), unnamed: true };
  const { target } = await server.record({ kind: "suggestion", act: "record", fields });
  await signIn(page);
  await page.locator(".bar-account").click();
  await page.getByRole("menuitem", { name: "投诉建议" }).click();
  await page.getByLabel("查找投诉建议").fill(words);
  const row = page.getByTestId("suggestions").locator(`tbody tr[data-row-key="${target}"]`);
  await expect(row).toContainText("匿名");
  await expect(row).toContainText("已提交");
  await row.click();
  const steps = page.getByTestId("suggestion-steps");
  await steps.getByRole("button", { name: /答\s*复/ }).click();
  const dialog = page.getByRole("dialog", { name: "答复投诉建议" });
  await dialog.getByRole("button", { name: /答\s*复/ }).click();
  await expect(dialog).toContainText("请写明答复");
  await dialog.getByLabel("答复", { exact: true }).fill("下月起只填一张");
  await dialog.getByRole("button", { name: /答\s*复/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(steps).toContainText("下月起只填一张");
  await expect(row).toContainText("已答复");
  await page.screenshot({ path: "test-results/suggestions.png" });
  const { steps: told, row: now } = await server.get(`/api/v1/suggestions/${target}` as "/api/v1/suggestions/{id}");
  expect([now.state, now.by, told.length]).toEqual(["ANSWERED", null, 1]);
});
