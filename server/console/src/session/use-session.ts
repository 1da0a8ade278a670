// The session as React reads it.
import { useSyncExternalStore } from "react";
import { current, type Session, subscribe } from "./session";

/** Whether the server will allow it; what it refuses is not offered. */
export function useMay(right: string): boolean {
  return useSession()?.rights.includes(right) ?? false;
}

export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, current);
}
