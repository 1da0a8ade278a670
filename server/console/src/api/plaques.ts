// The plaque register and merit letters.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { authorized } from "../session/session";
import { api, body } from "./client";
import { problemOf } from "./problem";
import type { components } from "./schema";

export type PlaqueRow = components["schemas"]["PlaqueRow"];
export type Plaque = components["schemas"]["PlaqueView"];
export type PlaqueOffer = components["schemas"]["PlaqueOffer"];
export type StepEntry = components["schemas"]["StepEntry"];
export type LotRow = components["schemas"]["LotRow"];
export type RequestRow = components["schemas"]["RequestRow"];
export type Letter = components["schemas"]["LetterView"];
export type LetterRow = components["schemas"]["LetterRow"];

/** Which rows; an empty one is left out. */
export interface Asked {
  search: string;
  state: string;
  division?: string | undefined;
}

const asked = ({ search, state, division }: Asked, after: string) => ({
  ...(search && { search }),
  ...(state && { state }),
  ...(division && { division }),
  ...(after && { after }),
});

export function usePlaques(ask: Asked) {
  return useInfiniteQuery({
    queryKey: ["plaques", ask],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/plaques", { params: { query: asked(ask, pageParam) }, signal })),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function usePlaque(household: string | null) {
  return useQuery({
    queryKey: ["plaque", household],
    enabled: household !== null,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/plaques/{id}", { params: { path: { id: household ?? "" } }, signal })),
  });
}

export function useLetter(id: string | null) {
  return useQuery({
    queryKey: ["letter", id],
    enabled: id !== null,
    queryFn: ({ signal }) => body(api.GET("/api/v1/letters/{id}", { params: { path: { id: id ?? "" } }, signal })),
  });
}

export function useLetters(ask: Asked) {
  return useInfiniteQuery({
    queryKey: ["letters", ask],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/letters", { params: { query: asked(ask, pageParam) }, signal })),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

const within = (division: string | undefined) => ({ ...(division && { division }) });

export function usePlaqueFigures(division: string | undefined) {
  return useQuery({
    queryKey: ["plaque-figures", division],
    queryFn: ({ signal }) => body(api.GET("/api/v1/plaques/figures", { params: { query: within(division) }, signal })),
  });
}

export function useLetterFigures(division: string | undefined) {
  return useQuery({
    queryKey: ["letters", "figures", division],
    queryFn: ({ signal }) => body(api.GET("/api/v1/letters/figures", { params: { query: within(division) }, signal })),
  });
}

export function useStock(division: string | undefined) {
  return useQuery({
    queryKey: ["plaque-stock", division],
    queryFn: ({ signal }) => body(api.GET("/api/v1/plaques/stock", { params: { query: within(division) }, signal })),
  });
}

export function useRequests(division: string | undefined) {
  return useQuery({
    queryKey: ["plaque-requests", division],
    queryFn: ({ signal }) => body(api.GET("/api/v1/plaques/requests", { params: { query: within(division) }, signal })),
  });
}

/** Opens the printed form of a request in a tab of its own. */
export async function openForm(request: string): Promise<void> {
  const response = await authorized(new Request(`/api/v1/plaques/requests/${request}/form`));
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  const url = URL.createObjectURL(await response.blob());
  window.open(url, "_blank", "noopener");
  // The tab has read it long before.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
