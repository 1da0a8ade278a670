// 复核: a visit that found a wrong address waits here, is given back only with what to mend, or accepted.
import { expect, signIn, test } from "./demo";

test("visit that must be looked at is listed, given back with a comment or accepted", async ({ page, server }) => {
  const person = await server.evidenced();
  for (const at of [1, 2]) {
    const entries = [{ person: person.id, result: "WRONG_ADDRESS" }];
    const fields = { at: Date.now() - at * 7_200_000, method: "HOME", work_types: ["ROUND"], entries };
    await server.record({ kind: "contact", act: "record", fields });
  }
  const { rows } = await server.get("/api/v1/review");
  expect(rows.length).toBeGreaterThan(1);
  await signIn(page, "/review");
  const lines = page.getByTestId("review").locator("tbody tr[data-row-key]");
  await expect(lines).toHaveCount(rows.length);
  await expect(lines.first()).toContainText(rows[0]?.zh ?? "");
  await page.screenshot({ path: "test-results/review.png", fullPage: true });

  await lines.first().getByRole("button", { name: "审核通过" }).press("Enter");
  await expect(lines).toHaveCount(rows.length - 1);
  await lines
    .first()
    .getByRole("button", { name: /退\s*回/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "确定退回" }).click();
  await expect(dialog).toContainText("请写明需要更正什么");
  await dialog.getByLabel("需要更正什么").fill("请写明新地址");
  await dialog.getByRole("button", { name: "确定退回" }).click();
  await expect(lines).toHaveCount(rows.length - 2);
  expect((await server.get("/api/v1/review")).rows.length).toBe(rows.length - 2);
});
