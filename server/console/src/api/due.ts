// Who is due 到期清单: the server's rule, asked for as it stands today; nothing of it is kept.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type DueRow = components["schemas"]["DueView"];
export type DueReason = components["schemas"]["DueReason"];

export function useDue(division: string | null) {
  return useInfiniteQuery({
    queryKey: ["due", division],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(division && { division }), ...(pageParam && { after: pageParam }) };
      return body(api.GET("/api/v1/due", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
