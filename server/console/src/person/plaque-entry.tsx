// One thing done to the plaque.
import { Button } from "antd";
import type { PlaqueEvent } from "../api/types";
import { FactSaid } from "../evidence/fact-said";
import type { Question } from "../queue/settle-dialog";
import { takeBack } from "../queue/take-back";
import { FieldHistory } from "../record/field-history";
import { useMay } from "../session/use-session";
import { Near } from "../shell/near";
import { PLAQUE_EVENT, POSITION, word } from "../words/codes";
import { time } from "../words/time";
import { Marks } from "./marks";
import { Photos } from "./photos";

export function PlaqueEntry({ event, ask }: { event: PlaqueEvent; ask: (question: Question) => void }) {
  const reviews = useMay("REVIEW");
  const { id, revision } = event;
  const wrong = { kind: "plaque_event", id, revision, what: word(PLAQUE_EVENT, event.event) };
  return (
    <article className={event.void ? "entry voided" : "entry"} data-testid="plaque-event">
      <header>
        <time>{time(event.at_ms)}</time>
        <b>
          {word(PLAQUE_EVENT, event.event)}
          {event.position && ` · ${word(POSITION, event.position)}`}
        </b>
        <Marks held={event.held} voided={event.void} />
        {reviews && !event.void && (
          <Button size="small" type="text" danger onClick={() => ask(takeBack(wrong))}>
            作废
          </Button>
        )}
      </header>
      <Photos photos={event.photos} />
      <Near>
        <FactSaid kind="plaque_event" id={id} without={["position", "hanger"]} />
      </Near>
      <footer>
        {event.hanger && `悬挂人 ${event.hanger} · `}记录人 {event.by}{" "}
        <FieldHistory kind="plaque_event" id={event.id} small />
      </footer>
    </article>
  );
}
