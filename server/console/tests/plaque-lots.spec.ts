// Lots: part of one goes down to a township and part of that comes back, and the figures of each follow.
import { ALONE, expect, type Server, signIn, test } from "./demo";

const figure = (figures: Record<string, number>, key: string) => figures[key] ?? 0;

async function stands(server: Server, division: string) {
  const { figures, parts } = await server.get("/api/v1/plaques/figures");
  const part = parts.find((part) => part.division.id === division)?.figures ?? {};
  return {
    county: figure(figures, "store_end"),
    township: figure(part, "store_end"),
    moved: figure(part, "store_moved"),
  };
}

test("part of a lot goes to a township and comes back, and no plaque is lost on the way", { tag: ALONE }, async ({
  page,
  server,
}) => {
  const top = await server.get("/api/v1/plaques/figures");
  const township = top.parts.find((part) => part.division.level === "TOWNSHIP")?.division;
  if (!township) throw new Error("the demo's county has townships");
  const fields = { act: "RECEIVED", division: top.division.id, count: 30, at: Date.now() };
  const lot = (await server.record({ kind: "plaque_stock", act: "record", fields })).target;
  const before = await stands(server, township.id);

  await signIn(page, "/plaques?tab=stock");
  const lots = page.getByTestId("lots");
  await lots
    .locator(`tr[data-row-key="${lot}"]`)
    .getByRole("button", { name: /下\s*发/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("发到").click();
  await page.locator(".ant-select-item-option", { hasText: township.name }).click();
  await dialog.getByLabel("数量").fill("12");
  await dialog.getByLabel("凭据").fill("领取单 7 号");
  await dialog.getByRole("button", { name: /^下\s*发$/ }).click();
  await expect(dialog).toHaveCount(0);
  const given = await stands(server, township.id);
  expect(given).toEqual({ county: before.county, township: before.township + 12, moved: before.moved + 12 });
  const part = page.getByTestId("stock-parts").locator(`tr[data-row-key="${township.id}"]`);
  await expect(part.locator("td").last()).toHaveText(String(given.township));
  const rows = (await server.get("/api/v1/plaques/stock")).rows;
  expect(rows.find((row) => row.lot === lot)?.left).toBe(18);
  const handed = rows.find((row) => row.from_lot === lot);
  expect(handed).toMatchObject({ act: "TRANSFERRED", count: 12, left: 12, counts: true });

  await lots
    .locator(`tr[data-row-key="${handed?.lot}"]`)
    .getByRole("button", { name: /退\s*回/ })
    .click();
  await dialog.getByLabel("退到").click();
  await page.locator(".ant-select-item-option", { hasText: top.division.name }).click();
  await dialog.getByLabel("数量").fill("5");
  await dialog.getByRole("button", { name: /^退\s*回$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(part.locator("td").last()).toHaveText(String(before.township + 7));
  await page.screenshot({ path: "test-results/plaque-lots.png", fullPage: true });
  expect(await stands(server, township.id)).toMatchObject({ county: before.county, township: before.township + 7 });
  const back = (await server.get("/api/v1/plaques/stock")).rows.find((row) => row.from_lot === handed?.lot);
  expect(back).toMatchObject({ act: "RETURNED", count: 5, left: 5 });

  // Given back in error: taken back itself, it is as if it had not been.
  await lots
    .locator(`tr[data-row-key="${back?.lot}"]`)
    .getByRole("button", { name: /作\s*废/ })
    .click();
  await dialog.getByLabel("作废原因").fill("还在乡里");
  await dialog.getByRole("button", { name: /作\s*废/ }).click();
  await expect(part.locator("td").last()).toHaveText(String(before.township + 12));
  expect(await stands(server, township.id)).toMatchObject({ county: before.county, township: before.township + 12 });
});

test("answer that was refused is told in the server's words, and written once it is corrected", { tag: ALONE }, async ({
  page,
  server,
}) => {
  const { figures } = await server.get("/api/v1/plaques/figures");
  await signIn(page, "/plaques?tab=stock");
  await page.getByRole("button", { name: "登记入库" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("数量").fill("3");
  await dialog.getByLabel("凭据").fill("12345部队调拨单");
  await dialog.getByRole("button", { name: /^入\s*库$/ }).click();
  await expect(dialog).toContainText("不能填写部队番号");
  await dialog.getByLabel("凭据").fill("调拨单 5 号");
  await dialog.getByRole("button", { name: /^入\s*库$/ }).click();
  await expect(dialog).toHaveCount(0);
  const after = (await server.get("/api/v1/plaques/figures")).figures;
  expect(figure(after, "received")).toBe(figure(figures, "received") + 3);
});
