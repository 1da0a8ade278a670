// The fields of two records of one person, beside each other, in the order in which a clerk reads a form.
import type { Person } from "../api/types";
import { type Names, shown } from "../record/value";
import { PLAQUE_STATE, word } from "../words/codes";
import { FIELD } from "../words/queue";

export interface Pair {
  key: string;
  label: string;
  values: [string, string];
  differs: boolean;
}

const FIRST = [
  "name",
  "id_number",
  "sex",
  "birth",
  "phones",
  "register",
  "life",
  "categories",
  "registered_division",
  "living_division",
  "registered_address",
  "address",
];

/** The household is shown by its address and its people, not by its record. */
const APART = ["household"];

export function pairs(one: Person, other: Person, names: Names): Pair[] {
  const there = [...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])];
  const rest = there.filter((field) => !FIRST.includes(field) && !APART.includes(field)).sort();
  const fields = [...FIRST.filter((field) => there.includes(field)), ...rest];
  const value = (person: Person, field: string) => shown(person.fields[field], field, names);
  return [
    ...fields.map((field) => pair(field, word(FIELD, field), value(one, field), value(other, field))),
    pair("home", "所在户", home(one), home(other)),
    pair("plaque", "光荣牌", word(PLAQUE_STATE, one.plaque?.state), word(PLAQUE_STATE, other.plaque?.state)),
    pair("visits", "走访", `${one.visits.length} 次`, `${other.visits.length} 次`),
  ];
}

const pair = (key: string, label: string, one: string, other: string): Pair => ({
  key,
  label,
  values: [one, other],
  differs: one !== other,
});

function home({ household }: Person): string {
  if (!household) return "没有登记到户";
  const members = household.members.map((member) => member.name).join("、");
  return `${household.address ?? "没有登记地址"}（${members}）`;
}
