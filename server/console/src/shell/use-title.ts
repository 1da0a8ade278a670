// The title of the window: the page's name first, so that tabs can be told apart.
import { useEffect } from "react";

export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · 遍访`;
  }, [title]);
}
