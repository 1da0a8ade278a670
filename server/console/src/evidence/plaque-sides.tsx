// Two plaques of one household, or one and what speaks against it: each with its photo, who hung it, who signed, who said so when.
import { Skeleton, Tag } from "antd";
import { Link } from "react-router";
import { type StepEntry, usePlaque } from "../api/plaques";
import { Marks } from "../person/marks";
import { Photos } from "../person/photos";
import { SmallFailure } from "../shell/small-failure";
import { PLAQUE_EVENT, POSITION, word } from "../words/codes";
import { time } from "../words/time";
import { FactSaid } from "./fact-said";
import { fieldsOf } from "./said";
import "./evidence.css";

/** Acts that bring a family a plaque. */
const BRINGS = ["ISSUE", "NEW", "REISSUE", "REPLACE"];

interface Props {
  household: string;
  /** What waits, or raised the question; the others stand beside it. */
  asked: readonly string[];
}

export function PlaqueSides({ household, asked }: Props) {
  const answer = usePlaque(household);
  if (answer.isError)
    return <SmallFailure what="光荣牌记录" error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton active paragraph={{ rows: 3 }} />;
  const events = answer.data.events.filter((event) => !event.void);
  const these = events.filter((event) => asked.includes(event.id));
  const others = events.filter((event) => !asked.includes(event.id) && BRINGS.includes(String(fieldsOf(event).event)));
  return (
    <>
      <div className="sides" data-testid="sides">
        {these.map((event) => (
          <PlaqueSide key={event.id} event={event} mark="这一条" />
        ))}
        {others.map((event) => (
          <PlaqueSide key={event.id} event={event} mark={event.held ? "另一条" : "现在计数的"} />
        ))}
      </div>
      {these.length + others.length === 0 && <p className="quiet">这户没有悬挂或发放的记录</p>}
      <Link to={`/plaques?house=${household}`}>这户光荣牌的全部记录</Link>
    </>
  );
}

export function PlaqueSide({ event, mark }: { event: StepEntry; mark?: string }) {
  const { position } = fieldsOf(event);
  return (
    <section className="side" data-testid="side" data-record={event.id}>
      <header>
        {mark && <Tag color={event.held ? "gold" : "blue"}>{mark}</Tag>}
        <b>
          {word(PLAQUE_EVENT, String(fieldsOf(event).event))}
          {typeof position === "string" && ` · ${word(POSITION, position)}`}
        </b>
        <Marks held={event.held} doubtful={event.doubtful} voided={event.void} />
      </header>
      <p className="quiet">
        {event.by ?? "—"} 记录，{time(event.at_ms)}
      </p>
      {event.photos.length > 0 ? <Photos photos={event.photos} large /> : <p className="quiet">没有照片</p>}
      <FactSaid kind="plaque_event" id={event.id} without={["position"]} />
    </section>
  );
}
