// Who is signed in, in this tab. The short-lived access token is kept in memory only; the refresh token and the name
// live in sessionStorage, so that a reload keeps the place and closing the tab forgets everything.

import { Problem, problemOf, unreachable } from "../api/problem";
import type { SignedIn, Tokens } from "../api/types";

export interface Session {
  account: string;
  name: string;
  role: string;
  /** What the role may: READ, REVEAL … */
  rights: string[];
  county: string;
  countyName: string;
  /** Used once, at /api/v1/token/refresh. */
  refresh: string;
}

const KEY = "bianfang.session";
/** A duplicated tab starts with a copy of the refresh token. Whoever renews first tells the others, since a used
 * token that comes back later would end the session for all of them. */
const tabs = new BroadcastChannel(KEY);

let session: Session | null = stored();
let access: string | null = null;
/** Why the last session ended, to be told at the sign-in page. */
let notice: string | null = null;
let renewing: Promise<string> | null = null;
/** The server no longer takes the session while a page is open: who signs in again goes on where they were, and what was asked meanwhile
 * is asked then, once. */
let lapsed: { go: (access: string) => void; stop: (problem: Problem) => void } | null = null;
const listeners = new Set<() => void>();

tabs.onmessage = ({ data }: MessageEvent<{ from: string; tokens: Tokens }>) => {
  if (session?.refresh === data.from) keep(session, data.tokens);
};

export const current = () => session;
export const endNotice = () => notice;
export const hasLapsed = () => lapsed !== null;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Throws a Problem: `sign-in-failed`, `county-needed`, `unreachable` … */
export async function signIn(login: string, password: string, county?: string): Promise<void> {
  const body = await post("/api/v1/session", county ? { login, password, county } : { login, password });
  const signed = body as SignedIn;
  notice = null;
  const { account, name, role, rights, refresh } = signed;
  const waited = lapsed;
  const same = session?.account === account;
  lapsed = null;
  keep({ account, name, role, rights, county: signed.county, countyName: signed.county_name, refresh }, signed);
  if (!waited) return;
  if (same) {
    waited.go(signed.access);
  } else {
    // What was typed and shown here is another's.
    waited.stop(ended());
    location.reload();
  }
}

/** Leaves a page whose session is over, and what was typed there. */
export const leave = () => end(null);

/** Ends the session on the server too; without a connection it ends here, and there when its hours are over. */
export async function signOut(): Promise<void> {
  const token = access;
  end(null);
  if (token) {
    await fetch("/api/v1/session", { method: "DELETE", headers: { Authorization: `Bearer ${token}` } }).catch(() => {});
  }
}

/** `fetch` with the session's token; renews it once when the server no longer takes it. */
export async function authorized(request: Request): Promise<Response> {
  const token = access ?? (await renew());
  const again = request.clone();
  const response = await send(request, token);
  if (response.status !== 401) return response;
  // Another request may have renewed it meanwhile.
  return send(again, access !== null && access !== token ? access : await renew());
}

async function send(request: Request, token: string): Promise<Response> {
  request.headers.set("Authorization", `Bearer ${token}`);
  return fetch(request).catch((error: unknown) => {
    // A page that was left cancels its requests.
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  });
}

/** One renewal at a time: the refresh token can be used once. */
function renew(): Promise<string> {
  renewing ??= exchange().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function exchange(): Promise<string> {
  if (!session) throw new Problem("session-ended", 401, "请先登录");
  const from = session.refresh;
  try {
    const tokens = (await post("/api/v1/token/refresh", { refresh: from })) as Tokens;
    if (session) keep(session, tokens);
    tabs.postMessage({ from, tokens });
    return tokens.access;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return lapse();
    throw error;
  }
}

/** Waits until somebody signs in over the page, or leaves it. */
function lapse(): Promise<string> {
  access = null;
  notice = "登录已失效，请重新登录；页面上填写的内容还在";
  return new Promise((go, stop) => {
    lapsed = { go, stop };
    changed();
  });
}

const ended = () => new Problem("session-ended", 401, "登录已失效，请重新登录");

async function post(path: string, body: object): Promise<unknown> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, init).catch(() => {
    throw unreachable();
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response, answer);
  return answer;
}

function keep(who: Session, tokens: Tokens) {
  access = tokens.access;
  session = { ...who, refresh: tokens.refresh };
  sessionStorage.setItem(KEY, JSON.stringify(session));
  changed();
}

function end(why: string | null) {
  lapsed?.stop(ended());
  lapsed = null;
  access = null;
  session = null;
  notice = why;
  sessionStorage.removeItem(KEY);
  changed();
}

function changed() {
  for (const listener of listeners) listener();
}

function stored(): Session | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Session | null;
    // One of an older version asks for signing in again.
    return Array.isArray(kept?.rights) ? kept : null;
  } catch {
    return null;
  }
}
