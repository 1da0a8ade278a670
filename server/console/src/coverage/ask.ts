// The question of a page, read from its address and written to the address of the next one.
import { useSearchParams } from "react-router";
import type { Ask } from "../api/queries";
import type { Which } from "./lists";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function useAsk(): Ask {
  const [params] = useSearchParams();
  const ask: Ask = {};
  const division = params.get("division");
  const from = params.get("from");
  const to = params.get("to");
  const cutOff = Number(params.get("as_of"));
  if (division) ask.division = division;
  if (from && to && DAY.test(from) && DAY.test(to)) Object.assign(ask, { from, to });
  if (Number.isSafeInteger(cutOff) && cutOff > 0) ask.as_of = cutOff;
  for (const name of ["category", "work_type", "method"] as const) {
    const code = params.get(name);
    if (code) ask[name] = code;
  }
  return ask;
}

function query(ask: Ask, more: Record<string, string> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...ask, ...more })) params.set(name, String(value));
  const text = params.toString();
  return text && `?${text}`;
}

export const coverageAt = (ask: Ask) => `/coverage${query(ask)}`;

/** The list behind a figure of this question. */
export const listAt = (ask: Ask, which: Which) => `/coverage/people${query(ask, { which })}`;
