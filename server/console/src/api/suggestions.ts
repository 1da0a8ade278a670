// Suggestions 投诉建议: their list, and one of them with its steps.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type SuggestionRow = components["schemas"]["SuggestionRow"];

/** Which rows; what is left out does not narrow. */
export interface SuggestionsAsked {
  search?: string | undefined;
  state?: string | undefined;
}

export function useSuggestions({ search, state }: SuggestionsAsked) {
  return useInfiniteQuery({
    queryKey: ["suggestions", search, state],
    initialPageParam: "",
    queryFn: ({ pageParam: after, signal }) => {
      const query = { ...(search && { search }), ...(state && { state }), ...(after && { after }) };
      return body(api.GET("/api/v1/suggestions", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useSuggestion(id: string) {
  return useQuery({
    queryKey: ["suggestion", id],
    queryFn: ({ signal }) => body(api.GET("/api/v1/suggestions/{id}", { params: { path: { id } }, signal })),
  });
}
