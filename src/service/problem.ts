/** Answers to requests that cannot be fulfilled: application/problem+json (RFC 9457). */

export const problemType = "application/problem+json";

/** What to say besides: where in the body it went wrong. */
export interface ProblemPlace {
  /** From 1, of rows and lines. */
  readonly row?: number;
  readonly line?: number;
  readonly column?: string;
}

/** Thrown by whatever looks at a request; the answer says what it says. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly place: ProblemPlace;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail  in a sentence, for the one who sent the request */
  constructor(
    status: number,
    detail: string,
    { headers = {}, ...place }: ProblemPlace & { readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.place = place;
    this.headers = headers;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  414: "URI Too Long",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
  507: "Insufficient Storage",
};

/** What is sent. */
export interface ProblemBody extends ProblemPlace {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string | null;
}

export function problemBody(status: number, detail: string, requestId: string | null, place: ProblemPlace = {}) {
  const title = titles[status] ?? "Error";
  return { type: "about:blank", title, status, detail, requestId, ...place } satisfies ProblemBody;
}
