// Signing in, staying, leaving.
import { demo, expect, signInByHand, test } from "./demo";

test("wrong password is told and right one enters", async ({ page }) => {
  await signInByHand(page, "/", `${demo.password}x`);
  await expect(page.getByRole("alert")).toContainText("账号或口令不对");
  await page.getByLabel("口令", { exact: true }).fill(demo.password);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("cards")).toBeVisible();
  await expect(page).toHaveURL(`${demo.url}/coverage`);
});

test("server that is gone is told and the same form works when it is back", async ({ page, context }) => {
  await page.goto(demo.url);
  await page.getByLabel("账号").fill(demo.account);
  await page.getByLabel("口令", { exact: true }).fill(demo.password);
  await context.setOffline(true);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("连接不上服务器");
  await context.setOffline(false);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("cards")).toBeVisible();
});

test("address is kept over signing in, reloading and signing out", async ({ page, server }) => {
  const [, township] = await server.way();
  const address = `/coverage?division=${township.division.id}&from=2026-01-01&to=2026-06-30`;
  const heading = page.getByRole("heading", { name: township.division.name });
  await signInByHand(page, address);
  await expect(heading).toBeVisible();
  await page.reload();
  await expect(heading).toBeVisible();
  await expect(page).toHaveURL(demo.url + address);
  await page.locator(".bar-account").click();
  await page.getByText("退出登录").click();
  await expect(page.getByLabel("账号")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("账号")).toBeVisible();
  await expect(page).toHaveURL(demo.url + address);
});

test("token is kept nowhere but in memory, and a session that ended asks to sign in again", async ({
  page,
  request,
}) => {
  await signInByHand(page);
  await expect(page.getByTestId("cards")).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  expect(kept).toContain("refresh");
  expect(kept, "a JWT begins like this").not.toContain("eyJ");
  const { refresh } = await page.evaluate(() => JSON.parse(sessionStorage.getItem("bianfang.session") ?? "{}"));
  const renewed = await (await request.post(`${demo.url}/api/v1/token/refresh`, { data: { refresh } })).json();
  await request.delete(`${demo.url}/api/v1/session`, { headers: { Authorization: `Bearer ${renewed.access}` } });
  await page.reload();
  await expect(page.getByText("登录已失效，请重新登录")).toBeVisible();
  await page.getByRole("button", { name: "不再继续" }).click();
  await expect(page.getByRole("dialog", { name: "重新登录" })).toHaveCount(0);
  await expect(page.getByLabel("账号")).toBeVisible();
});

test("a session that ends while something is typed is signed in over the page, and it is written once", async ({
  page,
  request,
  server,
}) => {
  const [, , village] = await server.way();
  const name = `续登工厂${Date.now() % 100_000}`;
  await signInByHand(page, "/units");
  await page.getByRole("button", { name: "登记单位" }).click();
  const dialog = page.getByRole("dialog", { name: "登记单位" });
  await dialog.getByLabel("名称").fill(name);
  await dialog.getByLabel("所在区划").fill(village.division.name);
  await page.locator(".ant-select-tree-title", { hasText: village.division.name }).first().click();
  const { refresh } = await page.evaluate(() => JSON.parse(sessionStorage.getItem("bianfang.session") ?? "{}"));
  const renewed = await (await request.post(`${demo.url}/api/v1/token/refresh`, { data: { refresh } })).json();
  await request.delete(`${demo.url}/api/v1/session`, { headers: { Authorization: `Bearer ${renewed.access}` } });
  await dialog.getByRole("button", { name: /^登\s*记$/ }).click();
  const over = page.getByRole("dialog", { name: "重新登录" });
  await expect(over).toContainText("页面上填写的内容还在");
  await page.screenshot({ path: "test-results/sign-in-again.png" });
  await expect(dialog.getByLabel("名称")).toHaveValue(name);
  await over.getByLabel("账号").fill(demo.account);
  await over.getByLabel("口令", { exact: true }).fill(demo.password);
  await over.getByRole("button", { name: /^登\s*录$/ }).click();
  await expect(over).toHaveCount(0);
  await expect(page.getByTestId("unit")).toContainText(village.division.name);
  const found = await server.get("/api/v1/units", { search: name });
  expect(found.rows).toHaveLength(1);
});

test("answers forbid foreign scripts, and unknown API addresses stay problems", async ({ request }) => {
  const answer = await request.get(`${demo.url}/people/x`, { headers: { Accept: "text/html" } });
  expect(answer.headers()["content-security-policy"]).toContain("script-src 'self';");
  const problem = await request.get(`${demo.url}/api/v1/nowhere`, { headers: { Accept: "text/html" } });
  expect([problem.status(), problem.headers()["content-type"]]).toEqual([404, "application/problem+json"]);
});
