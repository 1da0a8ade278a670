// 入户新登记的人: beside who they may be taken into the register, turned down or merged, each with the way back; on the person's page
// the same.
import { demo, expect, idNumber, queueRead, signIn, test } from "./demo";

test("person found at a door is turned down in the queue, looked into again and accepted", async ({ page, server }) => {
  const id = await server.draft(`新登记${Date.now() % 100_000}`);
  const visit = await server.visit([{ person: id, result: "MET" }], { situation: "刚从外地搬来" });
  await signIn(page, "/queue");
  await queueRead(page);
  await expect(page.getByTestId("drafts")).toContainText(/入户新登记的人 \d+/);
  await page.getByTestId("drafts").click();
  const card = page.getByTestId("door-card").and(page.locator(`[data-row-key="${id}"]`));
  await card.scrollIntoViewIfNeeded();
  await expect(card).toContainText("没有找到可能是同一人的记录");
  await expect(card, "the visit that found them").toContainText("刚从外地搬来");
  await page.screenshot({ path: "test-results/door.png", fullPage: true });

  await card.getByRole("button", { name: "不予入册" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "不予入册" }).click();
  await expect(dialog).toContainText("请写明不予入册的原因");
  await dialog.getByLabel("不予入册的原因").fill("不是本村的人");
  await dialog.getByRole("button", { name: "不予入册" }).click();
  const line = page.getByTestId("decided");
  await expect(line).toContainText("不予入册：不是本村的人");
  const down = await server.person(id);
  expect([down.register, down.fields.removed_note]).toEqual(["REJECTED", "不是本村的人"]);
  await page.screenshot({ path: "test-results/door-decided.png" });

  await line.getByRole("button", { name: "撤销：重新核实" }).click();
  await dialog.getByRole("button", { name: "重新核实" }).click();
  await expect(card, "back among those who wait").toHaveCount(1);
  const again = await server.person(id);
  expect([again.register, again.fields.removed_note ?? null]).toEqual(["REVIEWING", null]);

  await card.scrollIntoViewIfNeeded();
  await card.getByRole("button", { name: "接受入册" }).click();
  await dialog.getByRole("button", { name: "接受入册" }).click();
  await expect(line).toContainText("已接受入册");
  expect((await server.person(id)).register).toBe("ACTIVE");
  expect((await server.person(id)).visits.map((one) => one.id)).toEqual([visit]);
});

test("person found at a door is merged with who they are, and parted again", async ({ page, server }) => {
  const name = `门口${Date.now() % 100_000}`;
  const kept = await server.active(name, { birth: "1958-05-01", address: "村东3号" });
  const found = await server.draft(name, { birth: "1958-06-02", address: "村西9号" });
  await signIn(page, "/queue?tab=door");
  const card = page.getByTestId("door-card").and(page.locator(`[data-row-key="${found}"]`));
  await card.scrollIntoViewIfNeeded();
  const sides = card.getByTestId("people-sides");
  await expect(sides).toContainText("1958-06");
  await expect(sides).toContainText("1958-05");
  await expect(sides).toContainText("村东3号");
  await expect(card).toContainText("同村同名");
  await page.screenshot({ path: "test-results/door-alike.png" });
  await card.getByRole("button", { name: `是同一人，合并到${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("怎么核实的").fill("看过身份证");
  await dialog.getByRole("button", { name: /^合\s*并$/ }).click();
  await expect(card).toHaveCount(0);
  expect((await server.person(found)).same).toMatchObject([{ id: kept, counts: true }]);

  await page.getByTestId("decided").getByRole("button", { name: "撤销合并" }).click();
  await dialog.getByLabel("为什么撤销").fill("是堂兄弟");
  await dialog.getByRole("button", { name: "撤销合并" }).click();
  await expect(card).toHaveCount(1);
  expect((await server.person(found)).same).toEqual([]);
});

test("accepted person is taken out again with the reason, and comes back", async ({ page, server }) => {
  const id = await server.draft(`要移出${Date.now() % 100_000}`);
  await signIn(page, `/people/${id}`);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "接受入册" }).click();
  await dialog.getByRole("button", { name: "接受入册" }).click();
  await page.getByRole("button", { name: "移出名册" }).click();
  await dialog.getByRole("button", { name: "移出名册" }).click();
  await expect(dialog).toContainText("请选择移出原因");
  await dialog.getByLabel("移出原因").click();
  await page.locator(".ant-select-dropdown").getByTitle("迁出", { exact: true }).click();
  await dialog.getByLabel("情况说明").fill("关系已转到邻县");
  await page.screenshot({ path: "test-results/removed.png" });
  await dialog.getByRole("button", { name: "移出名册" }).click();
  await expect(page.getByText("已移出", { exact: true })).toBeVisible();
  const gone = await server.person(id);
  expect([gone.register, gone.fields.removed_for, gone.fields.removed_note]).toEqual([
    "REMOVED",
    "TRANSFERRED",
    "关系已转到邻县",
  ]);
  await page.getByRole("button", { name: "恢复在册" }).click();
  await dialog.getByRole("button", { name: "恢复在册" }).click();
  await expect(page.getByText("在册", { exact: true })).toBeVisible();
  const back = await server.person(id);
  expect([back.register, back.fields.removed_for ?? null]).toEqual(["ACTIVE", null]);
});

test("number of somebody found at a door that another has is asked about at the door alone", async ({
  page,
  server,
}) => {
  const stamp = Date.now() % 100_000;
  const id_number = idNumber();
  const other = await server.active(`持证丙${stamp}`, { id_number });
  const found = await server.draft(`持证丁${stamp}`, { id_number });
  await signIn(page, "/queue");
  await queueRead(page);
  const named = page.getByTestId("matter").filter({ hasText: `持证丁${stamp}` });
  await expect(named).toHaveCount(0);
  await page.goto(`${demo.url}/queue?tab=door`);
  const card = page.getByTestId("door-card").and(page.locator(`[data-row-key="${found}"]`));
  await card.scrollIntoViewIfNeeded();
  await expect(card).toContainText("有待核对事项");
  await expect(card.getByTestId("people-sides")).toContainText(`持证丙${stamp}`);
  expect((await server.person(other)).register).toBe("ACTIVE");
});

test("empty list of people found at doors says where they come from", async ({ page, server }) => {
  const { division } = await server.quiet();
  for (const register of ["DRAFT", "REVIEWING"]) {
    expect((await server.get("/api/v1/people", { register, division: division.id })).rows).toEqual([]);
  }
  await signIn(page, `/queue?tab=door&division=${division.id}`);
  await expect(page.getByText("没有待建档的人员")).toBeVisible();
  await page.screenshot({ path: "test-results/drafts-none.png" });
  await page.goto(`${demo.url}/people?register=DRAFT&division=${division.id}`);
  await expect(page.getByText("没有待建档的人员")).toBeVisible();
});
