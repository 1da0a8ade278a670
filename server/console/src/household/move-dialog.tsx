// 迁移: another village and address from a day on; who lives here goes along, and no 户籍 moves.
import { DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { Household } from "../api/types";
import { VillageField } from "../shell/village-field";
import { ActDialog } from "./act-dialog";

interface Move {
  division: string;
  address: string;
  since: Dayjs;
}

export function MoveDialog({ home, open, close }: { home: Household; open: boolean; close: () => void }) {
  const [form] = Form.useForm<Move>();
  const along = home.members.filter((member) => member.moves_along).map((member) => member.name);
  const stay = home.members.filter((member) => !member.moves_along).map((member) => member.name);
  return (
    <ActDialog<Move>
      home={home}
      title={`迁移：${home.head_name}户`}
      note={
        <>
          {along.length > 0 ? `一同迁移：${along.join("、")}。` : "没有住在本户的成员一同迁移。"}
          {stay.length > 0 && `不随迁（住在别处）：${stay.join("、")}。`}
          {home.elsewhere > 0 && `另有 ${home.elsewhere} 名成员不在您的管辖范围，不随迁。`}
          户籍区划不变。
        </>
      }
      ok="迁移"
      form={form}
      first={{ since: dayjs() }}
      act={({ division, address, since }) => ({ act: "move", division, address, since: since.format("YYYY-MM-DD") })}
      open={open}
      close={close}
    >
      <VillageField name="division" label="迁到哪个村（社区）" needed="请选择村（社区）" />
      <Form.Item name="address" label="新住址" rules={[{ required: true, whitespace: true, message: "请填写新住址" }]}>
        <Input maxLength={200} placeholder="组、门牌号" />
      </Form.Item>
      <Form.Item name="since" label="从哪天起" rules={[{ required: true, message: "请选择日期" }]}>
        <DatePicker disabledDate={(day) => day.isAfter(dayjs())} />
      </Form.Item>
    </ActDialog>
  );
}
