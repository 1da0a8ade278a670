// What one record of the field says, line by line, what weighs first: money, needs, the signature. Read where it is decided.
import { Descriptions, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useFieldHistory } from "../api/queries";
import type { FieldChange } from "../api/types";
import { namesOf, shown } from "../record/value";
import { SmallFailure } from "../shell/small-failure";
import { word } from "../words/codes";
import { CHANGE, FIELD } from "../words/queue";
import { time } from "../words/time";
import { remarks, saidNow } from "./said";
import { Signature } from "./signature";

/** In the order in which a reviewer asks. What is said elsewhere on the page (whom, how, when) is left out. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  contact: [
    "gifts_text",
    "needs_text",
    "difficulties",
    "cause",
    "to_solve",
    "measures",
    "answered",
    "situation",
    "companions",
    "others",
    "follow_up_on",
    "no_photo",
    "no_place",
    "entered_by",
  ],
  plaque_event: ["position", "hanger", "receiver", "reason", "old_returned", "document", "exception", "remained"],
  letter_step: ["delivered_by", "receiver", "award_fen", "goods_fen", "goods", "reason", "to_county", "note"],
  need_step: ["step", "answer", "to", "owner", "satisfied", "note"],
  plaque_stock: ["act", "count", "document", "reason"],
  plaque_request_step: ["step", "opinion"],
};

/** What a decision hangs on stands out. */
const WEIGHS = new Set(["gifts_text", "needs_text", "difficulties", "to_solve", "award_fen", "goods_fen", "count"]);

/** Kinds that somebody signs. */
const SIGNED = new Set(["contact", "plaque_event", "letter_step"]);

type Value = (field: string) => unknown;

/** Nobody signs a call; of a plaque or a letter only what was handed over is signed. */
const signs = (kind: string, value: Value) =>
  value("signature") != null ||
  value("no_signature") != null ||
  (kind === "contact" && ["HOME", "STATION", "SEMINAR"].includes(String(value("method"))));

/** Where money or a letter was handed over, that nobody signed and nobody said why is something to ask about. */
const owes = (kind: string, value: Value) => {
  const works = value("work_types");
  return kind !== "contact" || value("gifts_text") != null || (Array.isArray(works) && works.includes("MERIT"));
};

interface Props {
  kind: string;
  id: string;
  /** Lines that the place around it shows already. */
  without?: readonly string[];
}

export function FactSaid({ kind, id, without = [] }: Props) {
  const answer = useFieldHistory(kind, id, true);
  if (answer.isError) return <SmallFailure what="记录内容" error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const said = saidNow(answer.data.rows);
  const names = namesOf(answer.data.named);
  const value = (field: string) => said.get(field)?.to;
  const there = (field: string) => value(field) != null && value(field) !== "" && !without.includes(field);
  const lines = (LINES[kind] ?? [...said.keys()]).filter(there);
  const items: { key: string; label: string; children: ReactNode }[] = lines.map((field) => ({
    key: field,
    label: word(FIELD, field),
    children: WEIGHS.has(field) ? (
      <b className="weighs">{weighed(field, value(field))}</b>
    ) : (
      <span className="entry-note">{shown(value(field), field, names)}</span>
    ),
  }));
  if (SIGNED.has(kind) && !without.includes("signature") && signs(kind, value)) {
    items.push({
      key: "signature",
      label: word(FIELD, "signature"),
      children: <Signature signed={value("signature")} unsigned={value("no_signature")} owed={owes(kind, value)} />,
    });
  }
  return (
    <div className="said" data-testid="said">
      <Descriptions column={1} size="small" items={items} styles={{ label: { width: 116 } }} />
      {remarks(answer.data.rows).map((row) => (
        <Remark key={row.feed} row={row} />
      ))}
    </div>
  );
}

/** Money is kept in fen. */
const weighed = (field: string, value: unknown) =>
  field.endsWith("_fen") && typeof value === "number" ? `${value / 100} 元` : shown(value, field);

function Remark({ row }: { row: FieldChange }) {
  return (
    <p className="quiet">
      {word(CHANGE, row.what)}：{row.reason}（{row.by ?? "—"}，{time(row.at_ms)}）
    </p>
  );
}
