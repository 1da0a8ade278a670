// One thing to decide: its name, why it waits, what it is about, and below that the buttons.
import { Tag } from "antd";
import { Near } from "../shell/near";
import { word } from "../words/codes";
import { CASE, FIELD, WHY } from "../words/queue";
import { time } from "../words/time";
import type { Matter } from "./matter";
import { MatterActs } from "./matter-acts";
import { MatterEvidence } from "./matter-evidence";
import { Named } from "./named";
import { reportOf } from "./report";
import type { Question } from "./settle-dialog";
import "../evidence/evidence.css";

const COLOR: Readonly<Record<string, string>> = { HELD: "gold", PROPOSED: "blue", CONFLICT: "volcano" };

export function MatterCard({ matter, ask }: { matter: Matter; ask: (question: Question) => void }) {
  const { causes, parts } = matter;
  const [cause] = causes;
  const [part] = parts;
  const subjects = cause?.subjects ?? [];
  const record = part?.record ?? cause?.subjects[0];
  // Of a fact that waits, whom it speaks of too; the record itself is named first.
  const others = [...subjects, ...(part?.subjects ?? [])].filter((one) => one.id !== record?.id);
  const named = others.filter((one, at) => others.findIndex((other) => other.id === one.id) === at);
  const report = parts.map(reportOf).find(Boolean);
  const sentences = new Set(parts.map((item) => item.zh).filter(Boolean));
  return (
    <article className="matter" data-testid="matter" data-row-key={matter.key} data-record={record?.id}>
      <header>
        <Tag color={(part && COLOR[part.why]) ?? "gold"}>
          {report?.title ?? (cause ? word(CASE, cause.case) : word(WHY, part?.why))}
        </Tag>
        {!report && part?.field && <b>{word(FIELD, part.field)}</b>}
        {record && <Named record={record} />}
        {named.map((one) => (
          <Named key={one.id} record={one} />
        ))}
        {part?.by && <span className="quiet">{part.by} 记录</span>}
        {!part && cause && <span className="quiet">{time(cause.opened_ms)} 打开</span>}
      </header>
      {[...sentences].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Near>
        <MatterEvidence matter={matter} />
      </Near>
      <footer>
        <MatterActs matter={matter} ask={ask} />
      </footer>
    </article>
  );
}
