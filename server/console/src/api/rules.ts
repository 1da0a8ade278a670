// The bureau's rules: data that holds from a day on.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";
import { useKey } from "./write";

export type Rule = components["schemas"]["RuleView"];

/** The settings of a rule, by their names. */
export type Settings = Record<string, unknown>;

export function useRules() {
  return useQuery({
    queryKey: ["rules"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/rules", { signal })),
  });
}

/** Sets a rule from a day on; a rule moves due lists and figures, so everything is asked again. */
export function useSetRule(name: string, done: () => void) {
  const queries = useQueryClient();
  const key = useKey();
  return useMutation({
    mutationFn: (wanted: { from: string; data: Settings }) =>
      body(
        api.PUT("/api/v1/rules/{name}", {
          params: { path: { name }, header: { "Idempotency-Key": key.of(wanted) } },
          body: { from: wanted.from, data: wanted.data as Record<string, never> },
        }),
      ),
    onSuccess: async () => {
      key.done();
      done();
      await queries.invalidateQueries();
    },
  });
}
