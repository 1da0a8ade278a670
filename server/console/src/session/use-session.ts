// The session as React reads it.
import { useSyncExternalStore } from "react";
import { current, type Session, subscribe } from "./session";

export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, current);
}
