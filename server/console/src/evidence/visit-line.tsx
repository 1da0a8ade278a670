// One visit in a line: when, how, with what result for this person, for which work, by whom.
import { usePerson } from "../api/queries";
import { METHOD, RESULT, WORK, word } from "../words/codes";
import { time } from "../words/time";

export function VisitLine({ id, person }: { id: string; person: string }) {
  const visit = usePerson(person).data?.visits.find((one) => one.id === id);
  if (!visit) return null;
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
