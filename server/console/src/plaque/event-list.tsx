// What happened to a household's plaque, newest first: what was written, whether it counts, and taking a wrong one back.
import { Button, Empty, Timeline } from "antd";
import type { StepEntry } from "../api/plaques";
import { Signature } from "../evidence/signature";
import { Marks } from "../person/marks";
import { Photos } from "../person/photos";
import type { Question } from "../queue/settle-dialog";
import { takeBack } from "../queue/take-back";
import { useMay } from "../session/use-session";
import { COLOR } from "../theme";
import { PLAQUE_EVENT, POSITION, word } from "../words/codes";
import { PLAQUE_REASON } from "../words/plaques";
import { time } from "../words/time";
import "../person/person.css";

/** Words that were written, in the order of the form. */
const WRITTEN: readonly [string, string][] = [
  ["document", "文件"],
  ["hanger", "悬挂人"],
  ["receiver", "领取人"],
  ["exception", "县局例外"],
  ["remained", "残片"],
];

const told = (fields: Record<string, unknown>) =>
  [
    typeof fields.reason === "string" && `事由 ${word(PLAQUE_REASON, fields.reason)}`,
    fields.old_returned === true && "旧牌已交回",
    ...WRITTEN.map(([name, label]) => typeof fields[name] === "string" && `${label} ${fields[name]}`),
  ]
    .filter(Boolean)
    .join(" · ");

export function EventList({ events, ask }: { events: StepEntry[]; ask: (question: Question) => void }) {
  const reviews = useMay("REVIEW");
  if (events.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="这户还没有光荣牌记录" />;
  const item = (entry: StepEntry) => {
    const fields = entry.fields as Record<string, unknown>;
    const act = word(PLAQUE_EVENT, String(fields.event));
    const position = typeof fields.position === "string" && word(POSITION, fields.position);
    return {
      key: entry.id,
      color: entry.void ? "gray" : entry.held ? COLOR.held : "red",
      content: (
        <article className={entry.void ? "entry voided" : "entry"} data-testid="house-event">
          <header>
            <time>{time(entry.at_ms)}</time>
            <b>{[act, position].filter(Boolean).join(" · ")}</b>
            <Marks held={entry.held} doubtful={entry.doubtful} voided={entry.void} />
            {reviews && !entry.void && (
              <Button
                size="small"
                type="text"
                danger
                onClick={() =>
                  ask(takeBack({ kind: "plaque_event", id: entry.id, revision: entry.revision, what: act }))
                }
              >
                作废
              </Button>
            )}
          </header>
          <p>{told(fields)}</p>
          {(fields.signature != null || fields.no_signature != null) && (
            <p>
              签字 <Signature signed={fields.signature} unsigned={fields.no_signature} owed={false} />
            </p>
          )}
          {entry.held && entry.zh && <p className="bad">{entry.zh}</p>}
          {entry.void_reason && <p>作废原因：{entry.void_reason}</p>}
          <Photos photos={entry.photos} />
          <footer>记录人 {entry.by ?? "—"}</footer>
        </article>
      ),
    };
  };
  return <Timeline items={events.map(item).reverse()} />;
}
