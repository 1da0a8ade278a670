// Who belongs to a household, how they are related to its head, and where they live.
import { Card, Empty, Table, type TableColumnsType, Tag } from "antd";
import type { HomeMember, Household } from "../api/types";
import { PersonLink } from "../person/person-link";
import { LIFE, REGISTER, RELATION, word } from "../words/codes";

const COLUMNS: TableColumnsType<HomeMember> = [
  { title: "姓名", width: 160, render: (_, row) => <PersonLink {...row} /> },
  { title: "与户主关系", width: 130, render: (_, row) => word(RELATION, row.relation) },
  {
    title: "状态",
    width: 170,
    render: (_, row) => (
      <>
        {word(REGISTER, row.register)}
        {row.life && row.life !== "ALIVE" && <Tag className="after">{word(LIFE, row.life)}</Tag>}
      </>
    ),
  },
  {
    title: "住在",
    render: (_, row) => (
      <>
        {row.living?.name ?? "—"}
        {!row.moves_along && <span className="quiet"> 不随户迁移</span>}
      </>
    ),
  },
];

export function MembersTable({ home }: { home: Household }) {
  return (
    <Card title="成员" styles={{ body: { padding: 0 } }}>
      <Table
        data-testid="members"
        size="middle"
        rowKey="id"
        columns={COLUMNS}
        dataSource={home.members}
        pagination={false}
        // Who looks after them knows who they are.
        {...(home.elsewhere > 0 && { footer: () => `另有 ${home.elsewhere} 人不在您的管辖范围` })}
        scroll={{ x: 600 }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description="没有成员；在手机上登记到本户，或有别的户并来后，会出现在这里"
            />
          ),
        }}
      />
    </Card>
  );
}
