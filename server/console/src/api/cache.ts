// Answers kept for the pages. They belong to one account, so a change of account empties them.
import { QueryClient } from "@tanstack/react-query";
import { current, subscribe } from "../session/session";
import { Problem } from "./problem";

export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Only a connection that broke may heal by itself.
      retry: (failures, error) => failures < 1 && error instanceof Problem && error.code === "unreachable",
      retryDelay: 1000,
    },
  },
});

let account = current()?.account;
subscribe(() => {
  if (current()?.account === account) return;
  account = current()?.account;
  cache.clear();
});
