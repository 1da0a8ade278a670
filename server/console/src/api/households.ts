// One household's page, and what happens to it: move, split, merger, each one write of all its records.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { api, body } from "./client";
import type { components } from "./schema";
import type { HomeAct, Household } from "./types";
import { tell, useKey } from "./write";

export type HouseholdWritten = components["schemas"]["HouseholdWritten"];

export function useHousehold(id: string) {
  return useQuery({
    queryKey: ["household", id],
    queryFn: ({ signal }) => body(api.GET("/api/v1/households/{id}", { params: { path: { id } }, signal })),
  });
}

/** Does it to a household as it was seen; what does not simply stand is said. */
export function useHomeAct(home: Household, done: (written: HouseholdWritten) => void) {
  const queries = useQueryClient();
  const { message, notification } = App.useApp();
  const key = useKey();
  return useMutation({
    mutationFn: (act: HomeAct) => {
      const header = { "Idempotency-Key": key.of(act), "If-Match": `"${home.revision}"` };
      return body(api.POST("/api/v1/households/{id}/acts", { params: { path: { id: home.id }, header }, body: act }));
    },
    onSuccess: async (written) => {
      key.done();
      done(written);
      if (!tell(notification, written)) void message.success(`已保存，共改动 ${written.records} 条记录`);
      await queries.invalidateQueries();
    },
  });
}
