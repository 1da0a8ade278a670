// What a sheet does not say, asked once for all its rows: until it is answered they wait.
import { Alert, Button, Form, Select, Space } from "antd";
import { type Assumption, type Import, useAssume } from "../api/imports";
import { asProblem } from "../api/problem";
import { METHOD, RESULT, WORK, word, YES_NO } from "../words/codes";
import { count } from "../words/number";
import type { Table } from "../words/table";

const TABLES: Record<string, Table> = { METHOD, RESULT, WORK_TYPE: WORK, YES_NO };

/** Work for which a visit must say why it had to be: a sheet does not. */
const NOT_OF_A_SHEET = ["MUST"];

const options = (words: Table) =>
  Object.entries(words)
    .filter(([value]) => !NOT_OF_A_SHEET.includes(value))
    .map(([value, label]) => ({ value, label }));

const tableOf = (question: Assumption): Table => TABLES[question.table] ?? {};

export function Assumptions({ one }: { one: Import }) {
  const assume = useAssume(one.id);
  const open = one.state === "PLANNED" ? one.assumptions.filter((question) => !question.answer) : [];
  const answered = one.assumptions.filter((question) => question.answer);
  const proposed = Object.fromEntries(open.map((question) => [question.name, question.proposed]));
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }}>
      {answered.map((question) => (
        <span key={question.name} className="quiet">
          推定：{question.zh}——{word(tableOf(question), question.answer)}（{count(question.rows)} 行）
        </span>
      ))}
      {open.length > 0 && (
        <Form
          key={open.map((question) => question.name).join()}
          layout="vertical"
          initialValues={proposed}
          onFinish={(answers: Record<string, string>) => assume.mutate(answers)}
        >
          {open.map((question) => (
            <Form.Item key={question.name} name={question.name} label={`${question.zh}（${count(question.rows)} 行）`}>
              <Select options={options(tableOf(question))} style={{ width: 190 }} />
            </Form.Item>
          ))}
          <Button htmlType="submit" loading={assume.isPending}>
            按此推定
          </Button>
        </Form>
      )}
      {assume.error && <Alert type="error" showIcon title={asProblem(assume.error).title} />}
    </Space>
  );
}
