// The server's routes, typed by its own description. Every call goes out with the session's token and fails with a Problem.
import createClient from "openapi-fetch";
import { authorized } from "../session/session";
import { problemOf } from "./problem";
import type { paths } from "./schema";

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
