// One visit in a line: when, how, with what result for this person, for which work, by whom.
import type { ReactNode } from "react";
import { usePerson } from "../api/queries";
import { METHOD, RESULT, WORK, word } from "../words/codes";
import { time } from "../words/time";

interface Props {
  id: string;
  person: string;
  /** What stands there for a visit that the person's page does not have. */
  otherwise?: ReactNode;
}

export function VisitLine({ id, person, otherwise = null }: Props) {
  const visit = usePerson(person).data?.visits.find((one) => one.id === id);
  if (!visit) return otherwise;
  return (
    <p>
      {time(visit.at_ms)}{" "}
      <b>
        {word(METHOD, visit.method)} · {word(RESULT, visit.result)}
      </b>
      <span className="quiet">
        {" "}
        {visit.work_types.map((code) => word(WORK, code)).join("、")}，走访人 {visit.visitors.join("、") || "—"}
      </span>
    </p>
  );
}
