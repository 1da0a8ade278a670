// Needs 诉求: their list, one of them with its steps, and taking a step, which writes the step and what it changes of the need.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { App } from "antd";
import { api, body } from "./client";
import type { components } from "./schema";
import { tell, useKey } from "./write";

export type Need = components["schemas"]["NeedView"];
export type NeedRow = components["schemas"]["NeedRow"];
export type NeedAct = components["schemas"]["NeedAct"];

/** Which rows; what is left out does not narrow. */
export interface Asked {
  search?: string | undefined;
  state?: string | undefined;
  need_type?: string | undefined;
  urgency?: string | undefined;
  overdue?: boolean | undefined;
  division?: string | undefined;
  /** A person or a household. */
  about?: string | undefined;
}

const asked = ({ search, state, need_type, urgency, overdue, division, about }: Asked, after: string) => ({
  ...(search && { search }),
  ...(state && { state }),
  ...(need_type && { need_type }),
  ...(urgency && { urgency }),
  ...(overdue && { overdue }),
  ...(division && { division }),
  ...(about && { about }),
  ...(after && { after }),
});

export function useNeeds(ask: Asked) {
  return useInfiniteQuery({
    queryKey: ["needs", ask],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/needs", { params: { query: asked(ask, pageParam) }, signal })),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** Those of each of these people or households, each need once; what waits for an answer first. */
export function useNeedsOf(ids: readonly string[]) {
  return useQueries({
    queries: ids.map((about) => ({
      queryKey: ["needs-of", about],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        body(api.GET("/api/v1/needs", { params: { query: { about } }, signal })),
    })),
    combine: (answers) => {
      const found = answers.flatMap(({ data }) => data?.rows ?? []);
      const rows = [...new Map(found.map((row) => [row.id, row])).values()];
      return {
        rows: [...rows.filter((row) => row.open), ...rows.filter((row) => !row.open)],
        pending: answers.some((answer) => answer.isPending),
        error: answers.find((answer) => answer.isError)?.error ?? null,
        again: () => {
          for (const answer of answers) if (answer.isError) void answer.refetch();
        },
      };
    },
  });
}

export function useNeed(id: string) {
  return useQuery({
    queryKey: ["need", id],
    queryFn: ({ signal }) => body(api.GET("/api/v1/needs/{id}", { params: { path: { id } }, signal })),
  });
}

/** Takes a step with a need as it was seen; what does not simply stand is said. */
export function useNeedStep({ row, revision }: Need, done: () => void) {
  const queries = useQueryClient();
  const { message, notification } = App.useApp();
  const key = useKey();
  return useMutation({
    mutationFn: (act: NeedAct) => {
      const header = { "Idempotency-Key": key.of(act), "If-Match": `"${revision}"` };
      return body(api.POST("/api/v1/needs/{id}/steps", { params: { path: { id: row.id }, header }, body: act }));
    },
    onSuccess: async (written) => {
      key.done();
      done();
      if (!tell(notification, written)) void message.success("已保存");
      await queries.invalidateQueries();
    },
  });
}
