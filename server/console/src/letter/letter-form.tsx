// 登记喜报 and its correction: who earned what, by which notice, and to whose home it goes. Who should deliver it and whether the
// number is there already is the server's word, and stands on the letter once it is written.
import { Checkbox, Form, Input, InputNumber, Select, Space } from "antd";
import dayjs from "dayjs";
import { useWrite } from "../api/write";
import { DayField } from "../shell/day-field";
import { FormDialog } from "../shell/form-dialog";
import { LETTER_LEVEL, LETTER_SOURCE } from "../words/plaques";
import type { Table } from "../words/table";
import { FamilyPicker } from "./family-picker";
import { type Answer, answerOf, changed, type Fields, FLAGS, fieldsOf } from "./letter-answer";

interface Props {
  open: boolean;
  /** The letter that is corrected; none: a new one. */
  letter?: { id: string; revision: number; fields: Fields };
  done: (id: string) => void;
  close: () => void;
}

const options = (words: Table) => Object.entries(words).map(([value, label]) => ({ value, label }));
const needed = (message: string) => [{ required: true, whitespace: true, message }];

export function LetterForm({ open, letter, done, close }: Props) {
  const [form] = Form.useForm<Answer>();
  const write = useWrite((written) => {
    close();
    if (written) done(written.target);
  });
  const save = (answer: Answer) => {
    const fields = fieldsOf(answer);
    if (!letter) return write.mutate({ kind: "letter", act: { act: "record", fields } });
    const set = changed(letter.fields, fields);
    if (Object.keys(set).length === 0) return close();
    write.mutate({ kind: "letter", target: letter.id, base: letter.revision, act: { act: "change", set } });
  };
  return (
    <FormDialog<Answer>
      title={letter ? "更正喜报" : "登记喜报"}
      ok={letter ? "更正" : "登记"}
      width={680}
      open={open}
      close={close}
      form={form}
      first={letter ? answerOf(letter.fields) : { received_on: dayjs() }}
      write={write}
      send={save}
    >
      <Space wrap size={[16, 0]}>
        <Form.Item name="soldier" label="立功军人" rules={needed("请填写军人姓名")}>
          <Input maxLength={40} autoFocus style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="level" label="奖励类别" rules={needed("请选择奖励类别")}>
          <Select options={options(LETTER_LEVEL)} style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="source" label="喜报来源" rules={needed("请选择喜报来源")}>
          <Select options={options(LETTER_SOURCE)} style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="notice_no" label="通知书编号">
          <Input maxLength={80} style={{ width: 190 }} />
        </Form.Item>
        <DayField name="approved_on" label="批准日期" />
        <DayField name="received_on" label="收到日期" />
      </Space>
      <Form.Item name="flags">
        <Checkbox.Group options={FLAGS} />
      </Form.Item>
      <FamilyPicker />
      <Form.Item name="address" label="家庭住址">
        <Input maxLength={200} />
      </Form.Item>
      <Space wrap size={[16, 0]}>
        <Form.Item name="family_name" label="家属姓名">
          <Input maxLength={40} style={{ width: 140 }} />
        </Form.Item>
        <Form.Item name="relation" label="与军人关系">
          <Input maxLength={20} style={{ width: 120 }} />
        </Form.Item>
        <Money name="award" label="奖励金（元）" />
        <Money name="goods" label="慰问品价值（元）" />
      </Space>
    </FormDialog>
  );
}

function Money({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item name={name} label={label}>
      <InputNumber min={0} max={10_000_000} precision={2} style={{ width: 140 }} />
    </Form.Item>
  );
}
