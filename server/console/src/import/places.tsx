// Villages that the register has not under the name of the sheet: one is chosen for all rows that name it, the nearest first.
import { Alert, Button, Form, Select, Space } from "antd";
import { type Import, type ImportPage, useAssume } from "../api/imports";
import { asProblem } from "../api/problem";
import { DivisionTree } from "../shell/division-tree";
import { count } from "../words/number";

type Place = ImportPage["places"][number];

const OTHER = "other";

function Choice({ place, at }: { place: Place; at: number }) {
  const options = [
    ...place.nearest.map((near) => ({ value: near.id, label: near.name })),
    { value: OTHER, label: "其他村……" },
  ];
  return (
    <Space wrap style={{ display: "flex" }}>
      <Form.Item name={[at, "near"]} label={`${place.written}（${count(place.rows)} 行）`}>
        <Select allowClear placeholder="先不选，这些行不导入" options={options} style={{ width: 280 }} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {(form) =>
          form.getFieldValue([at, "near"]) === OTHER && (
            <Form.Item name={[at, "other"]} label="系统里的村">
              <DivisionTree villages clear />
            </Form.Item>
          )
        }
      </Form.Item>
    </Space>
  );
}

type Chosen = Record<number, { near?: string; other?: string }>;

export function Places({ one, places }: { one: Import; places: readonly Place[] }) {
  const assume = useAssume(one.id);
  const open = one.state === "PLANNED" ? places.filter((place) => place.rows > 0) : [];
  const chosen = places.filter((place) => place.chosen);
  const take = (values: Chosen) => {
    const answers: Record<string, string> = {};
    open.forEach((place, at) => {
      const said = values[at];
      const division = said?.near === OTHER ? said.other : said?.near;
      if (division) answers[place.answer] = division;
    });
    if (Object.keys(answers).length > 0) assume.mutate(answers);
  };
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }} data-testid="places">
      {chosen.map((place) => (
        <span key={place.answer} className="quiet">
          “{place.written}”按 {place.chosen?.name} 读取
        </span>
      ))}
      {open.length > 0 && (
        <Form key={open.map((place) => place.answer).join()} layout="vertical" onFinish={take}>
          {open.map((place, at) => (
            <Choice key={place.answer} place={place} at={at} />
          ))}
          <Button htmlType="submit" loading={assume.isPending}>
            按所选的村读取
          </Button>
        </Form>
      )}
      {assume.error && <Alert type="error" showIcon title={asProblem(assume.error).title} />}
    </Space>
  );
}
