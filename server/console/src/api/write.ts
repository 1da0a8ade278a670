// Writing, the way a phone writes: one op of a kind, numbered by the server; sent twice it is written once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "./client";
import type { RecordWrite, Written } from "./types";

/** What is done to a record. `base` is the revision that was seen; none for a new record. */
export interface Write {
  kind: string;
  target?: string;
  base?: number;
  act: { act: string; [field: string]: unknown };
}

/** Writes, and asks again for everything that is shown: a decision may touch more than its own record. */
export function useWrite(done: (written: Written) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, kind, target, base, act }: Write & { key: string }) =>
      body(
        api.POST("/api/v1/records", {
          params: { header: { "Idempotency-Key": key, ...(base !== undefined && { "If-Match": `"${base}"` }) } },
          // The description cannot tell the fields of each act; the server checks them.
          body: { kind, ...(target && { target }), ...act } as unknown as RecordWrite,
        }),
      ),
    onSuccess: async (written) => {
      done(written);
      await queries.invalidateQueries();
    },
  });
}
