// Imports: a sheet is sent as it is; what it would change is asked page by page; writing runs on the server.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { authorized } from "../session/session";
import { api, body, save } from "./client";
import { problemOf } from "./problem";
import type { components } from "./schema";

export type Import = components["schemas"]["ImportView"];
export type ImportRow = components["schemas"]["RowView"];
export type ImportPage = components["schemas"]["ImportPage"];
export type Assumption = components["schemas"]["AssumptionView"];
export type Decision = "take" | "skip" | { same_as: string };

/** How often a running import is asked how far it is, milliseconds. */
const POLL = 800;

export const runs = (one: Import): boolean => one.progress !== null && one.progress !== undefined;

export function useImports() {
  return useQuery({
    queryKey: ["imports"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/imports", { signal })),
  });
}

/** `reason`: the code of a remark; its rows, whatever they come to. */
export function useImport(id: string, outcome: string | undefined, reason: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["import", id, outcome, reason],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(outcome && { outcome }), ...(reason && { reason }), after: pageParam };
      return body(api.GET("/api/v1/imports/{id}", { params: { path: { id }, query }, signal }));
    },
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => {
      const first = query.state.data?.pages[0];
      return first && runs(first.import) ? POLL : false;
    },
  });
}

/** Makes passwords and one-time codes for imported accounts that nobody has used yet; they are shown this once. */
export function useHandOut(id: string) {
  return useMutation({
    mutationFn: () => body(api.POST("/api/v1/imports/{id}/codes", { params: { path: { id } } })),
    gcTime: 0,
  });
}

/** Sends a file; the import that it became. */
export async function send(ledger: string, file: File): Promise<Import> {
  const query = new URLSearchParams({ ledger, name: file.name });
  const request = new Request(`/api/v1/imports?${query}`, { method: "POST", body: await file.arrayBuffer() });
  const response = await authorized(request);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response, answer);
  const made = answer as Import;
  sent.set(made.id, file);
  return made;
}

/** Files that were sent from this page since it was opened. */
const sent = new Map<string, File>();

export const sentFile = (id: string): File | undefined => sent.get(id);

/** Sends the file once more and saves what comes back: the sheet with what became of each row. */
export function useMarked(one: Import) {
  return useMutation({
    mutationFn: async (file: File) => {
      const request = new Request(`/api/v1/imports/${one.id}/marked`, {
        method: "POST",
        body: await file.arrayBuffer(),
      });
      const response = await authorized(request);
      if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
      return save(response, "导入结果.xlsx");
    },
  });
}

/** Answers what the sheet does not say; its rows are judged anew. */
export function useAssume(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answers: Record<string, string>) =>
      body(api.POST("/api/v1/imports/{id}/assumptions", { params: { path: { id } }, body: answers })),
    onSettled: () => client.invalidateQueries({ queryKey: ["import", id] }),
  });
}

/** Decides about rows. */
export function useDecide(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (decisions: Record<string, Decision>) => {
      const path = { id };
      const { error, response } = await api.POST("/api/v1/imports/{id}/decisions", {
        params: { path },
        body: { decisions },
      });
      if (!response.ok) throw problemOf(response, error);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["import", id] }),
  });
}

/** Decides about all rows that wait for one reason alone; how many it decided. */
export function useDecideEach(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ doubt, decision }: { doubt: string; decision: "take" | "skip" | "same" }) =>
      body(api.POST("/api/v1/imports/{id}/decisions/{doubt}", { params: { path: { id, doubt } }, body: { decision } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["import", id] }),
  });
}

/** Begins to write, or goes on. */
export function useApply(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.POST("/api/v1/imports/{id}/apply", { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries(),
  });
}

/** Takes back, or says what rests on it; with `keep` it leaves what something rests on, and takes back the rest. */
export function useUndo(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keep: boolean) =>
      body(api.POST("/api/v1/imports/{id}/undo", { params: { path: { id }, query: { ...(keep && { keep }) } } })),
    onSettled: () => client.invalidateQueries(),
  });
}
