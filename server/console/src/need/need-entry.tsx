// One need among those of a person or a household: what is asked, where it stands, and who answers by when.
import { Link } from "react-router";
import type { NeedRow } from "../api/needs";
import { PersonLink } from "../person/person-link";
import { word } from "../words/codes";
import { NEED_TYPE } from "../words/needs";
import { DueDay, NeedState, Urgency } from "./need-marks";

/** `named`: with whose it is, where several people's stand together. */
export function NeedEntry({ row, named = false }: { row: NeedRow; named?: boolean }) {
  return (
    <article className="entry" data-testid="need" data-need={row.id}>
      <header>
        <Link to={`/needs/${row.id}`}>{row.asked}</Link>
        <span className="tags">
          <NeedState row={row} />
          <Urgency code={row.urgency} />
        </span>
      </header>
      <footer>
        {named && (
          <>
            {row.person ? <PersonLink id={row.person} name={row.called} /> : row.called}
            {" · "}
          </>
        )}
        {word(NEED_TYPE, row.need_type)} · 登记 {row.found_on ?? "—"}
        {row.owner && ` · 承办 ${row.owner.name}`}
        {row.due_on && (
          <>
            {" · 期限 "}
            <DueDay row={row} />
          </>
        )}
      </footer>
    </article>
  );
}
