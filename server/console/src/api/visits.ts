// What the desk changes of a visit: its words, or whom it was paid to.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { api, body } from "./client";
import type { components } from "./schema";
import type { Visit } from "./types";
import { tell, useKey } from "./write";

export type VisitAct = components["schemas"]["VisitAct"];

/** Does it to a visit as it was seen; what does not simply stand is said. */
export function useVisitAct(visit: Visit, done: () => void) {
  const queries = useQueryClient();
  const { message, notification } = App.useApp();
  const key = useKey();
  return useMutation({
    mutationFn: (act: VisitAct) => {
      const header = { "Idempotency-Key": key.of(act), "If-Match": `"${visit.revision}"` };
      return body(api.POST("/api/v1/contacts/{id}/acts", { params: { path: { id: visit.id }, header }, body: act }));
    },
    onSuccess: async (written) => {
      key.done();
      done();
      if (!tell(notification, written))
        void message.success(written.records === 0 ? "没有要改的" : `已保存，共改动 ${written.records} 条记录`);
      await queries.invalidateQueries();
    },
  });
}
