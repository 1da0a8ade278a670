// 导入: a sheet is looked at, decided, written and taken back.
import { expect, signIn, signInByHand, test } from "./demo";

test("a sheet is looked at, written and taken back", async ({ page, server }) => {
  const [, township, village] = await server.way();
  const mark = `测${Date.now() % 1_000_000}`;
  const place = `${township.division.name},${village.division.name}`;
  const rows = [`${mark}甲,导入路1号,${place},13800000001`, `${mark}甲,,${place},`, `,,${place},x`];
  const csv = `姓名,现居住地址,乡镇,村,联系电话\n${rows.join("\n")}\n`;
  await signIn(page, "/imports");
  const file = { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]+/);
  // Nobody is written before it is said whether they live there.
  await expect(page.getByText("待核 2", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "按此推定" }).click();
  for (const label of ["全部 3", "新增 1", "待核 1", "不导入 1"]) {
    await expect(page.getByText(label, { exact: true })).toBeVisible();
  }
  await page.getByText("待核 1", { exact: true }).click();
  await expect(page.getByText("B3", { exact: true })).toHaveCount(0);
  await expect(page.locator("tbody tr.ant-table-row")).toHaveCount(1);
  await page.getByLabel("第 3 行").click();
  await page.locator(".ant-select-dropdown").getByTitle("按表格写入").click();
  await expect(page.getByRole("button", { name: "应用 2 行" })).toBeEnabled();
  await page.screenshot({ path: "test-results/import.png" });
  await page.getByRole("button", { name: "应用 2 行" }).click();
  await expect(page.getByText("已应用")).toBeVisible();
  const found = await server.get("/api/v1/people", { search: `${mark}甲` });
  expect(found.rows.filter((row) => row.register === "ACTIVE")).toHaveLength(2);

  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByRole("button", { name: /^撤\s*销$/ }).click();
  await expect(page.getByText("已撤销")).toBeVisible();
  const gone = await server.get("/api/v1/people", { search: `${mark}甲` });
  expect(gone.rows.filter((row) => row.register === "ACTIVE")).toHaveLength(0);
  await page.getByRole("link", { name: "导入" }).click();
  await expect(page.getByRole("link", { name: `${mark}.csv` }).first()).toBeVisible();
});

test("what failed altogether stands on top, rows are found by reason, and the sheet comes back marked", async ({
  page,
  server,
}) => {
  const [, township, village] = await server.way();
  const mark = `表${Date.now() % 1_000_000}`;
  const row = (at: number) =>
    `${mark}${at},１２３,${township.division.name},${at < 2 ? village.division.name : "没有的村"}`;
  const csv = `姓名,联系电话,乡镇,村\n${[0, 1, 2, 3, 4, 5, 6].map(row).join("\n")}\n合计,7,,\n`;
  await signIn(page, "/imports");
  const file = { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
  const overview = page.getByTestId("overview");
  await expect(overview).toContainText("5 行的村不在系统里：请先导入区划名单，或在下面");
  await expect(overview).toContainText("按“联系电话”读取，7 行都读不出");
  await expect(overview).toContainText("A1:D9 读取 7 行");
  await expect(overview).toContainText("另有 1 行未读");
  await page.getByLabel("原因", { exact: true }).click();
  await page.locator(".ant-select-item-option", { hasText: "系统里没有这个村" }).click();
  await expect(page).toHaveURL(/reason=village_unknown/);
  await expect(page.locator("tbody tr.ant-table-row")).toHaveCount(5);
  await expect(page.locator("tbody tr.ant-table-row").first().locator("b").first()).toContainText("系统里没有这个村");
  await page.screenshot({ path: "test-results/import-told.png", fullPage: true });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载标好结果的表格" }).click();
  expect((await download).suggestedFilename()).toBe(`${mark}-导入结果.xlsx`);

  // Opened anew, the file is chosen once more; another one is refused.
  await page.reload();
  const choose = page.getByTestId("marked").locator("input[type=file]");
  await choose.setInputFiles({ ...file, buffer: Buffer.from(`${csv}x`) });
  await expect(page.getByText("这不是当时导入的那个文件")).toBeVisible();
  const again = page.waitForEvent("download");
  await choose.setInputFiles(file);
  await again;
});

test("a village that is not known is chosen once for all its rows", async ({ page, server }) => {
  const [, township, village] = await server.way();
  const mark = `村${Date.now() % 1_000_000}`;
  const bare = village.division.name.replace(/(村|嘎查|社区)$/, "");
  const rows = ["甲", "乙"].map((name) => `${mark}${name},${township.division.name},${bare}`);
  await signIn(page, "/imports");
  const csv = `姓名,乡镇,村\n${rows.join("\n")}\n`;
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) });
  const places = page.getByTestId("places");
  await places.getByLabel(`${township.division.name}/${bare}（2 行）`).click();
  const whole = `${township.division.name}/${village.division.name}`;
  await page.locator(".ant-select-item-option", { hasText: whole }).first().click();
  await page.screenshot({ path: "test-results/import-places.png", fullPage: true });
  await page.getByRole("button", { name: "按所选的村读取" }).click();
  await expect(places).toContainText(`按 ${whole} 读取`);
  await page.getByRole("button", { name: "按此推定" }).click();
  await expect(page.getByRole("button", { name: "应用 2 行" })).toBeEnabled();
});

test("columns that nobody knows are mapped by hand, once for every next file", async ({ page, server }) => {
  const [, township, village] = await server.way();
  const mark = `列${Date.now() % 1_000_000}`;
  const csv = `${mark}老兵,哪个镇,哪个村,排\n${mark}甲,${township.division.name},${village.division.name},三排\n`;
  await signIn(page, "/imports");
  const file = { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText("找不到表头")).toBeVisible();
  await page.getByRole("button", { name: "列对应" }).click();
  const columns = page.getByTestId("columns");
  await expect(columns).toContainText("还缺：姓名");
  await expect(columns).toContainText("三排");
  for (const [header, title] of [
    [`${mark}老兵`, "姓名"],
    ["哪个镇", "乡镇(街道)"],
    ["哪个村", "村(社区)"],
  ]) {
    const choice = page.getByLabel(`${header}对应`);
    await choice.fill(title ?? "");
    await page
      .locator(".ant-select-dropdown:visible")
      .getByTitle(title ?? "", { exact: true })
      .click();
  }
  await expect(columns).not.toContainText("还缺");
  await page.screenshot({ path: "test-results/columns.png" });
  await page.getByRole("button", { name: "保存并重新读取" }).click();
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]+/);
  await expect(page.getByText("全部 1", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "列对应" }).click();
  await expect(columns.getByTitle("姓名")).toBeVisible();
});

test("what is no sheet says what to do", async ({ page }) => {
  await signIn(page, "/imports");
  const file = { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("甲,乙\n1,2\n") };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText(/找不到表头/)).toBeVisible();
});

test("accounts come from a sheet and are handed out once", async ({ page, server }) => {
  const [, township] = await server.way();
  const login = `t${Date.now() % 10_000_000}`;
  const csv = `账号,姓名,角色,辖区\n${login},测试员,村站人员,${township.division.name}\n,无账号,村站人员,\n`;
  await signInByHand(page, "/", undefined, "admin");
  await page.getByRole("link", { name: "导入账号名单" }).click();
  await page.screenshot({ path: "test-results/import-accounts-list.png" });
  const file = { name: `${login}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: "应用 1 行" }).click();
  await page.getByRole("button", { name: "发放口令和登记码" }).click();
  await page.getByRole("button", { name: /^生\s*成$/ }).click();
  const dialog = page.getByRole("dialog", { name: "初始口令和登记码" });
  const row = dialog.getByRole("row", { name: new RegExp(`${login}.*测试员`) });
  await expect(row).toBeVisible();
  const password = await row.locator(".mono").first().innerText();
  // Hovering waits until the dialog stands still.
  await dialog.getByRole("button", { name: "打印" }).hover();
  await page.screenshot({ path: "test-results/import-accounts.png" });
  await page.getByRole("button", { name: "已交给本人，关闭" }).click();
  await expect(page.getByText(password)).toHaveCount(0);
  await page.evaluate(() => sessionStorage.clear());
  await signInByHand(page, "/people", password, login);
  await expect(page.getByRole("button", { name: "测试员" })).toBeVisible();
});

test("rows that wait for one reason are decided together", async ({ page, server }) => {
  const [, township, village] = await server.way();
  const mark = `核${Date.now() % 1_000_000}`;
  const names = [`${mark}甲`, `${mark}乙`];
  const people = [];
  for (const name of names) people.push(await server.active(name));
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const rows = names.map((name) => `${day},${township.division.name},${village.division.name},${name},入户,王站长`);
  const csv = `走访时间,乡镇,村,对象姓名,走访方式,走访人\n${rows.join("\n")}\n`;
  await signIn(page, "/imports");
  await page.getByLabel("表", { exact: true }).click();
  await page.locator(".ant-select-item-option", { hasText: "走访慰问登记表" }).click();
  const file = { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
  // What the sheet does not say is answered first.
  await page.getByRole("button", { name: "按此推定" }).click();
  await page.getByText("待核 2", { exact: true }).click();
  await page.getByLabel("原因", { exact: true }).click();
  await page.locator(".ant-select-item-option", { hasText: "同名对象" }).click();
  await expect(page).toHaveURL(/reason=one_namesake/);
  await expect(page.locator("tbody tr.ant-table-row")).toHaveCount(2);
  await page.getByRole("button", { name: "都是所示的那一个" }).click();
  await page.screenshot({ path: "test-results/import-each.png" });
  await page.getByRole("button", { name: "一起决定" }).click();
  await expect(page.getByTestId("decide-each")).toContainText("已一起决定 2 行");
  await page.getByRole("button", { name: "应用 2 行" }).click();
  await expect(page.getByText("已应用")).toBeVisible();
  for (const person of people) expect((await server.person(person)).visits).toHaveLength(1);
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByRole("button", { name: /^撤\s*销$/ }).click();
  await expect(page.getByText("已撤销")).toBeVisible();
});

test("an import on which work rests is taken back but for those rows", async ({ page, server }) => {
  const [, township, village] = await server.way();
  const mark = `留${Date.now() % 1_000_000}`;
  const place = `${township.division.name},${village.division.name}`;
  const csv = `姓名,现居住地址,乡镇,村\n${mark}甲,留行路1号,${place}\n${mark}乙,留行路2号,${place}\n`;
  await signIn(page, "/imports");
  const file = { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: "按此推定" }).click();
  await page.getByRole("button", { name: "应用 2 行" }).click();
  await expect(page.getByText("已应用")).toBeVisible();
  const active = async () => {
    const { rows } = await server.get("/api/v1/people", { search: mark });
    return rows.filter((row) => row.register === "ACTIVE").map((row) => row.name);
  };
  const { rows } = await server.get("/api/v1/people", { search: `${mark}甲` });
  await server.visit([{ person: rows[0]?.id ?? "", result: "MET" }]);
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByRole("button", { name: /^撤\s*销$/ }).click();
  await expect(page.getByText(/不能撤销：已有 \d+ 项工作建立在它之上/)).toBeVisible();
  expect(await active()).toHaveLength(2);
  await page.screenshot({ path: "test-results/import-rests.png" });
  await page.getByRole("button", { name: "撤销其余", exact: true }).click();
  await page.getByRole("button", { name: "撤销其余的行" }).click();
  await expect(page).toHaveURL(/outcome=changed/);
  await expect(page.getByText("已撤销")).toBeVisible();
  const row = page.locator("tbody tr.ant-table-row");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(`${mark}甲`);
  await expect(row).toContainText("未全撤销");
  expect(await active()).toEqual([`${mark}甲`]);
});
