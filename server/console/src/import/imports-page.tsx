// 导入: a sheet is dropped here and looked at first; nothing changes before somebody says so. Below, what was imported.
import { InboxOutlined } from "@ant-design/icons";
import { Alert, Card, Select, Space, Table, type TableColumnsType, Tag, Upload } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { type Import, send, useImports } from "../api/imports";
import { asProblem, type Problem } from "../api/problem";
import { useSession } from "../session/use-session";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { word } from "../words/codes";
import { LEDGER, OUTCOME, right, STATE } from "../words/imports";
import { count } from "../words/number";
import { time } from "../words/time";
import { MapColumns } from "./columns";

const COLUMNS: TableColumnsType<Import> = [
  { title: "文件", render: (_, row) => <Link to={`/imports/${row.id}`}>{row.file_name}</Link> },
  { title: "表", width: 160, render: (_, row) => word(LEDGER, row.ledger) },
  { title: "时间", width: 150, render: (_, row) => <span className="mono">{time(row.created_ms)}</span> },
  { title: "状态", width: 100, render: (_, row) => <Tag>{word(STATE, row.state)}</Tag> },
  ...OUTCOME.map(({ key, label }) => ({
    title: label,
    width: 90,
    align: "right" as const,
    render: (_: unknown, row: Import) => count(row[key]),
  })),
];

export function ImportsPage() {
  const rights = useSession()?.rights ?? [];
  const ledgers = Object.entries(LEDGER).filter(([ledger]) => rights.includes(right(ledger)));
  const [chosen, setLedger] = useState<string>();
  const ledger = chosen ?? ledgers[0]?.[0] ?? "people";
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [refused, setRefused] = useState<File>();
  const navigate = useNavigate();
  const answer = useImports();
  useTitle("导入");
  const take = async (file: File) => {
    setBusy(true);
    setProblem(undefined);
    setRefused(undefined);
    try {
      const made = await send(ledger, file);
      navigate(`/imports/${made.id}`);
    } catch (error) {
      setProblem(asProblem(error));
      setRefused(file);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className="head">
        <h1>导入</h1>
        <span className="quiet">先核对，再写入；原有的值不会被覆盖</span>
      </div>
      <Card>
        <Space orientation="vertical" size={12} style={{ width: "100%" }}>
          <Select
            aria-label="表"
            value={ledger}
            onChange={setLedger}
            style={{ width: 240 }}
            options={ledgers.map(([value, label]) => ({ value, label }))}
          />
          <Upload.Dragger
            accept=".xlsx,.xls,.ods,.csv"
            disabled={busy}
            showUploadList={false}
            beforeUpload={(file) => {
              void take(file);
              return false;
            }}
          >
            <p>
              <InboxOutlined style={{ fontSize: 32 }} />
            </p>
            <p>{busy ? "正在读取并核对……" : "把表格拖到这里，或点击选择"}</p>
            <p className="quiet">.xlsx .xls .ods .csv，不超过 50 MB</p>
          </Upload.Dragger>
          {problem && <Alert type="error" showIcon title={problem.title} />}
          {problem?.code === "import-file" && refused && <MapColumns ledger={ledger} file={refused} />}
        </Space>
      </Card>
      <Card title="历次导入" style={{ marginTop: 16 }}>
        {answer.error ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <Table
            rowKey="id"
            size="middle"
            columns={COLUMNS}
            dataSource={answer.data ?? []}
            loading={answer.isLoading}
            pagination={false}
            scroll={{ x: 900 }}
          />
        )}
      </Card>
    </>
  );
}
