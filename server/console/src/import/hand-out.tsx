// Passwords and one-time codes of imported accounts: made when asked for, shown once, printed and cut into strips.
import { PrinterOutlined } from "@ant-design/icons";
import { Alert, Button, Modal, Popconfirm, Space, Table, type TableColumnsType } from "antd";
import { type Import, useHandOut } from "../api/imports";
import { asProblem } from "../api/problem";
import type { components } from "../api/schema";
import { ROLE, word } from "../words/codes";

type Handed = components["schemas"]["Handed"];

const COLUMNS: TableColumnsType<Handed> = [
  { title: "账号", dataIndex: "login" },
  { title: "姓名", dataIndex: "name" },
  { title: "角色", render: (_, row) => word(ROLE, row.role) },
  { title: "初始口令", render: (_, row) => <span className="mono">{row.password}</span> },
  { title: "手机登记码", render: (_, row) => <span className="mono">{row.code}</span> },
];

export function HandOut({ one }: { one: Import }) {
  const handOut = useHandOut(one.id);
  const made = handOut.data;
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }}>
      <Popconfirm
        title="生成初始口令和登记码？"
        description="只给尚未使用的账号；以前发过而没有用的口令和登记码随即作废。"
        okText="生成"
        cancelText="不生成"
        onConfirm={() => handOut.mutate()}
      >
        <Button loading={handOut.isPending}>发放口令和登记码</Button>
      </Popconfirm>
      {handOut.error && <Alert type="error" showIcon title={asProblem(handOut.error).title} />}
      {made?.accounts.length === 0 && <Alert type="info" showIcon title="这些账号都已在使用或已停用，没有要发放的。" />}
      {made && made.accounts.length > 0 && (
        <Modal
          open
          width={900}
          title="初始口令和登记码"
          onCancel={() => handOut.reset()}
          footer={
            <Space>
              <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
                打印
              </Button>
              <Button type="primary" onClick={() => handOut.reset()}>
                已交给本人，关闭
              </Button>
            </Space>
          }
        >
          <Alert
            type="warning"
            showIcon
            title={`只显示这一次。登记码 ${made.hours} 小时内有效，只能用一次；口令请本人登录后妥善保管。`}
            style={{ marginBottom: 12 }}
          />
          <Table rowKey="login" size="small" columns={COLUMNS} dataSource={made.accounts} pagination={false} />
          <p className="quiet">
            网址 {made.url}　证书指纹 <span className="mono">{made.ca}</span>
          </p>
        </Modal>
      )}
    </Space>
  );
}
