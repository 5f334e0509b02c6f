/** The OpenAPI document: valid, complete, and what it gives as examples is what is taken and answered. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { createService } from "smirnov/service";
import { describe, expect, it } from "vitest";
import { noon, rowsFrom, running, scratchFolder } from "./running.ts";

const window = { duration: "1m" } as const;
const { ask, service } = await running({
  datasets: { orders: { window, time: "time", labels: { id: "id", target: "paid" } } },
});

interface Content {
  readonly [type: string]: { readonly schema: object; readonly example?: unknown };
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Content; readonly required?: boolean };
  readonly responses: { readonly [status: string]: { readonly description: string; readonly content?: Content } };
}
const document = (await ask({ url: "/openapi.json" })).json as unknown as {
  readonly openapi: string;
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const ajv = new Ajv2020({ strict: false });

describe("the OpenAPI document", () => {
  it("is of version 3.1, and each operation has a name of its own", () => {
    expect(document.openapi).toBe("3.1.0");
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.every((id) => typeof id === "string")).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has every route", () => {
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual([
      "GET /",
      "GET /healthz",
      "GET /metrics",
      "GET /openapi.json",
      "GET /readyz",
      "GET /v1/datasets",
      "GET /v1/events",
      "GET /v1/{dataset}/alerts",
      "GET /v1/{dataset}/history",
      "GET /v1/{dataset}/report",
      "GET /v1/{dataset}/report.html",
      "GET /v1/{dataset}/report.md",
      "GET /v1/{dataset}/windows",
      "POST /v1/{dataset}/labels",
      "POST /v1/{dataset}/rows",
      "POST /v1/{dataset}/series",
      "PUT /v1/{dataset}/reference",
    ]);
  });

  it("has schemas that compile, and examples that fit them", () => {
    let examples = 0;
    for (const { operation } of operations) {
      const contents = [
        operation.requestBody?.content,
        ...Object.values(operation.responses).map(({ content }) => content),
      ];
      for (const { schema, example } of contents.flatMap((content) => Object.values(content ?? {}))) {
        const validate = ajv.compile(schema);
        if (example === undefined) continue;
        examples++;
        expect(validate(example), JSON.stringify([example, validate.errors])).toBe(true);
      }
      for (const { schema } of operation.parameters ?? []) ajv.compile(schema);
      for (const { description } of Object.values(operation.responses)) expect(description).not.toBe("");
    }
    expect(examples).toBeGreaterThan(10);
  });

  it("gives examples that are taken", async () => {
    for (const { path, method, operation } of operations) {
      for (const [type, { example }] of Object.entries(operation.requestBody?.content ?? {})) {
        if (example === undefined) continue;
        const payload = typeof example === "string" ? example : JSON.stringify(example);
        const url = path.replace("{dataset}", "orders");
        const answer = await ask({
          method: method.toUpperCase() as "POST",
          url,
          payload,
          headers: { "content-type": type },
        });
        expect({ path, type, status: answer.status, detail: answer.json.detail }).toEqual({ path, type, status: 202 });
        const schema = operation.responses[202]?.content?.["application/json"]?.schema as object;
        const validate = ajv.compile(schema);
        expect(validate(answer.json), JSON.stringify(validate.errors)).toBe(true);
      }
    }
  });

  it("describes what is answered", async () => {
    await ask({ url: "/v1/orders/rows", json: rowsFrom(noon, 100) });
    await service.idle();
    for (const { path, method, operation } of operations) {
      if (method !== "get" || path === "/v1/events") continue;
      const answer = await ask({ url: path.replace("{dataset}", "orders") });
      const told = operation.responses[answer.status];
      expect(told, `${path} ${answer.status}`).toBeDefined();
      const type = String(answer.headers["content-type"]).split(";")[0] as string;
      const schema = told?.content?.[type]?.schema;
      expect(schema, `${path} ${type}`).toBeDefined();
      if (!type.endsWith("json")) continue;
      const validate = ajv.compile(schema as object);
      expect(validate(JSON.parse(answer.body)), `${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  it("asks for a token where there are some", async () => {
    const token = "a-token-of-the-tests";
    const folder = scratchFolder();
    const guarded = await createService(
      { datasets: { a: { window: { rows: 5 } } }, store: "none", auth: { tokens: [token] }, log: { level: "silent" } },
      { folder },
    );
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await guarded.inject({ method: "GET", url: "/openapi.json", headers });
    expect(JSON.parse(body)).toMatchObject({
      security: [{ token: [] }],
      components: { securitySchemes: { token: { scheme: "bearer" } } },
    });
    await guarded.close();
  });
});
