// 荣誉主体 at the desk: entered for a family found by name, found again, corrected, seen on the family's page, taken out and back.
import { expect, signIn, test } from "./demo";

test("a serving soldier is entered, corrected, and taken out with a reason", async ({ page, server }) => {
  const family = await server.home(`军属${Date.now() % 100_000}`);
  const name = `军人${Date.now() % 100_000}`;
  await signIn(page, "/basis-persons");
  const table = page.getByTestId("basis-persons");
  await expect(table.locator("tbody tr[data-row-key]").first()).toBeVisible();
  await page.screenshot({ path: "test-results/basis-persons.png" });

  await page.getByRole("button", { name: "登记荣誉主体" }).click();
  const dialog = page.getByRole("dialog", { name: "登记荣誉主体" });
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  await expect(dialog).toContainText("请填写姓名");
  await dialog.getByLabel("姓名", { exact: true }).fill(name);
  await dialog.getByLabel("入伍时间").fill("2024");
  await dialog.getByLabel("入伍时间").fill("去年");
  await expect(dialog).toContainText("写成 2023-09");
  await dialog.getByLabel("入伍时间").fill("2024-09");
  await dialog.getByLabel("从名册中查找家属").fill(family.name);
  await page.locator(".ant-select-item-option", { hasText: family.address }).first().click();
  await dialog.getByLabel(`${family.name}是其`).fill("父亲");
  await page.screenshot({ path: "test-results/basis-person-form.png" });
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  const shown = page.getByTestId("basis-person");
  await expect(shown).toContainText(`${family.name}（父亲）`);
  const id = new URL(page.url()).searchParams.get("basis") ?? "";
  const entered = await server.basisPerson(id);
  expect(entered.row).toMatchObject({ name, basis: "SERVING", enlisted: "2024-09" });
  expect(entered.row.household?.id).toBe(family.household);

  await shown.getByRole("button", { name: /更\s*正/ }).click();
  const again = page.getByRole("dialog", { name: "更正荣誉主体" });
  await expect(again.getByLabel(`${family.name}是其`)).toHaveValue("父亲");
  await again.getByLabel(`${family.name}是其`).fill("叔父");
  await again.getByLabel("入伍时间").fill("2024-03");
  await again.getByRole("button", { name: /更\s*正/ }).click();
  await expect(shown).toContainText(`${family.name}（叔父）`);
  const corrected = await server.basisPerson(id);
  expect(corrected.row.relations.map((one) => one.relation)).toEqual(["叔父"]);
  expect(corrected.row.enlisted).toBe("2024-03");
  await page.screenshot({ path: "test-results/basis-person.png" });

  await page.goto(`${new URL(page.url()).origin}/households/${family.household}`);
  const card = page.getByTestId("home-basis");
  await expect(card).toContainText(name);
  await card.getByRole("button", { name }).click();
  await shown.getByRole("button", { name: "登记错了，作废" }).click();
  const question = page.getByRole("dialog", { name: `作废：${name}` });
  await question.getByLabel("作废原因").fill("同名的另一家");
  await question.getByRole("button", { name: /作\s*废/ }).click();
  await expect(shown).toContainText("已作废：同名的另一家");
  await expect(card).not.toContainText(name);
  await shown.getByRole("button", { name: /恢\s*复/ }).click();
  await page
    .getByRole("dialog", { name: `恢复：${name}` })
    .getByRole("button", { name: /恢\s*复/ })
    .click();
  await expect(card).toContainText(name);
});
