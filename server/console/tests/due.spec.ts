// 到期清单: whom the rules ask for today, as the server lists them; reasons lead to what asks, arrows go from person to person.
import { COUNTY, demo, expect, type Server, signIn, test, written } from "./demo";

const DAY_MS = 86_400_000;

/** Somebody who waits for an answer that is late. */
async function asking(server: Server) {
  const name = `到期人${Date.now() % 1_000_000}`;
  const person = await server.active(name);
  const due_on = Math.floor(Date.now() / DAY_MS) - 3;
  const fields = {
    person,
    called: name,
    need_type: "HOUSING",
    urgency: "RED",
    asked: "屋顶漏雨",
    at: Date.now(),
    due_on,
  };
  return { name, person, need: (await server.record({ kind: "need", act: "record", fields })).target };
}

test("list is the server's, in its order, page by page", { tag: COUNTY }, async ({ page, server }) => {
  const first = await server.get("/api/v1/due");
  expect(first.next, "the demo's county owes more than a page").toBe(first.rows.length);
  const second = await server.get("/api/v1/due", { after: String(first.next) });
  await signIn(page, "/due");
  const rows = page.getByTestId("due").locator("tbody tr[data-row-key]");
  await expect(rows).toHaveCount(first.rows.length);
  await expect(page.getByTestId("due-total")).toContainText(`${written(first.total)} 人到期`);
  await expect(page.getByTestId("due-total")).toContainText(first.day);
  await page.screenshot({ path: "test-results/due.png" });
  await page.getByRole("button", { name: "加载更多" }).click();
  await expect(rows).toHaveCount(first.rows.length + second.rows.length);
  const shown = await rows.evaluateAll((rows) =>
    rows.map((row) => [
      row.getAttribute("data-row-key"),
      [...row.querySelectorAll("[data-why]")].map((reason) => reason.getAttribute("data-why")),
    ]),
  );
  expect(shown).toEqual([...first.rows, ...second.rows].map((row) => [row.person, row.due.map(({ why }) => why)]));
});

test("a need that is late is told as that and leads to the need", async ({ page, server }) => {
  const { name, person, need } = await asking(server);
  const [, , village] = await server.way();
  const { rows } = await server.get("/api/v1/due", { division: village.division.id });
  const listed = rows.find((row) => row.person === person)?.due.find(({ why }) => why === "NEED");
  expect(listed).toMatchObject({ code: "HOUSING", record: need });
  await signIn(page, `/due?division=${village.division.id}`);
  const row = page.getByTestId("due").locator(`tbody tr[data-row-key="${person}"]`);
  await expect(row).toContainText(name);
  await expect(row).toContainText(village.division.name);
  await expect(row.locator('[data-why="NEED"]')).toHaveText("诉求待办：住房");
  await expect(row).toContainText(`${listed?.by}已超期`);
  await row.scrollIntoViewIfNeeded();
  await page.screenshot({ path: "test-results/due-need.png" });
  await row.getByRole("link", { name: "诉求待办：住房" }).click();
  await expect(page).toHaveURL(`${demo.url}/needs/${need}`);
});

test("arrows go from person to person and Enter opens one", async ({ page, server }) => {
  const { division } = await server.quiet();
  const { rows } = await server.get("/api/v1/due", { division: division.id });
  expect(rows.length).toBeGreaterThan(1);
  await signIn(page, `/due?division=${division.id}`);
  const names = page.getByTestId("due").locator("tbody tr[data-row-key] td:first-child a");
  await expect(names).toHaveCount(rows.length);
  await names.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(names.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(names.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${demo.url}/people/${rows[0]?.person}`);
});

test("where nobody is due the page says what would stand there", async ({ page, server }) => {
  // Nobody of the demo's villages is without a round of visits to come: the answer is emptied on its way.
  const answer = await server.get("/api/v1/due");
  await page.route("**/api/v1/due", (route) => route.fulfill({ json: { ...answer, total: 0, rows: [], next: null } }));
  await signIn(page, "/coverage");
  await page.getByRole("link", { name: "到期清单" }).click();
  await expect(page.getByText("今天没有到期的人")).toBeVisible();
  await page.screenshot({ path: "test-results/due-none.png" });
});
