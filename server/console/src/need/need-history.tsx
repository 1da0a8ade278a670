// What was done about a need, newest first, and taking a wrong step back.
import { Button, Card, Empty, Timeline } from "antd";
import { useState } from "react";
import type { StepEntry } from "../api/plaques";
import { useDivisions } from "../api/queries";
import { Marks } from "../person/marks";
import { Photos } from "../person/photos";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { takeBack } from "../queue/take-back";
import { useMay } from "../session/use-session";
import { word } from "../words/codes";
import { NEED_STATE } from "../words/needs";
import { time } from "../words/time";

export function NeedHistory({ steps }: { steps: StepEntry[] }) {
  const [question, ask] = useState<Question>();
  const item = (entry: StepEntry) => ({
    key: entry.id,
    color: entry.void ? "gray" : "blue",
    content: <Step entry={entry} ask={ask} />,
  });
  return (
    <Card title="办理记录">
      {steps.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有办理记录" />
      ) : (
        <Timeline items={steps.map(item).reverse()} />
      )}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Card>
  );
}

function Step({ entry, ask }: { entry: StepEntry; ask: (question: Question) => void }) {
  const reviews = useMay("REVIEW");
  const divisions = useDivisions().data ?? [];
  const fields = entry.fields as Record<string, unknown>;
  const name = word(NEED_STATE, String(fields.step));
  const owner = divisions.find(({ id }) => id === fields.owner)?.name;
  const given = [owner, fields.to].filter((one) => typeof one === "string").join("、");
  const words = [fields.answer, fields.note].filter((one) => typeof one === "string");
  const wrong = { kind: "need_step", id: entry.id, revision: entry.revision, what: name };
  return (
    <article className={entry.void ? "entry voided" : "entry"} data-testid="need-step">
      <header>
        <time>{time(entry.at_ms)}</time>
        <b>{name}</b>
        {typeof fields.satisfied === "boolean" && <span>{fields.satisfied ? "满意" : "不满意"}</span>}
        <Marks held={entry.held} doubtful={entry.doubtful} voided={entry.void} />
        {reviews && !entry.void && (
          <Button size="small" type="text" danger onClick={() => ask(takeBack(wrong))}>
            作废
          </Button>
        )}
      </header>
      {given && <p>交给 {given}</p>}
      {words.length > 0 && <p className="entry-note">{words.join("；")}</p>}
      <Photos photos={entry.photos} />
      {entry.held && entry.zh && <p className="bad">{entry.zh}</p>}
      {entry.void_reason && <p>作废原因：{entry.void_reason}</p>}
      <footer>
        记录人 {entry.by ?? "—"}
        {fields.contact != null && " · 走访时"}
      </footer>
    </article>
  );
}
