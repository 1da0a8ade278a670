// A record in a word and a link, with what tells it from its namesake.
import { Link } from "react-router";
import type { Named as NamedRecord } from "../api/types";
import { PersonLink } from "../person/person-link";
import { METHOD, PLAQUE_EVENT, word } from "../words/codes";
import { KIND } from "../words/queue";
import { time } from "../words/time";

export function Named({ record }: { record: NamedRecord }) {
  const more = [record.id_masked, record.address, record.division?.name].filter(Boolean).join(" · ");
  if (record.kind === "") return <span className="quiet">本县还没有的对象</span>;
  return (
    <span className="named">
      {record.kind === "person" ? (
        <PersonLink id={record.id} name={record.name ?? "—"} />
      ) : record.kind === "household" ? (
        <Link to={`/households/${record.id}`}>户 {record.name}</Link>
      ) : record.kind === "letter" ? (
        <Link to={`/letters?letter=${record.id}`}>
          {word(KIND, record.kind)} {record.name}
        </Link>
      ) : record.kind === "need" ? (
        <Link to={`/needs/${record.id}`}>{word(KIND, record.kind)}</Link>
      ) : (
        <span>
          {word(KIND, record.kind)}
          {record.name && ` ${word({ ...METHOD, ...PLAQUE_EVENT }, record.name)}`}
        </span>
      )}
      {record.at_ms != null && <span className="quiet"> {time(record.at_ms)}</span>}
      {more && <span className="quiet"> {more}</span>}
    </span>
  );
}
