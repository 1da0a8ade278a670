// One visit that a person must look at: why, whom, what came of it, everything it brought, and below that the answers.
import { Alert, Button, Space, Tag } from "antd";
import { asProblem } from "../api/problem";
import type { LookItem } from "../api/types";
import { useWrite } from "../api/write";
import { Twins } from "../evidence/twins";
import { VisitEvidence } from "../evidence/visit-evidence";
import { Named } from "../queue/named";
import type { Question } from "../queue/settle-dialog";
import { Near } from "../shell/near";
import { RESULT, WORK, word } from "../words/codes";
import { LOOK } from "../words/queue";
import { giveBack, mend } from "./acts";
import "../evidence/evidence.css";

export function LookCard({ row, ask }: { row: LookItem; ask: (question: Question) => void }) {
  return (
    <article className="matter" data-testid="look" data-row-key={row.contact.id}>
      <header>
        <Tag color="gold">{word(LOOK, row.look)}</Tag>
        <Named record={row.contact} />
        <span>
          {row.work_types.map((code) => word(WORK, code)).join("、")}
          {row.late && " · 事后补录"}
        </span>
        <span className="quiet">{row.by ?? "—"} 记录</span>
      </header>
      <p>{row.zh}</p>
      {row.entries.map(({ person, result }) => (
        <div key={person.id}>
          <Named record={person} /> <b>{word(RESULT, result)}</b>
        </div>
      ))}
      <Twins row={row} />
      <Answers row={row} />
      <Near>
        <VisitEvidence id={row.contact.id} person={row.entries[0]?.person.id} />
      </Near>
      <footer>
        <Acts row={row} ask={ask} />
      </footer>
    </article>
  );
}

/** Answered question sets in words, and how many answers do not fit theirs. */
function Answers({ row }: { row: LookItem }) {
  return (
    <>
      {row.answers.length > 0 && <Tag color="orange">{row.answers.length} 个问卷答案需核对</Tag>}
      {row.answered.map((set) => (
        <div key={set.title}>
          <span className="quiet">{set.title}：</span>
          {set.values.map(({ question, answer }) => `${question} ${answer}`).join("；")}
        </div>
      ))}
    </>
  );
}

function Acts({ row, ask }: { row: LookItem; ask: (question: Question) => void }) {
  const accept = useWrite(() => undefined);
  const at = row.contact.at_ms;
  return (
    <Space wrap>
      {row.doubtful && at != null && <Button onClick={() => ask(mend(row, at))}>改正时间</Button>}
      {!row.doubtful && (
        <Button
          type="primary"
          loading={accept.isPending}
          onClick={() => accept.mutate({ review: row.contact.id, say: { say: "accept", revision: row.revision } })}
        >
          审核通过
        </Button>
      )}
      <Button danger onClick={() => ask(giveBack(row))}>
        退回
      </Button>
      {accept.isError && <Alert type="error" showIcon title={asProblem(accept.error).title} />}
    </Space>
  );
}
