// Changing a rule: its settings and the day from which they hold. The server has the last word about what a value may be.
import { Button, DatePicker, Form, Input, InputNumber, Select, Space, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type Rule, type Settings, useSetRule } from "../api/rules";
import { FormDialog } from "../shell/form-dialog";
import { CATEGORY, METHOD } from "../words/codes";
import { CLASS, EVERY, EVERYBODY, RULE, SETTING, WHAT } from "../words/rules";

interface Wanted {
  from: Dayjs;
  data: Settings;
}

interface Props {
  rule: Rule;
  /** The settings that the form begins with; none: closed. */
  begun: Settings | undefined;
  close: () => void;
}

const options = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).map(([value, label]) => ({ value, label }));

export function RuleDialog({ rule, begun, close }: Props) {
  const [form] = Form.useForm<Wanted>();
  const set = useSetRule(rule.name, close);
  return (
    <FormDialog<Wanted>
      title={`修改：${RULE[rule.name]?.title ?? rule.name}`}
      ok="保存"
      width={720}
      open={begun !== undefined}
      close={close}
      form={form}
      {...(begun && { first: { from: dayjs(), data: begun } })}
      write={set}
      send={({ from, data }) => set.mutate({ from: from.format("YYYY-MM-DD"), data: whole(begun, data) })}
    >
      {Object.entries(begun ?? {}).map(([name, value]) => (
        <Setting key={name} name={name} value={value} />
      ))}
      <Form.Item name="from" label="从哪天起" rules={[{ required: true, message: "请选择生效日" }]}>
        <DatePicker allowClear={false} />
      </Form.Item>
    </FormDialog>
  );
}

/** What the form does not show of a row stays as it was. */
function whole(begun: Settings | undefined, data: Settings): Settings {
  const merged = Object.entries(data).map(([name, value]) => {
    const before = begun?.[name];
    if (!Array.isArray(value) || name !== "triggers" || !Array.isArray(before)) return [name, value];
    const old = (code: unknown) => (before as Settings[]).find((row) => row.code === code) ?? {};
    return [name, (value as Settings[]).map((row) => ({ ...old(row.code), ...row }))];
  });
  return Object.fromEntries(merged);
}

function Setting({ name, value }: { name: string; value: unknown }) {
  const at = ["data", name];
  const label = SETTING[name] ?? name;
  if (typeof value === "boolean") {
    return (
      <Form.Item name={at} label={label} valuePropName="checked">
        <Switch checkedChildren="是" unCheckedChildren="否" />
      </Form.Item>
    );
  }
  if (typeof value === "number") {
    return (
      <Form.Item name={at} label={label} rules={[{ required: true, message: "请填写数字" }]}>
        <InputNumber min={0} max={3650} precision={0} />
      </Form.Item>
    );
  }
  if (name === "methods") {
    return (
      <Form.Item name={at} label={label} rules={[{ required: true, message: "请至少选择一种" }]}>
        <Select mode="multiple" options={options(METHOD)} optionFilterProp="label" />
      </Form.Item>
    );
  }
  if (name === "categories") {
    return (
      <Form.Item name={at} label={label} extra="一类也不选，就是全部在册对象">
        <Select mode="multiple" options={options(CATEGORY)} optionFilterProp="label" placeholder={EVERYBODY} />
      </Form.Item>
    );
  }
  return name === "classes" ? <Cadences at={at} label={label} /> : <Triggers at={at} label={label} />;
}

function Cadences({ at, label }: { at: string[]; label: string }) {
  const needed = [{ required: true, message: "请选择" }];
  return (
    <Form.Item label={label}>
      <Form.List name={at}>
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <Space key={key} align="baseline" wrap>
                <Form.Item name={[name, "class"]} rules={needed}>
                  <Select aria-label="对象" options={options(CLASS)} style={{ width: 220 }} showSearch />
                </Form.Item>
                <Form.Item name={[name, "every"]} rules={needed}>
                  <Select aria-label="频次" options={options(EVERY)} style={{ width: 110 }} />
                </Form.Item>
                <Form.Item name={[name, "what"]} rules={needed}>
                  <Select aria-label="方式" options={options(WHAT)} style={{ width: 190 }} />
                </Form.Item>
                <Placed at={[...at, name]} year={[name, "since_year"]} />
                <Button onClick={() => remove(name)}>去掉</Button>
              </Space>
            ))}
            <Button onClick={() => add({ class: "ALL", every: "YEAR", what: "CONTACT" })}>增加一条</Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

/** Whom the state placed, from which year on. */
function Placed({ at, year }: { at: (string | number)[]; year: (string | number)[] }) {
  const of: unknown = Form.useWatch([...at, "class"]);
  if (of !== "PLACED") return null;
  return (
    <Form.Item name={year}>
      <InputNumber aria-label="安置年度起" min={1950} max={2100} precision={0} prefix="自" suffix="年安置" />
    </Form.Item>
  );
}

function Triggers({ at, label }: { at: string[]; label: string }) {
  return (
    <Form.Item label={label}>
      <Form.List name={at}>
        {(rows, { remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <Space key={key} align="baseline" wrap>
                <Form.Item name={[name, "code"]} hidden>
                  <Input />
                </Form.Item>
                <Form.Item name={[name, "name"]} rules={[{ required: true, message: "请填写名称" }]}>
                  <Input aria-label="事项" maxLength={20} style={{ width: 160 }} />
                </Form.Item>
                <Form.Item name={[name, "days"]} rules={[{ required: true, message: "请填写天数" }]}>
                  <InputNumber aria-label="天数" min={0} max={366} precision={0} suffix="天内" style={{ width: 120 }} />
                </Form.Item>
                <Form.Item name={[name, "what"]} rules={[{ required: true, message: "请选择" }]}>
                  <Select aria-label="方式" options={options(WHAT)} style={{ width: 190 }} />
                </Form.Item>
                <Button onClick={() => remove(name)}>去掉</Button>
              </Space>
            ))}
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
