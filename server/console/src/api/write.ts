// Writing, the way a phone writes: one op of a kind, numbered by the server; sent twice it is written once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "./client";
import { problemOf } from "./problem";
import type { RecordWrite, ReviewWrite } from "./types";

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

async function record(key: string, { kind, target, base, act }: Write): Promise<void> {
  await body(
    api.POST("/api/v1/records", {
      params: { header: { "Idempotency-Key": key, ...(base !== undefined && { "If-Match": `"${base}"` }) } },
      // The description cannot tell the fields of each act; the server checks them.
      body: { kind, ...(target && { target }), ...act } as unknown as RecordWrite,
    }),
  );
}

async function judge(key: string, { review, say }: Verdict): Promise<void> {
  const params = { path: { id: review }, header: { "Idempotency-Key": key } };
  const { error, response } = await api.POST("/api/v1/review/{id}", { params, body: say });
  if (!response.ok) throw problemOf(response, error);
}

/** Writes, and asks again for everything that is shown: a decision may touch more than its own record. */
export function useWrite(done: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...what }: (Write | Verdict) & { key: string }) =>
      "review" in what ? judge(key, what) : record(key, what),
    onSuccess: async () => {
      done();
      await queries.invalidateQueries();
    },
  });
}
