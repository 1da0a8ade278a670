// One household's plaque: where it stands, what the desk may do with it, and all that happened. Which acts are possible and
// what each asks for is the server's answer; nothing of the rule stands here.
import { Alert, Button, Descriptions, Drawer, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type Plaque, type PlaqueOffer, usePlaque } from "../api/plaques";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { Failure } from "../shell/failure";
import { PLAQUE_STATE, POSITION, word } from "../words/codes";
import { ASK, PLAQUE_ACT, PLAQUE_REASON, REQUEST_STATE } from "../words/plaques";
import { ActDialog } from "./act-dialog";
import { EventList } from "./event-list";

export function HouseDrawer() {
  const [params, setParams] = useSearchParams();
  const household = params.get("house");
  const answer = usePlaque(household);
  const plaque = answer.data;
  const [offer, choose] = useState<PlaqueOffer>();
  const [question, ask] = useState<Question>();
  const close = () =>
    setParams(
      (before) => {
        before.delete("house");
        return before;
      },
      { replace: true },
    );
  return (
    <Drawer
      title={plaque ? `${plaque.row.head_name ?? "这户"}的光荣牌` : "光荣牌"}
      open={household !== null}
      onClose={close}
      size={640}
      destroyOnHidden
    >
      {answer.isError ? (
        <Failure error={answer.error} retry={() => void answer.refetch()} />
      ) : plaque ? (
        <div data-testid="house">
          <Standing plaque={plaque} />
          <Space wrap style={{ margin: "16px 0" }} data-testid="acts">
            {plaque.offers.map((one) => (
              <Button key={one.act} danger={one.act === "CANCEL"} onClick={() => choose(one)}>
                {word(PLAQUE_ACT, one.act)}
              </Button>
            ))}
          </Space>
          <EventList events={plaque.events} ask={ask} />
          <ActDialog plaque={plaque} offer={offer} close={() => choose(undefined)} />
        </div>
      ) : (
        <Skeleton active />
      )}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Drawer>
  );
}

function Standing({ plaque }: { plaque: Plaque }) {
  const { row, cancelled_for: cancelled, requests } = plaque;
  const hung = row.hung_on && `${row.hung_on} ${row.position ? word(POSITION, row.position) : ""}`;
  const open = requests.filter((one) => one.state !== "DONE" && one.state !== "REJECTED");
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: "state",
            label: "状态",
            children: (
              <>
                <Tag data-testid="house-state">{word(PLAQUE_STATE, row.state)}</Tag>
                {cancelled && word(PLAQUE_REASON, cancelled)}
              </>
            ),
          },
          { key: "place", label: "住址", children: [row.division?.name, row.address].filter(Boolean).join(" ") || "—" },
          { key: "hung", label: "悬挂", children: hung || "—" },
          { key: "why", label: "资格", children: row.why_text ?? row.why },
          { key: "reissued", label: "补发", children: `${row.reissued} 次` },
          { key: "returned", label: "待销毁旧牌", children: <span data-testid="returned">{row.returned} 块</span> },
        ]}
      />
      {open.map((one) => (
        <Alert
          key={one.id}
          type="info"
          showIcon
          title={`${one.applied_on ?? ""} ${word(ASK, one.ask)}：${word(REQUEST_STATE, one.state)}`}
        />
      ))}
    </>
  );
}
