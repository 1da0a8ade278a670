// A setting in words.
import type { ReactNode } from "react";
import { CATEGORY, METHOD, word } from "../words/codes";
import { CLASS, EVERY, EVERYBODY, SOURCE, WHAT } from "../words/rules";

type Row = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function cadence(row: Row): string {
  const since = typeof row.since_year === "number" ? `（${row.since_year} 年起）` : "";
  return `${word(CLASS, text(row.class))}${since}：${word(EVERY, text(row.every))}${word(WHAT, text(row.what))}`;
}

function trigger(row: Row): string {
  const days = Number(row.days ?? 0);
  const of = (row.classes as string[] | undefined)?.map((one) => word(CLASS, one)).join("、");
  const dates = row.first ? `${text(row.first)} 至 ${text(row.last)}` : "";
  const feasts = (row.feasts as string[] | undefined)?.join("、") ?? "";
  const when = [word(SOURCE, text(row.from)), dates, feasts, days > 0 && `${days} 天`].filter(Boolean).join(" ");
  return `${text(row.name)}：${when}${of ? `（${of}）` : ""}，${word(WHAT, text(row.what))}`;
}

/** A list of codes. */
const list = (words: typeof METHOD, value: unknown, none: string) =>
  (value as string[]).map((code) => word(words, code)).join("、") || none;

export function told(name: string, value: unknown): ReactNode {
  if (typeof value === "boolean") return value ? "是" : "否";
  if (!Array.isArray(value)) return String(value);
  if (name === "methods") return list(METHOD, value, "无");
  if (name === "categories") return list(CATEGORY, value, EVERYBODY);
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {(value as Row[]).map((row) => {
        const line = "class" in row ? cadence(row) : trigger(row);
        return <li key={line}>{line}</li>;
      })}
    </ul>
  );
}
