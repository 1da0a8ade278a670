// One thing to decide, named once. A case and the part that waits for the same reason are one matter; so are the day of a death
// and the death, and a death that two visits told of.
import type { CaseItem, HeldItem } from "../api/types";

export interface Matter {
  key: string;
  /** Why somebody is asked; none for a value that simply waits. */
  causes: CaseItem[];
  /** What can be let through or not. */
  parts: HeldItem[];
  /** The newest change: matters stand in its order, as the server's lists do. */
  revision: number;
}

/** Fields that a death sets together. */
export const OF_DEATH: readonly string[] = ["life", "died_on"];

/** `door`: people who are not in the register yet; whether they are somebody else is asked where they are taken in. */
export function matters(cases: readonly CaseItem[], held: readonly HeldItem[], door: ReadonlySet<string>): Matter[] {
  const found = new Map<string, Matter>();
  const at = (key: string): Matter => {
    const matter = found.get(key) ?? { key, causes: [], parts: [], revision: 0 };
    found.set(key, matter);
    return matter;
  };
  const asked = cases.filter((one) => !(one.case === "MERGE" && atDoor(one.subjects, door)));
  for (const one of asked) {
    const matter = at(caseKey(one));
    matter.causes.push(one);
    matter.revision = Math.max(matter.revision, one.revision);
  }
  for (const item of held) {
    if (item.field === "id_number" && door.has(item.record.id)) continue;
    const cause = asked.find((one) => asks(one, item));
    const matter = at(cause ? caseKey(cause) : partKey(item));
    matter.parts.push(item);
    matter.revision = Math.max(matter.revision, item.revision);
  }
  return [...found.values()].sort((one, other) => other.revision - one.revision);
}

const atDoor = (subjects: CaseItem["subjects"], door: ReadonlySet<string>) => subjects.some(({ id }) => door.has(id));

/** Whether a case was opened for what waits here. */
function asks(one: CaseItem, item: HeldItem): boolean {
  const about = one.subjects.some((subject) => subject.id === item.record.id);
  return (
    one.facts.some((fact) => fact.id === item.record.id) ||
    (one.case === "DEATH" && about && OF_DEATH.includes(item.field ?? "")) ||
    (one.case === "MERGE" && about && item.field === "id_number")
  );
}

const caseKey = (one: CaseItem) => (one.case === "DEATH" ? `death ${one.subjects[0]?.id}` : one.id);

const partKey = ({ record, field, part }: HeldItem) =>
  OF_DEATH.includes(field ?? "") ? `death ${record.id}` : `${record.id} ${JSON.stringify(part)}`;
