// 入册, 移出: what taking somebody found at a door into the register or not, and taking out who no longer belongs there, asks and
// writes. The person's page and the queue ask the same.
import type { Person } from "../api/types";
import type { Question } from "../queue/settle-dialog";
import { table } from "../words/table";

const REMOVED_FOR = table(["REMOVED_FOR"]);

const write = (person: Person, set: Record<string, string | null>) => ({
  kind: "person",
  target: person.id,
  base: person.revision,
  act: { act: "change", set },
});

/** The reasons that a person has, none. */
const cleared = ({ fields }: Person) =>
  Object.fromEntries(
    ["removed_for", "removed_note"].filter((field) => fields[field] != null).map((field) => [field, null]),
  );

export const accept = (person: Person): Question => ({
  title: person.register === "REMOVED" ? "恢复在册" : "接受入册",
  note: `${person.name}将列为在册的服务对象，从今天起计入应访人数。`,
  ok: person.register === "REMOVED" ? "恢复在册" : "接受入册",
  label: null,
  // What was said when turning somebody down no longer holds.
  write: () => write(person, { register: "ACTIVE", ...cleared(person) }),
});

export const reject = (person: Person): Question => ({
  title: "不予入册",
  note: `${person.name}不列入名册；记录和走访都保留，以后仍可接受入册。`,
  ok: "不予入册",
  danger: true,
  label: "不予入册的原因",
  write: (reason) => write(person, { register: "REJECTED", removed_note: reason }),
});

/** Found and not decided on, or turned down too early: it is looked into first. */
export const lookInto = (person: Person): Question => ({
  title: person.register === "REJECTED" ? "重新核实" : "先核实",
  note: `${person.name}列为审核中，仍在入户新登记的人里等待决定。`,
  ok: person.register === "REJECTED" ? "重新核实" : "先核实",
  label: null,
  write: () => write(person, { register: "REVIEWING", ...cleared(person) }),
});

export const remove = (person: Person): Question => ({
  title: `移出名册：${person.name}`,
  note: "从今天起不再计入应访人数；走访、光荣牌记录和历史都保留，以后可以恢复在册。",
  ok: "移出名册",
  danger: true,
  choice: {
    label: "移出原因",
    options: Object.entries(REMOVED_FOR).map(([value, label]) => ({ value, label })),
  },
  label: "情况说明",
  write: (note, removed_for) => write(person, { register: "REMOVED", removed_for, removed_note: note }),
});
