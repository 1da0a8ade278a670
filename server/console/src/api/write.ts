// Writing, the way a phone writes: one op of a kind, numbered by the server; sent twice it is written once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import type { NotificationInstance } from "antd/es/notification/interface";
import { useRef } from "react";
import { api, body } from "./client";
import type { RecordWrite, ReviewWrite, Written } from "./types";

/** What is done to a record. `base` is the revision that was seen; none for a new record. */
export interface Write {
  kind: string;
  target?: string;
  base?: number;
  act: { act: string; [field: string]: unknown };
}

/** What a reviewer says of a visit. */
export interface Verdict {
  review: string;
  say: ReviewWrite;
}

/** One write, or several that make one act: each goes out when the one before it stands. */
export type Wish = Write | Verdict | readonly (Write | Verdict)[];

async function record(key: string, { kind, target, base, act }: Write): Promise<Written> {
  return body(
    api.POST("/api/v1/records", {
      params: { header: { "Idempotency-Key": key, ...(base !== undefined && { "If-Match": `"${base}"` }) } },
      // The description cannot tell the fields of each act; the server checks them.
      body: { kind, ...(target && { target }), ...act } as unknown as RecordWrite,
    }),
  );
}

async function judge(key: string, { review, say }: Verdict): Promise<Told> {
  const params = { path: { id: review }, header: { "Idempotency-Key": key } };
  return body(api.POST("/api/v1/review/{id}", { params, body: say }));
}

/** What its author must know of what was written. */
export type Told = Pick<Written, "verdict" | "zh" | "hidden">;

/**
 * Tells the author of what does not simply stand, with the server's reason where it gives one, and of numbers that were masked
 * before they were kept. Whether there was anything to tell.
 */
export function tell(notification: NotificationInstance, written: Told | undefined): boolean {
  const title = written && BESIDE[written.verdict];
  if (title) notification.warning({ title, description: written.zh, duration: 10 });
  for (const { zh } of written?.hidden ?? []) notification.warning({ title: zh, duration: 10 });
  return title !== undefined || (written?.hidden ?? []).length > 0;
}

const BESIDE: Readonly<Record<string, string>> = {
  held: "已记录，待核，暂不计入数字",
  proposed: "已提出，待审核后生效",
  conflict: "已记录，与别人的改动不一致，两个值都保留，请在待办核对里选定",
};

/**
 * The key of a write. Pressing twice, or again after a broken line, writes once; an answer that was changed, after a refusal
 * say, is another write.
 */
export function useKey() {
  const last = useRef({ what: "", key: "" });
  return {
    of: (what: unknown) => {
      const text = JSON.stringify(what);
      if (last.current.what !== text) last.current = { what: text, key: crypto.randomUUID() };
      return last.current.key;
    },
    done: () => {
      last.current = { what: "", key: "" };
    },
  };
}

const one = (key: string, what: Write | Verdict): Promise<Told | Written> =>
  "review" in what ? judge(key, what) : record(key, what);

/** What came of each of them. Sent again after a broken line, those that stand already are answered as before. */
async function each(key: string, what: Wish): Promise<(Told | Written)[]> {
  if (!("length" in what)) return [await one(key, what)];
  const told: (Told | Written)[] = [];
  for (const [at, step] of what.entries()) told.push(await one(at === 0 ? key : `${key}-${at}`, step));
  return told;
}

/**
 * Writes once, and asks again for everything that is shown: a decision may touch more than its own record. What does not
 * simply stand is said.
 */
export function useWrite(done: (written: Written | undefined) => void) {
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const key = useKey();
  return useMutation({
    mutationFn: (what: Wish) => each(key.of(what), what),
    onSuccess: async (written) => {
      key.done();
      for (const told of written) tell(notification, told);
      done(written.filter((one): one is Written => "revision" in one).at(-1));
      await queries.invalidateQueries();
    },
    // Of several the first may stand.
    onError: async (_, what) => {
      if ("length" in what && what.length > 1) await queries.invalidateQueries();
    },
  });
}
