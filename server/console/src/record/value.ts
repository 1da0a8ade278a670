// A field's value for a reader: codes as words, moments and days as dates, records that are pointed to by their names.
import type { Named } from "../api/types";
import { word } from "../words/codes";
import { formOf, wordsOf } from "../words/fields";
import { FIELD, KIND } from "../words/queue";
import { table } from "../words/table";
import { time } from "../words/time";

const ANY = table(["SEX", "LIFE", "REGISTER", "CATEGORY", "PREF", "TAG"]);

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names of the records that values point to, as the server tells them. */
export type Names = ReadonlyMap<string, string>;

export function namesOf(named: readonly Named[]): Names {
  return new Map(named.map((one) => [one.id, one.name ?? word(KIND, one.kind)]));
}

/** The value in words; without a field, codes of the register are looked up. */
export function shown(value: unknown, field = "", names?: Names): string {
  if (value === null || value === undefined || value === "") return "（空）";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (Array.isArray(value)) return value.map((one) => shown(one, field, names)).join("、") || "（空）";
  if (typeof value === "object") return parts(value as Record<string, unknown>, field, names);
  if (typeof value === "number" && formOf(field) === "MOMENT") return time(value);
  if (typeof value === "number" && formOf(field) === "DAY")
    return new Date(value * 86_400_000).toISOString().slice(0, 10);
  if (typeof value === "number" && formOf(field) === "FEN") return `${(value / 100).toFixed(2)} 元`;
  const text = String(value);
  if (ID.test(text)) return names ? (names.get(text) ?? "不在您范围内的记录") : "另一条记录";
  return word(wordsOf(field) ?? ANY, text);
}

/** A list's change, a telephone number with its owner, one person's part in a visit. */
function parts(value: Record<string, unknown>, field: string, names?: Names): string {
  const { $add: added, $remove: gone } = value;
  const change = [
    added !== undefined && `加上 ${shown(added, field, names)}`,
    gone !== undefined && `去掉 ${shown(gone, field, names)}`,
  ].filter(Boolean);
  if (change.length > 0) return change.join("，");
  const inside = Object.entries(value).filter(([, one]) => one !== null && one !== "");
  return inside.map(([name, one]) => `${word(FIELD, name)} ${shown(one, name, names)}`).join("，");
}
