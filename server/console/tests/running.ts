// The running server that the tests look at.
import { readFileSync } from "node:fs";

interface Console {
  url: string;
  account: string;
  password: string;
}

/** From BIANFANG_DEMO_JSON (a file {console: {url, account, password}}) or BIANFANG_CONSOLE_URL, _LOGIN and _PASSWORD. */
function running(): Console {
  const { BIANFANG_DEMO_JSON, BIANFANG_CONSOLE_URL, BIANFANG_CONSOLE_LOGIN, BIANFANG_CONSOLE_PASSWORD } = process.env;
  if (BIANFANG_DEMO_JSON) {
    const { console } = JSON.parse(readFileSync(BIANFANG_DEMO_JSON, "utf8")) as { console: Console };
    return { ...console, url: console.url.replace(/\/$/, "") };
  }
  if (BIANFANG_CONSOLE_URL && BIANFANG_CONSOLE_LOGIN && BIANFANG_CONSOLE_PASSWORD) {
    const url = BIANFANG_CONSOLE_URL.replace(/\/$/, "");
    return { url, account: BIANFANG_CONSOLE_LOGIN, password: BIANFANG_CONSOLE_PASSWORD };
  }
  throw new Error(
    "没有可测的服务器：请设置 BIANFANG_DEMO_JSON，或 BIANFANG_CONSOLE_URL、_LOGIN、_PASSWORD / " +
      "no server to test: set BIANFANG_DEMO_JSON, or BIANFANG_CONSOLE_URL, _LOGIN and _PASSWORD",
  );
}

export const demo = running();
