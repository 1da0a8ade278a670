// Writing, the way a phone writes: one op of a kind, numbered by the server; sent twice it is written once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
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

function record(key: string, { kind, target, base, act }: Write): Promise<Written> {
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

/** What a write that does not simply stand tells its author; nothing where it stands. */
export function waits(written: Pick<Written, "verdict" | "zh"> | undefined): string | undefined {
  switch (written?.verdict) {
    case "proposed":
      return written.zh ?? "已提交，由乡镇审核后生效";
    case "held":
      return written.zh ?? "已保存，待核对后生效";
    case "conflict":
      return "已保存；别人刚刚也改过，两个值都保留，请在待办核对里选定";
    default:
      return undefined;
  }
}

/**
 * Writes, and asks again for everything that is shown: a decision may touch more than its own record. What does not simply
 * stand is said.
 */
export function useWrite(done: () => void) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...what }: (Write | Verdict) & { key: string }) =>
      "review" in what ? judge(key, what) : record(key, what),
    onSuccess: async (written) => {
      done();
      const told = waits(written);
      if (told) void message.info(told, 6);
      await queries.invalidateQueries();
    },
  });
}
