// The server's routes, typed by its own description. Every call goes out with the session's token and fails with a Problem.
import createClient from "openapi-fetch";
import { authorized } from "../session/session";
import { problemOf } from "./problem";
import type { components, paths } from "./schema";

export const api = createClient<paths>({ fetch: authorized });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) throw problemOf(response, error);
  return data;
}

/** The bytes of a photo, or of the small picture that the server made of it. */
export async function photo(sha256: string, size: "full" | "thumbnail", signal: AbortSignal): Promise<Blob> {
  const path = `/api/v1/blobs/${sha256}${size === "full" ? "" : "/thumbnail"}`;
  const response = await authorized(new Request(path, { signal }));
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  return response.blob();
}

export type ExportAsk = components["schemas"]["ExportRequest"];

/** Asks for a ledger and hands the file to the browser; its name. */
export async function exported(ask: ExportAsk): Promise<string> {
  const response = await authorized(
    new Request("/api/v1/exports", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(ask),
    }),
  );
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  return save(response, `${ask.ledger}.${ask.format}`);
}

/** Saves what was answered under the name that the server gives it, or another; the name. */
export async function save(response: Response, otherwise: string): Promise<string> {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  const name = encoded ? decodeURIComponent(encoded) : otherwise;
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes when the next task runs.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  return name;
}
