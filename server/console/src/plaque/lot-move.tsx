// What is left in a lot moves on: 下发 to a division below, 退回 to one above, 销毁 unissued. What the account may do is the
// server's answer; part of a lot may go, and the rest stays.
import { Form, Input, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { type LotRow, usePlaqueFigures } from "../api/plaques";
import type { DivisionRef } from "../api/types";
import { useWrite } from "../api/write";
import { DayField } from "../shell/day-field";
import { FormDialog } from "../shell/form-dialog";
import { word } from "../words/codes";
import { LOT_ACT } from "../words/plaques";
import { momentOf } from "../words/time";

/** A lot and what is done with it. */
export interface Move {
  lot: LotRow;
  act: string;
}

interface Answer {
  division?: string;
  count: number;
  day: Dayjs;
  document?: string;
}

export function LotMove({ move, close }: { move: Move | undefined; close: () => void }) {
  const [form] = Form.useForm<Answer>();
  const [opened, open] = useState(0);
  const write = useWrite(close);
  const act = move && word(LOT_ACT, move.act);
  const save = ({ division, count, day, document }: Answer) => {
    if (!move) return;
    const fields = {
      act: move.act,
      // What is destroyed lies where it lay.
      division: division ?? move.lot.division?.id,
      from_lot: move.lot.lot,
      count,
      at: momentOf(day.format("YYYY-MM-DD"), opened || Date.now()),
      ...(document?.trim() && { document: document.trim() }),
    };
    write.mutate({ kind: "plaque_stock", act: { act: "record", fields } });
  };
  return (
    <FormDialog<Answer>
      title={`${act}：${move?.lot.division?.name ?? ""} ${move?.lot.day ?? ""} 批次`}
      ok={act}
      danger={move?.act === "DESTROYED"}
      open={move !== undefined}
      close={close}
      opened={() => open(Date.now())}
      form={form}
      first={{ day: dayjs(), ...(move && { count: move.lot.left }) }}
      write={write}
      send={save}
    >
      {move && (
        <>
          {move.act !== "DESTROYED" && <Where move={move} />}
          <Form.Item
            name="count"
            label={`数量（这一批还剩 ${move.lot.left} 块）`}
            rules={[{ required: true, message: "请填写数量" }]}
          >
            <InputNumber min={1} max={Math.max(1, move.lot.left)} precision={0} style={{ width: 160 }} />
          </Form.Item>
          <DayField name="day" label="日期" needed="请选择日期" />
          <Form.Item name="document" label="凭据（可不填）">
            <Input maxLength={100} placeholder="领取单、调拨单号、文号" />
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}

/** Divisions below the lot's for 下发, those above it for 退回. */
function Where({ move }: { move: Move }) {
  const answer = usePlaqueFigures(move.lot.division?.id);
  const own = move.lot.division?.id;
  const down = move.act === "TRANSFERRED";
  const found: DivisionRef[] = down
    ? (answer.data?.parts.map((part) => part.division) ?? [])
    : (answer.data?.path ?? []);
  const label = down ? "发到" : "退到";
  return (
    <Form.Item name="division" label={label} rules={[{ required: true, message: `请选择${label}哪里` }]}>
      <Select
        loading={answer.isPending}
        showSearch={{ optionFilterProp: "label" }}
        notFoundContent={answer.isPending ? null : down ? "下面没有区划" : "退回由上级登记"}
        options={found.filter(({ id }) => id !== own).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}
