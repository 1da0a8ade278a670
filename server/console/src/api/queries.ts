// What pages ask the server for. The key of each is its whole question, so the same question is asked once.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, body, photo } from "./client";

/** The division, the days, the people and the contacts that figures are asked for; what is missing the server fills in. */
export interface Ask {
  division?: string;
  from?: string;
  to?: string;
  as_of?: number;
  category?: string;
  work_type?: string;
  method?: string;
}

export function useCoverage(ask: Ask) {
  return useQuery({
    queryKey: ["coverage", ask],
    queryFn: ({ signal }) => body(api.GET("/api/v1/coverage", { params: { query: ask }, signal })),
  });
}

export function useBehind(division: string | undefined, days: number) {
  const query = division ? { division, days } : { days };
  return useQuery({
    queryKey: ["behind", query],
    queryFn: ({ signal }) => body(api.GET("/api/v1/coverage/behind", { params: { query }, signal })),
  });
}

export function useCoveragePeople(ask: Ask, which: string) {
  return useInfiniteQuery({
    queryKey: ["coverage-people", ask, which],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = { ...ask, which, ...(pageParam && { after: pageParam }) };
      return body(api.GET("/api/v1/coverage/people", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });
}

/** `register`: who stands in this state; empty for all. */
export function usePeople(search: string, division: string | undefined, register = "") {
  return useInfiniteQuery({
    queryKey: ["people", search, division, register],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(search && { search }),
        ...(division && { division }),
        ...(register && { register }),
        ...(pageParam && { after: pageParam }),
      };
      return body(api.GET("/api/v1/people", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
    // While typing, the rows of the word before stay until the new ones are there.
    placeholderData: keepPreviousData,
  });
}

export function usePerson(id: string, wanted = true) {
  return useQuery({
    queryKey: ["person", id],
    enabled: wanted,
    queryFn: ({ signal }) => body(api.GET("/api/v1/people/{id}", { params: { path: { id } }, signal })),
  });
}

/** Who may be the same person under another record. */
export function useAlike(id: string, wanted: boolean) {
  return useQuery({
    queryKey: ["alike", id],
    queryFn: ({ signal }) => body(api.GET("/api/v1/people/{id}/alike", { params: { path: { id } }, signal })),
    enabled: wanted,
  });
}

/** The county's tree of divisions, which changes a few times a year. */
export function useDivisions(wanted = true) {
  return useQuery({
    queryKey: ["divisions"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/divisions", { signal })),
    enabled: wanted,
    staleTime: 600_000,
  });
}

/** Asked for when somebody opens it. */
export function useFieldHistory(kind: string, id: string, wanted: boolean) {
  return useQuery({
    queryKey: ["history", kind, id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/records/{kind}/{id}/history", { params: { path: { kind, id } }, signal })),
    enabled: wanted,
  });
}

export function useCases(state: "OPEN" | "SETTLED" | "LAPSED", division: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["cases", state, division],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = { state, ...(division && { division }), ...(pageParam && { after: pageParam }) };
      return body(api.GET("/api/v1/cases", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });
}

export function useHolding(division: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["holding", division],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(division && { division }), ...(pageParam && { after: pageParam }) };
      return body(api.GET("/api/v1/holding", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });
}

export function useReview(division: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["review", division],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(division && { division }), ...(pageParam && { after: pageParam }) };
      return body(api.GET("/api/v1/review", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
  });
}

/** The bytes of a photo never change, so they are asked for once. */
export function usePhoto(sha256: string, size: "full" | "thumbnail", wanted: boolean) {
  return useQuery({
    queryKey: ["photo", sha256, size],
    queryFn: ({ signal }) => photo(sha256, size, signal),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
