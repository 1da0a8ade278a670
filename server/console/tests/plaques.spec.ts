// 光荣牌: who has one and why, what the store holds, requests that wait for an opinion.
import { ALONE, COUNTY, expect, signIn, test } from "./demo";

test("households stand by state with the reason, and search finds one", { tag: COUNTY }, async ({ page, server }) => {
  const all = await server.get("/api/v1/plaques");
  const hung = all.counts.find((one) => one.state === "HUNG");
  expect(hung?.count, "the demo hangs plaques").toBeGreaterThan(0);
  await signIn(page, "/plaques");
  const table = page.getByTestId("plaques");
  await expect(table.locator("tbody tr[data-row-key]").first()).toBeVisible();
  await page.getByText(`已悬挂 ${hung?.count}`, { exact: true }).click();
  await expect(page).toHaveURL(/state=HUNG/);
  const rows = await server.get("/api/v1/plaques", { state: "HUNG" });
  await expect(table.locator("tbody tr[data-row-key]")).toHaveCount(rows.rows.length);
  await expect(table).toContainText(rows.rows[0]?.why_text ?? "?");
  await page.screenshot({ path: "test-results/plaques.png" });
  await page.getByLabel("查找户").fill(rows.rows[0]?.head_name ?? "");
  await expect(page).toHaveURL(/search=/);
  await expect(table.locator("tbody tr[data-row-key]").first()).toContainText(rows.rows[0]?.head_name ?? "?");
});

test("lot that arrives is in the store, and the figures balance", { tag: ALONE }, async ({ page, server }) => {
  const before = (await server.get("/api/v1/plaques/figures")).figures;
  await signIn(page, "/plaques?tab=stock");
  await expect(page.getByTestId("lots").locator("tbody tr[data-row-key]").first()).toBeVisible();
  await page.getByRole("button", { name: "登记入库" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^入\s*库$/ }).click();
  await expect(dialog).toContainText("请填写到货数量");
  await dialog.getByLabel("数量").fill("25");
  await dialog.getByRole("button", { name: /^入\s*库$/ }).click();
  await expect(dialog).toHaveCount(0);
  await page.screenshot({ path: "test-results/plaque-stock.png", fullPage: true });
  const after = (await server.get("/api/v1/plaques/figures")).figures;
  expect(after.store_end).toBe((before.store_end ?? 0) + 25);
});

test("request gets the next opinion and its form is printed", async ({ page, server }) => {
  const { household, name } = await server.home(`申请户${Date.now() % 100_000}`);
  const asked = { household, ask: "NEW", applicant: name, reason: "新退役", at: Date.now() - 120_000 };
  const request = (await server.record({ kind: "plaque_request", act: "record", fields: asked })).target;
  const agreed = { request, step: "VILLAGE_OK", opinion: "情况属实", at: Date.now() - 60_000 };
  await server.record({ kind: "plaque_request_step", act: "record", fields: agreed });
  await signIn(page, "/plaques?tab=requests");
  const row = page.getByTestId("requests").locator(`tbody tr[data-row-key="${request}"]`);
  await expect(row).toContainText("村（社区）已同意");
  await page.screenshot({ path: "test-results/plaque-requests.png" });
  await row.getByRole("button", { name: "乡镇同意" }).click();
  await page.getByRole("dialog").getByLabel("意见").fill("同意悬挂");
  await page.getByRole("dialog").getByRole("button", { name: "乡镇同意" }).click();
  await expect(row).toContainText("乡镇（街道）已同意");
  const opened = page.waitForEvent("popup");
  await row.getByRole("button", { name: "申请表" }).click();
  await expect((await opened).locator("body")).toContainText("同意悬挂");
});
