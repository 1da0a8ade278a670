// 喜报: letters by where they stand; a step is taken at the desk and shows at once.
import { ALONE, expect, signIn, test } from "./demo";

test("letters stand by state, a warning is shown, and a step is taken", { tag: ALONE }, async ({ page, server }) => {
  const registered = await server.merit(`喜报军人${Date.now() % 100_000}`);
  const step = { letter: registered, step: "REGISTERED", at: Date.now() };
  await server.record({ kind: "letter_step", act: "record", fields: step });
  const all = (await server.get("/api/v1/letters")).rows;
  expect(
    all.some((row) => row.warnings.length > 0),
    "one was delivered by a lower level",
  ).toBe(true);
  expect(all.find((row) => row.id === registered)?.state).toBe("REGISTERED");
  await signIn(page, "/letters");
  const table = page.getByTestId("letters");
  await expect(table.locator("tbody tr[data-row-key]")).toHaveCount(all.length);
  await page.screenshot({ path: "test-results/letters.png" });
  const { total, parts } = await server.get("/api/v1/letters/figures");
  const delivered = page.getByTestId("letters-delivered");
  await expect(delivered.locator("tbody tr[data-row-key]")).toHaveCount(
    parts.filter((part) => part.figures.delivered > 0).length,
  );
  await expect(delivered.locator("tfoot")).toContainText(`合计${total.delivered}`);
  const row = table.locator(`tbody tr[data-row-key="${registered}"]`);
  await row.getByRole("button", { name: /核\s*实/ }).click();
  await page.getByRole("dialog").getByLabel("怎么核实的").fill("村里打电话问过家属");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /核\s*实/ })
    .click();
  await expect(row).toContainText("已核实");
  await page.getByText("已核实", { exact: true }).first().click();
  await expect(page).toHaveURL(/state=VERIFIED/);
  const verified = (await server.get("/api/v1/letters", { state: "VERIFIED" })).rows;
  await expect(table.locator("tbody tr[data-row-key]")).toHaveCount(verified.length);
  await expect(row).toBeVisible();
  await page.getByLabel("查找喜报").fill("没有这个人");
  await expect(table).toContainText("没有找到");
});
