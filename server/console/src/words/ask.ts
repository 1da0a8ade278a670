// The bureau's words and the catalogue of fields, asked for once a session.
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { fillFields } from "./fields";
import { fill } from "./table";

/** Asks once for a session. True when words are there, or when they cannot be had: then codes are shown as they are. */
export function useWords(signedIn: boolean): boolean {
  const asked = useQuery({
    queryKey: ["codes"],
    enabled: signedIn,
    staleTime: 600_000,
    queryFn: async ({ signal }) => {
      const [tables, fields] = await Promise.all([
        body(api.GET("/api/v1/codes", { signal })),
        body(api.GET("/api/v1/fields", { signal })),
      ]);
      fillFields(fields);
      fill(tables);
      return tables;
    },
  });
  return asked.isSuccess || asked.isError;
}
