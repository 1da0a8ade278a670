// What happened, newest first: visits and what was done to the plaque, on one line of time.
import { Empty, Timeline } from "antd";
import { useState } from "react";
import type { PlaqueEvent, Visit } from "../api/types";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { COLOR } from "../theme";
import { VisitEntry } from "../visit/visit-entry";
import { PlaqueEntry } from "./plaque-entry";

interface Props {
  visits: Visit[];
  plaqueEvents: PlaqueEvent[];
}

export function History({ visits, plaqueEvents }: Props) {
  const [question, ask] = useState<Question>();
  const items = [
    ...visits.map((visit) => ({
      at: visit.at_ms,
      key: visit.id,
      color: visit.void ? "gray" : visit.held ? COLOR.held : reached(visit) ? "blue" : COLOR.tried,
      content: <VisitEntry visit={visit} ask={ask} />,
    })),
    ...plaqueEvents.map((event) => ({
      at: event.at_ms,
      key: event.id,
      color: event.void ? "gray" : event.held ? COLOR.held : "red",
      content: <PlaqueEntry event={event} ask={ask} />,
    })),
  ];
  items.sort((a, b) => b.at - a.at);
  if (items.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有记录；手机同步之后会出现在这里" />;
  }
  return (
    <>
      <Timeline items={items.map(({ key, color, content }) => ({ key, color, content }))} />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}

/** Colour only; whether it counts as reached is the server's rule. */
const reached = (visit: Visit) => visit.result === "MET" || visit.result === "MET_FAMILY";
