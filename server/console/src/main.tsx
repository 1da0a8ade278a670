// The entry: language, look, the cache of answers, and the pages.
import { QueryClientProvider } from "@tanstack/react-query";
import { App as Messages } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { cache } from "./api/cache";
import { Look } from "./look";
import { router } from "./routes";
import "./style.css";

dayjs.locale("zh-cn");

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Look>
        <Messages>
          <QueryClientProvider client={cache}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Messages>
      </Look>
    </StrictMode>,
  );
}
