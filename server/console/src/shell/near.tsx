// Drawn when it comes near the window: what a decision is about is asked for item by item, and a list may have hundreds.
import { type ReactNode, useEffect, useRef, useState } from "react";

/** About a screen ahead, so that it is there when it is scrolled to. */
const AHEAD = "800px 0px";

export function Near({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [near, come] = useState(false);
  useEffect(() => {
    const at = place.current;
    if (!at || near) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) come(true);
      },
      { rootMargin: AHEAD },
    );
    watch.observe(at);
    return () => watch.disconnect();
  }, [near]);
  return (
    <div ref={place} className={near ? undefined : "far"}>
      {near && children}
    </div>
  );
}
