// The frame around every page. Without a session it asks for one and keeps the address, so that signing in leads back.
import { TeamOutlined } from "@ant-design/icons";
import { Outlet } from "react-router";
import { SignInPage } from "../session/sign-in-page";
import { useSession } from "../session/use-session";
import { Header } from "./header";
import { useSlash } from "./use-slash";

export function Layout() {
  const session = useSession();
  useSlash();
  if (!session) return <SignInPage />;
  return (
    <>
      <Header session={session} />
      <main className="page">
        {session.rights.includes("READ") ? (
          <Outlet />
        ) : (
          <div className="notice">
            <TeamOutlined />
            <p>管理员账号不查看人员资料。账号和登记码请用服务器上的命令管理，见 bianfang --help。</p>
          </div>
        )}
      </main>
    </>
  );
}
