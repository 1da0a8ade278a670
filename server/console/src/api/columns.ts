// The columns of a sheet, and what a bureau says they are: kept for every next file of the ledger.
import { useMutation, useQuery } from "@tanstack/react-query";
import { authorized } from "../session/session";
import { api, body } from "./client";
import { type Import, send } from "./imports";
import { problemOf } from "./problem";
import type { components } from "./schema";

export type Columns = components["schemas"]["ColumnsView"];
/** Header and the key of what its column holds; empty for one that is none of the ledger's. */
type Mapping = { ledger: string; columns: [string, string][] };

export function useColumns(ledger: string, file: File) {
  return useQuery({
    queryKey: ["columns", ledger, file.name, file.size, file.lastModified],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ name: file.name });
      const address = `/api/v1/import_mappings/${ledger}/columns?${query}`;
      const request = new Request(address, { method: "POST", body: await file.arrayBuffer(), signal });
      const response = await authorized(request);
      const answer: unknown = await response.json().catch(() => null);
      if (!response.ok) throw problemOf(response, answer);
      return answer as Columns;
    },
    gcTime: 0,
  });
}

/** Saves what was said of some headers, and reads the file anew by it: the import that it became. */
export function useMapColumns(ledger: string, file: File) {
  return useMutation({
    mutationFn: async (said: ReadonlyMap<string, string>): Promise<Import> => {
      const path = { ledger };
      const known = (await body(api.GET("/api/v1/import_mappings/{ledger}", { params: { path } }))) as Mapping;
      const kept = known.columns.filter(([header]) => !said.has(header));
      const mapping: Mapping = { ledger, columns: [...kept, ...said] };
      const answer = await api.PUT("/api/v1/import_mappings/{ledger}", { params: { path }, body: mapping });
      if (!answer.response.ok) throw problemOf(answer.response, answer.error);
      return send(ledger, file);
    },
  });
}
