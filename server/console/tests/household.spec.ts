// 户: its page from the person's, moved with who lives there, split, merged, taken off and brought back.
import { demo, expect, signIn, test } from "./demo";

test("household moves, splits, ends in another and comes back", async ({ page, server }) => {
  const stamp = String(Date.now() % 100_000);
  const [, township, village] = await server.way();
  const division = village.division.id;
  const home = (head_name: string) =>
    server.record({ kind: "household", act: "record", fields: { head_name, division, address: `${head_name}老屋` } });
  const [old, other] = [(await home(`张甲${stamp}`)).target, (await home(`李乙${stamp}`)).target];
  const member = (name: string, household: string, relation: string) =>
    server.draft(name, { household, relation, register: "ACTIVE" });
  const father = await member(`张甲${stamp}`, old, "HEAD");
  await member(`张子${stamp}`, old, "SON");
  await member(`李乙${stamp}`, other, "HEAD");

  await signIn(page, `/people/${father}`);
  await page.getByRole("link", { name: `张甲${stamp}老屋` }).click();
  await expect(page).toHaveURL(`${demo.url}/households/${old}`);
  const members = page.getByTestId("members").locator("tbody tr[data-row-key]");
  await expect(members).toHaveCount(2);
  await expect(members.filter({ hasText: `张子${stamp}` })).toContainText("子");
  await page.screenshot({ path: "test-results/household.png", fullPage: true });

  const dialog = page.getByRole("dialog");
  const next = township.parts.find(
    (part) => part.division.id !== division && part.division.id !== township.division.id,
  );
  const target = next?.division.name ?? "";
  await page.getByRole("button", { name: /^迁\s*移$/ }).click();
  await expect(dialog).toContainText(`一同迁移：张甲${stamp}、张子${stamp}`);
  await dialog.getByRole("button", { name: /^迁\s*移$/ }).click();
  await expect(dialog).toContainText("请选择村（社区）");
  await dialog.getByLabel("迁到哪个村（社区）").fill(target);
  await page.locator(".ant-select-tree-treenode").getByText(target, { exact: true }).click();
  await dialog.getByLabel("新住址").fill("新村2号");
  await page.screenshot({ path: "test-results/household-move.png" });
  await dialog.getByRole("button", { name: /^迁\s*移$/ }).click();
  await expect(page.getByText("已保存，共改动 3 条记录")).toBeVisible();
  await expect(page.getByTestId("home")).toContainText("新村2号");
  await expect(members.filter({ hasText: `张子${stamp}` })).toContainText(target);

  await page.getByRole("button", { name: /^分\s*户$/ }).click();
  await dialog.getByLabel(`张子${stamp}`).check();
  await dialog.getByLabel("新户的户主").click();
  await page.locator(".ant-select-item-option").getByText(`张子${stamp}`).click();
  await page.screenshot({ path: "test-results/household-split.png" });
  await dialog.getByRole("button", { name: /^分\s*户$/ }).click();
  await expect(page.getByRole("heading", { name: `张子${stamp}户` })).toBeVisible();
  await expect(page.getByTestId("home")).toContainText(`张甲${stamp}户`);
  await expect(members).toHaveCount(1);
  await expect(members).toContainText("户主");

  await page.getByRole("button", { name: /^并\s*户$/ }).click();
  await dialog.getByLabel("并入哪一户").fill(`李乙${stamp}`);
  await page.locator(".ant-select-item-option").getByText(`李乙${stamp}`).click();
  await page.screenshot({ path: "test-results/household-merge.png" });
  await dialog.getByRole("button", { name: /^并\s*户$/ }).click();
  await expect(page.getByText("已并入", { exact: true })).toBeVisible();
  await page
    .getByTestId("home")
    .getByRole("link", { name: `李乙${stamp}户` })
    .click();
  await expect(page).toHaveURL(`${demo.url}/households/${other}`);
  await expect(members).toHaveCount(2);
  await expect(page.getByTestId("home")).toContainText("并来的户");
  await page.screenshot({ path: "test-results/household-merged.png", fullPage: true });
});

test("household that never was is withdrawn with the reason and comes back with its member", async ({
  page,
  server,
}) => {
  const head = `王丙${Date.now() % 100_000}`;
  const [, , village] = await server.way();
  const fields = { head_name: head, division: village.division.id };
  const { target } = await server.record({ kind: "household", act: "record", fields });
  const member = await server.active(head, { household: target, relation: "HEAD" });
  await signIn(page, `/households/${target}`);
  const members = page.getByTestId("members");
  await expect(members.locator("tbody tr[data-row-key]")).toHaveCount(1);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "撤销误建户" }).click();
  await expect(dialog).toContainText(`${head}的记录都保留`);
  await dialog.getByRole("button", { name: /^撤\s*销$/ }).click();
  await expect(dialog).toContainText("请写明撤销原因");
  await dialog.getByLabel("撤销原因").fill("把村名当成了住址");
  await page.screenshot({ path: "test-results/household-withdraw.png" });
  await dialog.getByRole("button", { name: /^撤\s*销$/ }).click();
  await expect(page.getByText("已保存，共改动 2 条记录")).toBeVisible();
  await expect(page.getByText("已移出", { exact: true })).toBeVisible();
  await expect(page.getByTestId("home")).toContainText("把村名当成了住址");
  await expect(members).toContainText("没有成员");
  await expect(page.getByRole("button", { name: /^迁\s*移$/ })).toHaveCount(0);
  const without = await server.person(member);
  expect([without.register, without.household ?? null]).toEqual(["ACTIVE", null]);
  await page.getByRole("button", { name: "字段历史" }).click();
  await expect(page.getByTestId("field-history")).toContainText("把村名当成了住址");
  await page.screenshot({ path: "test-results/household-history.png" });
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /^恢\s*复$/ }).click();
  await dialog.getByRole("button", { name: /^恢\s*复$/ }).click();
  await expect(page.getByRole("button", { name: "撤销误建户" })).toBeVisible();
  await expect(page.getByTestId("home")).not.toContainText("把村名当成了住址");
  await expect(members.locator("tbody tr[data-row-key]")).toHaveCount(1);
  expect((await server.person(member)).household?.id).toBe(target);
});

test("household's page lists what its people ask for, what waits first", async ({ page, server }) => {
  const home = await server.home(`诉求户${Date.now() % 100_000}`);
  const son = `诉求子${Date.now() % 100_000}`;
  const member = await server.active(son, { household: home.household, relation: "SON" });
  const fields = { need_type: "HOUSING", urgency: "YELLOW", at: Date.now() };
  const ask = async (person: string, called: string, asked: string) =>
    (await server.record({ kind: "need", act: "record", fields: { ...fields, person, called, asked } })).target;
  const answered = await ask(home.person, home.name, "问优待证");
  const step = { need: answered, step: "RESOLVED", at: Date.now(), answer: "已办好" };
  await server.record({ kind: "need_step", act: "record", fields: step });
  const open = await ask(member, son, "屋顶漏雨");
  const told = async (about: string) =>
    (await server.get("/api/v1/needs", { about })).rows.map(({ id, open }) => [id, open]);
  expect(await told(home.person)).toEqual([[answered, false]]);
  expect(await told(member)).toEqual([[open, true]]);
  await signIn(page, `/households/${home.household}`);
  const entries = page.getByTestId("home-needs").getByTestId("need");
  await expect(entries).toHaveCount(2);
  await expect(entries.first()).toHaveAttribute("data-need", open);
  await expect(entries.first()).toContainText("屋顶漏雨");
  await expect(entries.first().getByRole("link", { name: son })).toHaveAttribute("href", `/people/${member}`);
  await expect(entries.nth(1)).toHaveAttribute("data-need", answered);
  await page.screenshot({ path: "test-results/household-needs.png", fullPage: true });
  await entries.first().getByRole("link", { name: "屋顶漏雨" }).click();
  await expect(page).toHaveURL(`${demo.url}/needs/${open}`);
});
