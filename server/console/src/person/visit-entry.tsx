// One visit: when, how, with what result, for which work, by whom, with its pictures.
import { Tag } from "antd";
import type { Visit } from "../api/types";
import { FieldHistory } from "../record/field-history";
import { METHOD, RESULT, REVIEW, WORK, word } from "../words/codes";
import { time } from "../words/time";
import { Marks } from "./marks";
import { Photos } from "./photos";

export function VisitEntry({ visit }: { visit: Visit }) {
  return (
    <article className={visit.void ? "entry voided" : "entry"} data-testid="visit">
      <header>
        <time>{time(visit.at_ms)}</time>
        <b>
          {word(METHOD, visit.method)} · {word(RESULT, visit.result)}
        </b>
        <Marks held={visit.held} doubtful={visit.doubtful} voided={visit.void} />
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
      <footer>
        走访人 {visit.visitor} · {word(REVIEW, visit.review)} <FieldHistory kind="contact" id={visit.id} small />
      </footer>
    </article>
  );
}
