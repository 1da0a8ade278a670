// The form of one act on a household's plaque. It asks what the server's offer says the act needs; what would be held is told
// before it is written.
import { Alert, Form, Input, Space } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import type { Plaque, PlaqueOffer } from "../api/plaques";
import { useWrite } from "../api/write";
import { useMay } from "../session/use-session";
import { DayField } from "../shell/day-field";
import { FormDialog } from "../shell/form-dialog";
import { word } from "../words/codes";
import { PLAQUE_ACT } from "../words/plaques";
import { type Answer, eventOf } from "./act-answer";
import { Hanging, OldPlaque, Reason, Store } from "./act-fields";

interface Props {
  plaque: Plaque;
  /** None: closed. */
  offer: PlaqueOffer | undefined;
  close: () => void;
}

export function ActDialog({ plaque, offer, close }: Props) {
  const [form] = Form.useForm<Answer>();
  const [opened, open] = useState(0);
  const write = useWrite(close);
  const name = offer && word(PLAQUE_ACT, offer.act);
  return (
    <FormDialog<Answer>
      title={`${name}：${plaque.row.head_name ?? ""}`}
      ok="写入"
      cancel="不写"
      danger={offer?.act === "CANCEL"}
      open={offer !== undefined}
      close={close}
      opened={() => open(Date.now())}
      form={form}
      first={{ day: dayjs(), signed: true }}
      write={write}
      send={(answer) => offer && write.mutate(eventOf(plaque.row.household, offer, answer, opened || Date.now()))}
    >
      {offer && (
        <>
          <Against offer={offer} />
          <DayField name="day" label="日期" needed="请选择日期" />
          <Reason act={offer.act} />
          {offer.document && <Paper />}
          {offer.old_plaque && <OldPlaque asked={offer.against === null || offer.against === undefined} />}
          {offer.hangs && <Hanging />}
          {offer.takes_new && <Store plaque={plaque} offer={offer} />}
        </>
      )}
    </FormDialog>
  );
}

/** The county's document, without which the county neither cancels nor restores. */
function Paper() {
  return (
    <Space align="start" wrap size={[16, 0]}>
      <Form.Item name="document_no" label="文号" rules={[{ required: true, whitespace: true, message: "请填写文号" }]}>
        <Input maxLength={80} placeholder="退役军人事务局文件的文号" style={{ width: 260 }} />
      </Form.Item>
      <DayField name="document_day" label="成文日期" needed="请选择成文日期" />
    </Space>
  );
}

/** What is against the act, and the county's exception that lets it count. */
function Against({ offer }: { offer: PlaqueOffer }) {
  const county = useMay("COUNTY");
  if (!offer.against) return null;
  return (
    <>
      <Alert type="warning" showIcon title={offer.against} style={{ marginBottom: 16 }} />
      {county && (
        <Form.Item
          name="exception"
          label="县局批准例外的理由"
          rules={[{ required: true, whitespace: true, message: "请写明例外理由" }]}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
        </Form.Item>
      )}
    </>
  );
}
