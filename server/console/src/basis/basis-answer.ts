// What the form of a basis person was answered, as the fields of the record (core/domain/src/kind/basis_person.rs).
import dayjs, { type Dayjs } from "dayjs";
import type { BasisPerson } from "../api/register";

export interface Answer {
  basis: string;
  name: string;
  household?: string | undefined;
  division?: string | undefined;
  enlisted?: string | undefined;
  discharged?: string | undefined;
  certificate_no?: string | undefined;
  parents_household?: string | undefined;
  plaque_at?: string | undefined;
  died_on?: Dayjs | null;
  /** What each member of the family is to them, by the member's record. */
  relations?: Record<string, string | undefined>;
}

type Fields = Record<string, unknown>;
type Relation = { person: string; relation: string };

const TEXTS = [
  "basis",
  "name",
  "household",
  "division",
  "enlisted",
  "discharged",
  "certificate_no",
  "parents_household",
  "plaque_at",
] as const;

const said = (answer: Answer, name: (typeof TEXTS)[number]) => answer[name]?.trim() || undefined;

const died = ({ died_on }: Answer) =>
  died_on ? Date.parse(`${died_on.format("YYYY-MM-DD")}T00:00:00Z`) / 86_400_000 : undefined;

function relations(answer: Answer): Relation[] {
  const all = Object.entries(answer.relations ?? {});
  return all.flatMap(([person, relation]) => (relation?.trim() ? [{ person, relation: relation.trim() }] : []));
}

/** Everything that was answered; what is left blank is not among it. */
export function fieldsOf(answer: Answer): Fields {
  const related = relations(answer);
  const fields: Fields = { died_on: died(answer), relations: related.length > 0 ? related : undefined };
  for (const name of TEXTS) fields[name] = said(answer, name);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const was = ({ fields }: BasisPerson) => ((fields as Fields).relations ?? []) as Relation[];

/** What an amendment sets: fields that differ, null for those that were emptied, and relations that come and go. */
export function changed(before: BasisPerson, answer: Answer): Fields {
  const old = before.fields as Fields;
  const set: Fields = {};
  for (const name of TEXTS) {
    const now = said(answer, name) ?? null;
    if (now !== (old[name] ?? null)) set[name] = now;
  }
  const day = died(answer) ?? null;
  if (day !== (old.died_on ?? null)) set.died_on = day;
  const same = (a: Relation) => (b: Relation) => a.person === b.person && a.relation === b.relation;
  const [then, now] = [was(before), relations(answer)];
  const come = now.filter((one) => !then.some(same(one)));
  const go = then.filter((one) => !now.some(same(one)));
  if (come.length + go.length > 0) {
    set.relations = { ...(come.length > 0 && { $add: come }), ...(go.length > 0 && { $remove: go }) };
  }
  return set;
}

/** The form as a record fills it. */
export function answerOf(view: BasisPerson): Partial<Answer> {
  const fields = view.fields as Fields;
  const texts = TEXTS.filter((name) => typeof fields[name] === "string").map((name) => [name, fields[name]]);
  const days = typeof fields.died_on === "number" ? { died_on: dayjs(view.row.died_on) } : {};
  const related = was(view).map(({ person, relation }) => [person, relation]);
  return { ...Object.fromEntries(texts), ...days, relations: Object.fromEntries(related) };
}
