// Basis persons and units of the register: their lists, and one of each.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import type { components } from "./schema";

export type BasisPerson = components["schemas"]["BasisPersonView"];
export type BasisPersonRow = components["schemas"]["BasisPersonRow"];
export type Unit = components["schemas"]["UnitView"];
export type UnitRow = components["schemas"]["UnitRow"];

/** Which rows; an empty one is left out. */
export interface Asked {
  search: string;
  /** A basis, or a kind of unit. */
  of: string;
  division?: string | undefined;
}

const asked = ({ search, division }: Asked, after: string) => ({
  ...(search && { search }),
  ...(division && { division }),
  ...(after && { after }),
});

export function useBasisPersons(ask: Asked) {
  return useInfiniteQuery({
    queryKey: ["basis-persons", ask],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = { ...asked(ask, pageParam), ...(ask.of && { basis: ask.of }) };
      return body(api.GET("/api/v1/basis_persons", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useBasisPerson(id: string | null) {
  return useQuery({
    queryKey: ["basis-person", id],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/basis_persons/{id}", { params: { path: { id: id ?? "" } }, signal })),
  });
}

export function useUnits(ask: Asked) {
  return useInfiniteQuery({
    queryKey: ["units", ask],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = { ...asked(ask, pageParam), ...(ask.of && { unit_kind: ask.of }) };
      return body(api.GET("/api/v1/units", { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useUnit(id: string | null) {
  return useQuery({
    queryKey: ["unit", id],
    enabled: id !== null,
    queryFn: ({ signal }) => body(api.GET("/api/v1/units/{id}", { params: { path: { id: id ?? "" } }, signal })),
  });
}
