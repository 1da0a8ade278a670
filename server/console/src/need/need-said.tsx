// What a need says: what is asked, whose it is, who answers until when, and the visits in which it was heard and answered.
import { Card, Descriptions } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Need } from "../api/needs";
import { VisitLine } from "../evidence/visit-line";
import { PersonLink } from "../person/person-link";
import { word } from "../words/codes";
import { NEED_TYPE } from "../words/needs";
import { DueDay, Urgency } from "./need-marks";

export function NeedSaid({ need: { row, fields } }: { need: Need }) {
  const { note } = fields as Record<string, unknown>;
  const lines: [string, ReactNode][] = [
    [
      "诉求内容",
      <b key="asked" className="entry-note">
        {row.asked}
      </b>,
    ],
    ["姓名", row.person ? <PersonLink key="person" id={row.person} name={row.called} /> : row.called],
    ["区划", row.division?.name ?? "—"],
    ["诉求类型", word(NEED_TYPE, row.need_type)],
    ["紧急程度", <Urgency key="urgency" code={row.urgency} />],
    ["承办单位", row.owner?.name ?? "还没有交办"],
    ["办理期限", <DueDay key="due" row={row} />],
    ["登记日期", row.found_on ?? "—"],
  ];
  if (row.household)
    lines.splice(2, 0, [
      "所在户",
      <Link key="home" to={`/households/${row.household}`}>
        查看户
      </Link>,
    ]);
  if (row.raised_in) lines.push(["来自走访", <InVisit key="raised" id={row.raised_in} person={row.person} />]);
  if (row.closed_on) lines.push(["办结日期", row.closed_on]);
  if (row.closed_in) lines.push(["办结的走访", <InVisit key="closed" id={row.closed_in} person={row.person} />]);
  if (typeof note === "string") lines.push(["备注", note]);
  return (
    <Card title="诉求" size="small" data-testid="need-said">
      <Descriptions
        column={1}
        size="small"
        items={lines.map(([label, children]) => ({ key: label, label, children }))}
        styles={{ label: { width: 84 } }}
      />
    </Card>
  );
}

/** A visit is shown where whose it was can be looked at; who only handles the need is told that there was one. */
function InVisit({ id, person }: { id: string; person: string | null | undefined }) {
  const otherwise = <span className="quiet">走访中，记录不在您能查看的人员页面上</span>;
  return person ? <VisitLine id={id} person={person} otherwise={otherwise} /> : otherwise;
}
