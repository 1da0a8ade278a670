// The build that the server embeds. In development Vite serves the pages and hands the API to a running server.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    // Bureau computers run Chromium builds some years old; the component library itself needs :where (88).
    target: ["chrome88", "firefox79", "safari14"],
    // The component library is one piece; it is loaded once and then kept under its hashed name.
    chunkSizeWarningLimit: 2000,
    // Images inlined as data: would need a wider policy.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      // Its certificate comes from the county's own authority.
      "/api": { target: process.env.BIANFANG_CONSOLE_URL ?? "https://127.0.0.1:8443", secure: false },
    },
  },
});
