// What waits for a reviewer: the second plaque and the twice changed address of the demo, settled from the page.
import { expect, signIn, test } from "./demo";

test("held work is listed with its reason, settled and counted from then on", async ({ page, server }) => {
  const { rows } = await server.get("/api/v1/holding");
  const held = rows.filter((row) => row.why === "HELD");
  expect(held.length, "the demo hangs one plaque twice").toBeGreaterThan(0);
  await signIn(page, "/queue");
  const table = page.getByTestId("holding");
  await expect(table.locator("tbody tr[data-row-key]")).toHaveCount(rows.length);
  await expect(table).toContainText(held[0]?.zh ?? "");
  await page.screenshot({ path: "test-results/queue.png", fullPage: true });

  const conflict = rows.filter((row) => row.why === "CONFLICT");
  expect(conflict.length, "two phones gave one household two addresses").toBeGreaterThan(0);
  const row = table.locator("tbody tr[data-row-key]").filter({ hasText: "两处改动不同" }).first();
  await row.getByRole("button", { name: "不采用" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "确定不采用" }).click();
  await expect(dialog).toContainText("请写明怎么核实的");
  await dialog.getByLabel("怎么核实的").fill("打电话问过本人");
  await page.screenshot({ path: "test-results/queue-dialog.png" });
  await dialog.getByRole("button", { name: "确定不采用" }).click();
  await expect(table.locator("tbody tr[data-row-key]")).toHaveCount(rows.length - 1);
  const after = await server.get("/api/v1/holding");
  expect(after.rows.filter((row) => row.why === "CONFLICT").length).toBe(conflict.length - 1);
});

test("case is settled with how and opened again", async ({ page, server }) => {
  const open = (await server.get("/api/v1/cases")).rows.length;
  expect(open).toBeGreaterThan(0);
  await signIn(page, "/queue?tab=cases");
  const rows = page.getByTestId("cases").locator("tbody tr[data-row-key]");
  await expect(rows).toHaveCount(open);
  const first = (await rows.first().getAttribute("data-row-key")) ?? "";
  await rows
    .first()
    .getByRole("button", { name: /了\s*结/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("怎么核实的").fill("到户看过，只挂一块");
  await dialog.getByRole("button", { name: /了\s*结/ }).click();
  await expect(rows).toHaveCount(open - 1);
  await page.getByText("已了结").click();
  const settled = page.getByTestId("cases").locator(`tbody tr[data-row-key="${first}"]`);
  await expect(settled).toContainText("到户看过，只挂一块");
  await settled.getByRole("button", { name: "重新打开" }).click();
  await dialog.getByLabel("怎么核实的").fill("再核一次");
  await dialog.getByRole("button", { name: "重新打开" }).click();
  await expect(settled).toHaveCount(0);
  expect((await server.get("/api/v1/cases")).rows.length).toBe(open);
});

test("plaque where nobody is entitled is asked about with the household's page behind it", async ({ page, server }) => {
  const [, , village] = await server.way();
  const place = village.division.id;
  const home = await server.record({
    kind: "household",
    act: "record",
    fields: { division: place, address: "核对路1号", head_name: "周无依" },
  });
  const fields = { household: home.target, categories: ["DISABLED_MILITIA"], register: "ACTIVE" };
  await server.draft("周无依", fields);
  const event = { household: home.target, event: "NEW", at: Date.now() - 60_000, position: "GATE", hanger: "王干事" };
  await server.record({ kind: "plaque_event", act: "record", fields: { ...event, no_signature: "不便" } });
  await signIn(page, "/queue?tab=cases");
  const row = page.getByTestId("cases").locator("tbody tr[data-row-key]").filter({ hasText: "悬挂资格" });
  await expect(row).toHaveCount(1);
  await page.screenshot({ path: "test-results/case-ground.png", fullPage: true });
});
