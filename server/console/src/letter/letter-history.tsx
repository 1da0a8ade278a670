// What was done with a letter, newest first, and taking a wrong step back.
import { Button, Empty, Timeline } from "antd";
import type { StepEntry } from "../api/plaques";
import { Signature } from "../evidence/signature";
import { Marks } from "../person/marks";
import { Photos } from "../person/photos";
import type { Question } from "../queue/settle-dialog";
import { takeBack } from "../queue/take-back";
import { useMay } from "../session/use-session";
import { word } from "../words/codes";
import { LETTER_STATE } from "../words/plaques";
import { time } from "../words/time";
import type { Fields } from "./letter-answer";
import "../person/person.css";

const WRITTEN = ["note", "reason", "to_county", "receiver"];

export function LetterHistory({ steps, ask }: { steps: StepEntry[]; ask: (question: Question) => void }) {
  const reviews = useMay("REVIEW");
  if (steps.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有办理记录" />;
  const item = (entry: StepEntry) => {
    const fields = entry.fields as Fields;
    const name = word(LETTER_STATE, String(fields.step));
    const written = WRITTEN.map((field) => fields[field]).filter((value) => typeof value === "string");
    const wrong = { kind: "letter_step", id: entry.id, revision: entry.revision, what: name };
    return {
      key: entry.id,
      color: entry.void ? "gray" : "red",
      content: (
        <article className={entry.void ? "entry voided" : "entry"} data-testid="letter-step">
          <header>
            <time>{time(entry.at_ms)}</time>
            <b>{name}</b>
            <Marks held={entry.held} doubtful={entry.doubtful} voided={entry.void} />
            {reviews && !entry.void && (
              <Button size="small" type="text" danger onClick={() => ask(takeBack(wrong))}>
                作废
              </Button>
            )}
          </header>
          <p>{[...new Set(written)].join("；")}</p>
          {(fields.signature != null || fields.no_signature != null) && (
            <p>
              签收 <Signature signed={fields.signature} unsigned={fields.no_signature} owed={false} />
            </p>
          )}
          <Photos photos={entry.photos} />
          {entry.held && entry.zh && <p className="bad">{entry.zh}</p>}
          {entry.void_reason && <p>作废原因：{entry.void_reason}</p>}
          <footer>记录人 {entry.by ?? "—"}</footer>
        </article>
      ),
    };
  };
  return <Timeline items={steps.map(item).reverse()} />;
}
