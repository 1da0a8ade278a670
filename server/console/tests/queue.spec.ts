// What waits for a reviewer: a second plaque and an address that two people changed, each once, with both sides in sight, and
// settled from the page.
import { expect, queueRead, type Server, signIn, test } from "./demo";

/** The second plaque that two phones of the demo hung at one household, with its photo, and all of that household's. */
async function twice(server: Server) {
  for (const held of await server.every("/api/v1/holding")) {
    if (held.record.kind !== "plaque_event") continue;
    const { events } = await server.plaque(held.subjects[0]?.id ?? "");
    const second = events.find((event) => event.id === held.record.id);
    if (second?.fields.event === "NEW" && second.photos.some((photo) => photo.stored)) return { held, events };
  }
  throw new Error("the demo hangs one plaque twice");
}

test("second plaque stands once, beside the one that counts, each with its photo", async ({ page, server }) => {
  const { held, events } = await twice(server);
  const counts = events.find((event) => !event.held && !event.void && event.fields.event === "NEW");
  await signIn(page, "/queue");
  await queueRead(page);
  const matter = page.locator(`[data-testid="matter"][data-record="${held.record.id}"]`);
  await expect(matter, "the case and what it holds are one thing").toHaveCount(1);
  // What is far below is drawn when it comes near.
  await matter.scrollIntoViewIfNeeded();
  const ofHouse = page.getByTestId("matter").filter({ has: page.locator(`[data-record="${held.record.id}"]`) });
  await expect(ofHouse).toHaveCount(1);
  await expect(matter).toContainText(held.zh ?? "");
  for (const event of [held.record.id, counts?.id]) {
    const side = matter.locator(`[data-testid="side"][data-record="${event}"]`);
    await expect(side).toHaveCount(1);
    const there = events.find((one) => one.id === event);
    await expect(side).toContainText(there?.by ?? "");
  }
  const photo = matter.locator(`[data-testid="side"][data-record="${held.record.id}"] img.photo`).first();
  const height = () => photo.evaluate((image: HTMLImageElement) => Math.min(image.clientHeight, image.naturalHeight));
  await expect.poll(height).toBeGreaterThan(200);
  await page.screenshot({ path: "test-results/queue.png", fullPage: true });
});

test("two values stand side by side with who said which when, and one is turned down", async ({ page, server }) => {
  const { household } = await server.home(`两处${Date.now() % 100_000}`);
  const { revision } = await server.household(household);
  const moved = (address: string) => ({ kind: "household", target: household, act: "change", set: { address } });
  await server.record(moved("村东1号"), revision);
  // A worker who had not seen it yet: the newer one counts, and both are there.
  await (await server.as("wang")).record(moved("村西9号"), revision);
  const [item] = await server.held(household);
  expect(item).toMatchObject({ why: "CONFLICT", now: "村西9号", other: "村东1号" });
  await signIn(page, "/queue");
  await queueRead(page);
  const matter = page.locator(`[data-testid="matter"][data-record="${household}"]`);
  await matter.scrollIntoViewIfNeeded();
  await expect(matter.getByTestId("now")).toContainText("村西9号");
  await expect(matter.getByTestId("other")).toContainText("村东1号");
  await expect(matter.getByTestId("other")).toContainText("业务员");
  await expect(matter.getByTestId("now")).toContainText(/写入，\d{4}-\d\d-\d\d/);
  await matter.getByRole("button", { name: "不采用" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "确定不采用" }).click();
  await expect(dialog).toContainText("请写明怎么核实的");
  await dialog.getByLabel("怎么核实的").fill("打电话问过本人");
  await page.screenshot({ path: "test-results/queue-dialog.png" });
  await dialog.getByRole("button", { name: "确定不采用" }).click();
  await expect(matter).toHaveCount(0);
  expect(await server.held(household)).toEqual([]);
  expect((await server.household(household)).address).toBe("村西9号");
});

/** A plaque where nobody is entitled: a case without a part that waits. */
test("case is settled with how, found among the settled, and opened again", async ({ page, server }) => {
  const [, , village] = await server.way();
  const place = village.division.id;
  const stamp = Date.now() % 100_000;
  const fields = { division: place, address: `核对路${stamp}号`, head_name: "周无依" };
  const home = await server.record({ kind: "household", act: "record", fields });
  await server.active("周无依", { household: home.target, categories: ["DISABLED_MILITIA"] });
  const event = { household: home.target, event: "NEW", at: Date.now() - 60_000, position: "GATE", hanger: "王干事" };
  await server.record({ kind: "plaque_event", act: "record", fields: { ...event, no_signature: "不便" } });
  const raised = (await server.every("/api/v1/cases")).find((row) => row.subjects[0]?.id === home.target);
  expect(raised?.case).toBe("GROUND");
  await signIn(page, "/queue");
  await queueRead(page);
  const matter = page.locator(`[data-testid="matter"][data-record="${home.target}"]`);
  await expect(matter).toHaveCount(1);
  await expect(matter).toContainText("悬挂资格");
  await matter.scrollIntoViewIfNeeded();
  await expect(matter).toContainText("不便");
  await page.screenshot({ path: "test-results/case-ground.png" });
  await matter.getByRole("button", { name: /了\s*结/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("怎么核实的").fill("到户看过，只挂一块");
  await dialog.getByRole("button", { name: /了\s*结/ }).click();
  await expect(matter).toHaveCount(0);
  await page.getByRole("tab", { name: "已了结" }).click();
  const settled = page.getByTestId("settled").locator(`tbody tr[data-row-key="${raised?.id}"]`);
  await expect(settled).toContainText("到户看过，只挂一块");
  await settled.getByRole("button", { name: "重新打开" }).click();
  await dialog.getByLabel("怎么核实的").fill("再核一次");
  await dialog.getByRole("button", { name: "重新打开" }).click();
  await expect(settled).toHaveCount(0);
  expect((await server.every("/api/v1/cases")).some((row) => row.id === raised?.id)).toBe(true);
});

test("empty queue says what would stand there", async ({ page, server }) => {
  const { division } = await server.quiet();
  const query = { division: division.id };
  expect((await server.get("/api/v1/holding", query)).rows).toEqual([]);
  expect((await server.get("/api/v1/cases", query)).rows).toEqual([]);
  await signIn(page, `/queue?division=${division.id}`);
  await expect(page.getByText("没有要核对的事项")).toBeVisible();
});
