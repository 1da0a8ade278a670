// One thing done to the plaque.
import type { PlaqueEvent } from "../api/types";
import { FieldHistory } from "../record/field-history";
import { PLAQUE_EVENT, POSITION, word } from "../words/codes";
import { time } from "../words/time";
import { Marks } from "./marks";
import { Photos } from "./photos";

export function PlaqueEntry({ event }: { event: PlaqueEvent }) {
  return (
    <article className={event.void ? "entry voided" : "entry"} data-testid="plaque-event">
      <header>
        <time>{time(event.at_ms)}</time>
        <b>
          {word(PLAQUE_EVENT, event.event)}
          {event.position && ` · ${word(POSITION, event.position)}`}
        </b>
        <Marks held={event.held} voided={event.void} />
      </header>
      <Photos photos={event.photos} />
      <footer>
        {event.hanger && `悬挂人 ${event.hanger} · `}记录人 {event.by}{" "}
        <FieldHistory kind="plaque_event" id={event.id} small />
      </footer>
    </article>
  );
}
