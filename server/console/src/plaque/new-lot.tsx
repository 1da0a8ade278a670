// 登记入库: plaques that arrived, as a lot of the division that holds them.
import { Button, Form, Input, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { usePlaqueFigures } from "../api/plaques";
import { useWrite } from "../api/write";
import { useMay } from "../session/use-session";
import { DayField } from "../shell/day-field";
import { FormDialog } from "../shell/form-dialog";

interface Lot {
  count: number;
  day: Dayjs;
  document?: string;
}

export function NewLot() {
  const may = useMay("REVIEW");
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Lot>();
  const division = usePlaqueFigures(undefined).data?.division;
  const write = useWrite(() => setOpen(false));
  if (!may || !division) return null;
  const save = ({ count, day, document }: Lot) => {
    const fields = {
      act: "RECEIVED",
      division: division.id,
      count,
      at: day.startOf("day").valueOf(),
      ...(document && { document }),
    };
    write.mutate({ kind: "plaque_stock", act: { act: "record", fields } });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>登记入库</Button>
      <FormDialog<Lot>
        title={`登记入库：${division.name}`}
        ok="入库"
        open={open}
        close={() => setOpen(false)}
        form={form}
        first={{ day: dayjs() }}
        write={write}
        send={save}
      >
        <Form.Item name="count" label="数量" rules={[{ required: true, message: "请填写到货数量" }]}>
          <InputNumber min={1} max={1_000_000} precision={0} autoFocus style={{ width: 160 }} />
        </Form.Item>
        <DayField name="day" label="到货日期" needed="请选择到货日期" />
        <Form.Item name="document" label="凭据（可不填）">
          <Input maxLength={100} placeholder="调拨单号、文号" />
        </Form.Item>
      </FormDialog>
    </>
  );
}
