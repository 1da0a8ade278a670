// Writing, the way a phone writes: one op of a kind, numbered by the server; sent twice it is written once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useRef } from "react";
import { api, body } from "./client";
import { problemOf } from "./problem";
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

async function judge(key: string, { review, say }: Verdict): Promise<undefined> {
  const params = { path: { id: review }, header: { "Idempotency-Key": key } };
  const { error, response } = await api.POST("/api/v1/review/{id}", { params, body: say });
  if (!response.ok) throw problemOf(response, error);
}

/** What is written and does not simply stand: a line for its author, and the server's reason where it gives one. */
export function beside(written: Pick<Written, "verdict" | "zh"> | undefined) {
  const title = written && BESIDE[written.verdict];
  return title ? { title, description: written.zh, duration: 10 } : undefined;
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

const one = (key: string, what: Write | Verdict) => ("review" in what ? judge(key, what) : record(key, what));

/** What came of the last of them. Sent again after a broken line, those that stand already are answered as before. */
async function each(key: string, what: Wish): Promise<Written | undefined> {
  if (!("length" in what)) return one(key, what);
  let last: Written | undefined;
  for (const [at, step] of what.entries()) last = await one(at === 0 ? key : `${key}-${at}`, step);
  return last;
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
      const told = beside(written ?? undefined);
      if (told) notification.warning(told);
      done(written);
      await queries.invalidateQueries();
    },
    // Of several the first may stand.
    onError: async (_, what) => {
      if ("length" in what && what.length > 1) await queries.invalidateQueries();
    },
  });
}
