// What the form of a letter was answered, as the fields of the record (core/domain/src/kind/letter.rs): days as numbers of
// days, money as whole fen.
import dayjs, { type Dayjs } from "dayjs";

export interface Answer {
  source: string;
  level: string;
  soldier: string;
  notice_no?: string;
  household?: string | undefined;
  division: string;
  address?: string | undefined;
  family_name?: string | undefined;
  relation?: string;
  approved_on?: Dayjs | null;
  received_on?: Dayjs | null;
  flags?: string[];
  award?: number | null;
  goods?: number | null;
}

export type Fields = Record<string, unknown>;

export const FLAGS = [
  { value: "conscript", label: "义务兵" },
  { value: "civilian", label: "文职人员" },
  { value: "posthumous", label: "追授" },
];

const TEXTS = [
  "source",
  "level",
  "soldier",
  "notice_no",
  "household",
  "division",
  "address",
  "family_name",
  "relation",
] as const;
const DAYS = ["approved_on", "received_on"] as const;

const dayNumber = (day: Dayjs) => Date.parse(`${day.format("YYYY-MM-DD")}T00:00:00Z`) / 86_400_000;
const fen = (yuan: number | null | undefined) => (yuan == null ? undefined : Math.round(yuan * 100));

/** Everything that was answered; what is left blank is not among it. */
export function fieldsOf(answer: Answer): Fields {
  const fields: Fields = { award_fen: fen(answer.award), goods_fen: fen(answer.goods) };
  for (const name of TEXTS) fields[name] = answer[name]?.trim() || undefined;
  for (const name of DAYS) {
    const day = answer[name];
    fields[name] = day ? dayNumber(day) : undefined;
  }
  for (const { value } of FLAGS) fields[value] = answer.flags?.includes(value) || undefined;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What an amendment sets: fields that differ, and null for those that were emptied. */
export function changed(before: Fields, after: Fields): Fields {
  const names = [...TEXTS, ...DAYS, ...FLAGS.map((flag) => flag.value), "award_fen", "goods_fen"];
  // A flag that is off may be written or not.
  const now = (fields: Fields, name: string) => (fields[name] === false ? null : (fields[name] ?? null));
  const differ = names.filter((name) => now(before, name) !== now(after, name));
  return Object.fromEntries(differ.map((name) => [name, now(after, name)]));
}

/** The form as a letter fills it. */
export function answerOf(fields: Fields): Partial<Answer> {
  const texts = TEXTS.filter((name) => typeof fields[name] === "string").map((name) => [name, fields[name]]);
  const days = DAYS.filter((name) => typeof fields[name] === "number").map((name) => [name, dayOf(fields[name])]);
  const yuan = (name: string) => (typeof fields[name] === "number" ? (fields[name] as number) / 100 : null);
  const flags = FLAGS.filter(({ value }) => fields[value] === true).map(({ value }) => value);
  return { ...Object.fromEntries([...texts, ...days]), award: yuan("award_fen"), goods: yuan("goods_fen"), flags };
}

export const dayText = (value: unknown) =>
  typeof value === "number" ? new Date(value * 86_400_000).toISOString().slice(0, 10) : undefined;

const dayOf = (value: unknown) => dayjs(dayText(value));
