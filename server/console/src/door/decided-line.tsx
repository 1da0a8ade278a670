// What became of somebody who was decided on just now, as the register has it, and the way back.
import { Alert, Button } from "antd";
import { usePerson } from "../api/queries";
import type { Person } from "../api/types";
import { PersonLink } from "../person/person-link";
import { lookInto, remove } from "../person/register";
import type { Question } from "../queue/settle-dialog";
import { undo, undoable } from "../same/merge";
import { REGISTER, word } from "../words/codes";

interface Way {
  text: string;
  label: string;
  question: Question | undefined;
}

/** By the state that the register has, not by what was pressed: somebody else may have decided otherwise since. */
function back(person: Person): Way | undefined {
  const merged = person.same.find(undoable);
  if (merged) return { text: `已与${merged.name}合并为同一人`, label: "撤销合并", question: undo(merged) };
  if (person.register === "ACTIVE") {
    return {
      text: "已接受入册",
      label: "撤销：移出名册",
      question: person.may.includes("REMOVED") ? remove(person) : undefined,
    };
  }
  if (person.register === "REJECTED") {
    const why = typeof person.fields.removed_note === "string" ? `：${person.fields.removed_note}` : "";
    return {
      text: `不予入册${why}`,
      label: "撤销：重新核实",
      question: person.may.includes("REVIEWING") ? lookInto(person) : undefined,
    };
  }
  return { text: word(REGISTER, person.register), label: "", question: undefined };
}

export function DecidedLine({ id, ask }: { id: string; ask: (question: Question) => void }) {
  const person = usePerson(id).data;
  const way = person && back(person);
  if (!person || !way) return null;
  const { question } = way;
  return (
    <Alert
      data-testid="decided"
      className="decided"
      type="success"
      showIcon
      title={
        <>
          <PersonLink id={person.id} name={person.name} /> {way.text}
        </>
      }
      action={question && <Button onClick={() => ask(question)}>{way.label}</Button>}
    />
  );
}
