// Language and look of everything below; whoever asked the system for less motion gets dialogs and lists that are there
// at once, so that a press meets what it was meant for.
import { ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useSyncExternalStore } from "react";
import { still, theme } from "./theme";

const wish = window.matchMedia("(prefers-reduced-motion: reduce)");

function listen(changed: () => void) {
  wish.addEventListener("change", changed);
  return () => wish.removeEventListener("change", changed);
}

export function Look({ children }: { children: ReactNode }) {
  const lessMotion = useSyncExternalStore(listen, () => wish.matches);
  return (
    <ConfigProvider locale={zhCN} theme={lessMotion ? still : theme}>
      {children}
    </ConfigProvider>
  );
}
