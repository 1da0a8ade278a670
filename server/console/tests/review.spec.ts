// 复核: who decides about a visit sees what it brought. It is accepted, or given back only with what is to be mended, and the words
// arrive with the visit.
import type { Visit } from "../src/api/types";
import { expect, signIn, test } from "./demo";

test("amount, need, signature and the photo in full stand above the button that accepts", async ({
  page,
  server,
}, info) => {
  // Not the first, whom other tests look at while this one changes what it finds.
  const unseen = (visit: Visit) => visit.review === "SUBMITTED";
  const { person, visit } = await server.evidenced(1 + info.repeatEachIndex, unseen);
  const set = { gifts_text: "慰问金 600 元；大米 1 袋", needs_text: "屋顶漏雨", signature: "李大妈" };
  const amend = { kind: "contact", target: visit.id, act: "amend", set, reason: "登记表上有" };
  await server.record(amend, visit.revision);
  await signIn(page, "/review");
  const card = page.getByTestId("look").and(page.locator(`[data-row-key="${visit.id}"]`));
  await card.scrollIntoViewIfNeeded();
  await expect(card).toContainText("慰问金 600 元；大米 1 袋");
  await expect(card).toContainText("屋顶漏雨");
  await expect(card.getByTestId("said")).toContainText("李大妈");
  await expect(card).toContainText(person.name);
  const photo = card.getByTestId("evidence").locator("img.photo").first();
  const height = () => photo.evaluate((image: HTMLImageElement) => Math.min(image.clientHeight, image.naturalHeight));
  await expect.poll(height, "large, and the picture itself").toBeGreaterThan(300);
  await page.screenshot({ path: "test-results/review.png", fullPage: true });

  await card
    .getByRole("button", { name: /现场照片/ })
    .first()
    .press("Enter");
  const full = page.locator(".ant-image-preview img").first();
  await expect(full).toBeVisible();
  await page.screenshot({ path: "test-results/review-photo.png" });
  await page.keyboard.press("Escape");
  await expect(full).toBeHidden();

  await card.getByRole("button", { name: "审核通过" }).press("Enter");
  await expect(card).toHaveCount(0);
  const after = (await server.person(person.id)).visits.find((one) => one.id === visit.id);
  expect(after?.review).toBe("ACCEPTED");
});

test("visit is given back only with what to mend, and the words arrive with it", async ({ page, server }) => {
  const person = await server.active(`要退回${Date.now() % 100_000}`);
  const visit = await server.visit([{ person, result: "MET" }], { gifts_text: "慰问金" });
  await signIn(page, "/review");
  const card = page.getByTestId("look").and(page.locator(`[data-row-key="${visit}"]`));
  await card.scrollIntoViewIfNeeded();
  await expect(card, "that nobody signed is said").toContainText("没有签字，也没有写原因");
  await card.getByRole("button", { name: /退\s*回/ }).click();
  const dialog = page.getByRole("dialog", { name: "退回" });
  await dialog.getByRole("button", { name: "确定退回" }).click();
  await expect(dialog).toContainText("请写明需要更正什么");
  await dialog.getByLabel("需要更正什么").fill("请写明金额和签收人");

  await page.mouse.click(5, 400);
  await expect(dialog.getByLabel("需要更正什么"), "a press beside loses nothing").toHaveValue("请写明金额和签收人");
  await dialog.getByLabel("需要更正什么").press("Escape");
  await page.getByRole("button", { name: "继续填写" }).click();
  await expect(dialog.getByLabel("需要更正什么"), "nor does Escape").toHaveValue("请写明金额和签收人");
  await page.screenshot({ path: "test-results/review-return.png" });

  await dialog.getByRole("button", { name: "确定退回" }).click();
  await expect(card).toHaveCount(0);
  expect((await server.person(person)).visits[0]?.review).toBe("RETURNED");
  const { rows } = await server.history("contact", visit);
  expect(rows.find((row) => row.what === "RETURNED")?.reason).toBe("请写明金额和签收人");
});

test("empty review says what would stand there", async ({ page, server }) => {
  const { division } = await server.quiet();
  expect((await server.get("/api/v1/review", { division: division.id })).rows).toEqual([]);
  await signIn(page, `/review?division=${division.id}`);
  await expect(page.getByText("没有要复核的走访")).toBeVisible();
});
