// Everything that waits for a person, read to the end: what stands in two of the server's lists is named once.
import { useMemo } from "react";
import { useAllPages } from "../api/all-pages";
import { useCases, useHolding, usePeople } from "../api/queries";
import type { PersonRow } from "../api/types";
import { type Matter, matters } from "./matter";

export interface Waiting {
  matters: Matter[];
  /** Found at a door and not decided on. */
  door: PersonRow[];
  /** All of it is there. */
  whole: boolean;
  error: unknown;
  retry: () => void;
}

export function useMatters(division: string | undefined): Waiting {
  const held = useHolding(division);
  const cases = useCases("OPEN", division);
  const drafts = usePeople("", division, "DRAFT");
  const reviewing = usePeople("", division, "REVIEWING");
  const whole = [useAllPages(held), useAllPages(cases), useAllPages(drafts), useAllPages(reviewing)];
  const failed = [held, cases, drafts, reviewing].find((answer) => answer.isError);
  const [found, looked] = [drafts.data, reviewing.data];
  const door = useMemo(
    () => [found, looked].flatMap((answer) => answer?.pages.flatMap((page) => page.rows) ?? []),
    [found, looked],
  );
  const rows = useMemo(() => {
    const parts = held.data?.pages.flatMap((page) => page.rows) ?? [];
    const asked = cases.data?.pages.flatMap((page) => page.rows) ?? [];
    return matters(asked, parts, new Set(door.map((row) => row.id)));
  }, [held.data, cases.data, door]);
  return {
    matters: rows,
    door,
    whole: whole.every(Boolean),
    error: failed?.error,
    retry: () => {
      for (const answer of [held, cases, drafts, reviewing]) void answer.refetch();
    },
  };
}
