// What went wrong, as pages read it: the server's problem+json (RFC 9457), or that it could not be reached at all.

export class Problem extends Error {
  constructor(
    /** The server's stable code, or `unreachable` or `unreadable`. */
    readonly code: string,
    /** HTTP status; 0 without an answer. */
    readonly status: number,
    /** A Chinese sentence for the reader. */
    readonly title: string,
    /** Ask the administrator with it. */
    readonly requestId: string | null = null,
  ) {
    super(`${code}: ${title}`);
  }
}

/** No answer came: the server is down, or the network between is. */
export function unreachable(): Problem {
  return new Problem("unreachable", 0, "连接不上服务器，请检查网络，或稍后再试");
}

/** Reads an error answer; one that is no problem+json comes from something in front of the server. */
export function problemOf(response: Response, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "title" in body) {
    const { code, title } = body;
    const id = "request_id" in body && typeof body.request_id === "string" ? body.request_id : null;
    return new Problem(String(code), response.status, String(title), id);
  }
  return new Problem("unreadable", response.status, `服务器的答复无法识别（${response.status}），请稍后再试`);
}

/** Any thrown value as a problem. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem("internal", 0, "页面出错了，请刷新后再试");
}
