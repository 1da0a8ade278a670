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

/** What is written and does not simply count. */
const BESIDE: Readonly<Record<string, string>> = {
  held: "已记录，待核，暂不计入数字",
  proposed: "已提出，待审核后生效",
  conflict: "已记录，与另一个值不一致，待核对",
};

/**
 * Writes, and asks again for everything that is shown: a decision may touch more than its own record. Pressing twice, or
 * again after a broken line, writes once; an answer that was changed, after a refusal say, is another write.
 */
export function useWrite(done: (written: Written | undefined) => void) {
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const last = useRef({ what: "", key: "" });
  return useMutation({
    mutationFn: (what: Write | Verdict) => {
      const text = JSON.stringify(what);
      if (last.current.what !== text) last.current = { what: text, key: crypto.randomUUID() };
      const { key } = last.current;
      return "review" in what ? judge(key, what) : record(key, what);
    },
    onSuccess: async (written) => {
      last.current = { what: "", key: "" };
      const beside = written && BESIDE[written.verdict];
      if (beside) notification.warning({ title: beside, description: written.zh, duration: 10 });
      done(written);
      await queries.invalidateQueries();
    },
  });
}
