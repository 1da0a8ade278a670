// The session as React reads it.
import { useSyncExternalStore } from "react";
import { current, hasLapsed, type Session, subscribe } from "./session";

/** Whether the server will allow it; what it refuses is not offered. */
export function useMay(right: string): boolean {
  return useSession()?.rights.includes(right) ?? false;
}

/** Whether the server no longer takes the session of the page that is open. */
export function useLapsed(): boolean {
  return useSyncExternalStore(subscribe, hasLapsed);
}

export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, current);
}
