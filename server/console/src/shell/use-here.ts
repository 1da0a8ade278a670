// Whether the page that asks is still the one of the address. A link that was followed changes the address before the page is
// gone, and for a while the page is drawn with the address of the next one: what it writes then would land there.
import { useCallback, useState } from "react";

export function useHere(): () => boolean {
  const [mine] = useState(() => window.location.pathname);
  return useCallback(() => window.location.pathname === mine, [mine]);
}
