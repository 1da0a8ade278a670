// "/" leads to the search box from everywhere, unless somebody is typing.
import { useEffect } from "react";

export function useSlash() {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const at = event.target;
      const typing =
        at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const box = document.querySelector<HTMLInputElement>("input[data-search]");
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
