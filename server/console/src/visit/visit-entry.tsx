// One visit: when, how, with what result, for which work, by whom, with its pictures.
import { Tag } from "antd";
import type { Visit } from "../api/types";
import { FactSaid } from "../evidence/fact-said";
import { Marks } from "../person/marks";
import { Photos } from "../person/photos";
import type { Question } from "../queue/settle-dialog";
import { FieldHistory } from "../record/field-history";
import { useMay } from "../session/use-session";
import { Near } from "../shell/near";
import { METHOD, RESULT, REVIEW, WORK, word } from "../words/codes";
import { time } from "../words/time";
import { VisitActs } from "./visit-acts";

export function VisitEntry({ visit, ask }: { visit: Visit; ask: (question: Question) => void }) {
  const reviews = useMay("REVIEW");
  return (
    <article className={visit.void ? "entry voided" : "entry"} data-testid="visit">
      <header>
        <time>{time(visit.at_ms)}</time>
        <b>
          {word(METHOD, visit.method)} · {word(RESULT, visit.result)}
        </b>
        <Marks held={visit.held} doubtful={visit.doubtful} voided={visit.void} />
        {reviews && !visit.void && <VisitActs visit={visit} ask={ask} />}
      </header>
      {visit.work_types.length > 0 && (
        <p className="tags">
          {visit.work_types.map((code) => (
            <Tag key={code} variant="filled" color="blue">
              {word(WORK, code)}
            </Tag>
          ))}
        </p>
      )}
      {visit.note && <p className="entry-note">{visit.note}</p>}
      <Photos photos={visit.photos} />
      {/* Money, needs and the signature are in sight where the visit is corrected or taken back. */}
      <Near>
        <FactSaid kind="contact" id={visit.id} without={["situation", "entered_by"]} />
      </Near>
      <footer>
        走访人 {visit.visitors.join("、") || "—"}
        {visit.entered_by && ` · ${visit.by} 补录自${visit.entered_by}`} · {word(REVIEW, visit.review)}{" "}
        <FieldHistory kind="contact" id={visit.id} small />
      </footer>
    </article>
  );
}
