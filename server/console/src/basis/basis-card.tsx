// The basis persons of a household: whose service its plaque rests on.
import { Button, Card, Space, Tag } from "antd";
import { useState } from "react";
import type { Household } from "../api/types";
import { useMay } from "../session/use-session";
import { useParam } from "../shell/use-param";
import { BASIS, word } from "../words/codes";
import { BasisDrawer } from "./basis-drawer";
import { BasisForm } from "./basis-form";
import "./basis.css";

export function BasisCard({ home }: { home: Household }) {
  const [, open] = useParam("basis");
  const [begun, begin] = useState(false);
  const records = useMay("RECORD");
  return (
    <Card
      title="荣誉主体"
      size="small"
      data-testid="home-basis"
      extra={records && home.register === "ACTIVE" && <Button onClick={() => begin(true)}>登记</Button>}
    >
      {home.basis_persons.length === 0 && <p className="quiet">没有登记现役军人、烈士等荣誉主体</p>}
      <Space orientation="vertical">
        {home.basis_persons.map((one) => (
          <span key={one.id}>
            <Button type="link" style={{ padding: 0 }} onClick={() => open(one.id)}>
              {one.name}
            </Button>{" "}
            <Tag>{word(BASIS, one.basis)}</Tag>
            {one.household?.id !== home.id && <span className="quiet">家庭在另一户，牌挂本户</span>}
          </span>
        ))}
      </Space>
      <BasisForm open={begun} home={{ id: home.id, members: home.members }} done={open} close={() => begin(false)} />
      <BasisDrawer />
    </Card>
  );
}
