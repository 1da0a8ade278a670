// A list that must be known whole: what stands in two lists can be named once only where both are there to the end.
import { useEffect } from "react";

export interface AllPages {
  isPending: boolean;
  hasNextPage: boolean;
  isFetching: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/** Asks page after page until the end, or until one fails. True when all of it is there, or no more will come by itself. */
export function useAllPages({ isPending, hasNextPage, isFetching, isError, fetchNextPage }: AllPages): boolean {
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return isError || !(isPending || hasNextPage);
}
