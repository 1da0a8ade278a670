// 单位 at the desk: entered with a telephone that stays masked, found by kind, corrected, taken out with a reason.
import { expect, signIn, test } from "./demo";

test("a unit is entered, its telephone masked, corrected and taken out", async ({ page, server }) => {
  const [, , village] = await server.way();
  const name = `演示工厂${Date.now() % 100_000}`;
  await signIn(page, "/units");
  const table = page.getByTestId("units");
  await expect(table.locator("tbody tr[data-row-key]").first()).toBeVisible();
  await page.screenshot({ path: "test-results/units.png" });
  await page.getByRole("button", { name: "登记单位" }).click();
  const dialog = page.getByRole("dialog", { name: "登记单位" });
  await dialog.getByLabel("名称").fill("61234部队");
  await dialog.getByLabel("所在区划").fill(village.division.name);
  await page.locator(".ant-select-tree-title", { hasText: village.division.name }).first().click();
  await dialog.getByLabel("联系电话").fill("13900002345");
  await dialog.getByLabel("用人需求").fill("保安两名");
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  await expect(dialog.getByRole("alert"), "no designation is kept anywhere").toContainText("番号");
  await dialog.getByLabel("名称").fill(name);
  await page.screenshot({ path: "test-results/unit-form.png" });
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  const shown = page.getByTestId("unit");
  await expect(shown).toContainText("保安两名");
  await expect(shown).not.toContainText("13900002345");
  const id = new URL(page.url()).searchParams.get("unit") ?? "";
  expect((await server.unit(id)).row).toMatchObject({ name, unit_kind: "EMPLOYER", hiring: "保安两名" });

  await shown.getByRole("button", { name: /更\s*正/ }).click();
  const again = page.getByRole("dialog", { name: "更正单位" });
  await again.getByLabel("联系人", { exact: true }).fill("钱厂长");
  await again.getByLabel("用人需求").fill("");
  await again.getByRole("button", { name: /更\s*正/ }).click();
  await expect(shown).toContainText("钱厂长");
  const corrected = (await server.unit(id)).row;
  expect(corrected.hiring ?? null).toBeNull();
  expect(corrected.contact_phone.length).toBe(1);

  await shown.getByRole("button", { name: /撤\s*下/ }).click();
  const question = page.getByRole("dialog", { name: `撤下：${name}` });
  await question.getByLabel("撤下原因").fill("停产");
  await question.getByRole("button", { name: /撤\s*下/ }).click();
  await expect(shown).toContainText("已撤下：停产");
  await expect(table).not.toContainText(name);
});

test("a division is asked for once the tree is here, and opens where its name was typed", async ({ page, server }) => {
  const [, , village] = await server.way();
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  await page.route("**/api/v1/divisions*", async (route) => {
    await given;
    await route.continue();
  });
  await signIn(page, "/units");
  await page.getByRole("button", { name: "登记单位" }).click();
  const box = page.getByRole("dialog", { name: "登记单位" }).getByLabel("所在区划");
  await expect(box).toBeDisabled();
  give();
  await box.fill(village.division.name);
  await expect(page.locator(".ant-select-tree-title", { hasText: village.division.name }).first()).toBeVisible();
});
