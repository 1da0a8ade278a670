// The small search box of every other page: Enter leads to the search page with the words typed.
import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useNavigate } from "react-router";

export function HeaderSearch() {
  const navigate = useNavigate();
  return (
    <Input
      className="bar-search"
      data-search
      aria-label="查找人员"
      placeholder="查找人员"
      prefix={<SearchOutlined />}
      suffix={<kbd>/</kbd>}
      onPressEnter={(event) => {
        const search = event.currentTarget.value.trim();
        navigate(search ? `/people?search=${encodeURIComponent(search)}` : "/people");
      }}
    />
  );
}
