// A GraphQL schema, asked by POST, or by GET with the query in the address; a browser gets a page to write queries in.
import { App, get, html, HTTPException, json, operationIds, post, request } from "apus";
import { graphql, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { z } from "zod";

const User = new GraphQLObjectType({
  name: "User",
  fields: {
    name: { type: new GraphQLNonNull(GraphQLString) },
    age: { type: new GraphQLNonNull(GraphQLInt) },
  },
});

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: { user: { type: new GraphQLNonNull(User), resolve: () => ({ name: "Patrick", age: 100 }) } },
  }),
});

const Asked = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

async function execute({ query, variables, operationName }: z.output<typeof Asked>) {
  const { data, errors } = await graphql({
    schema,
    source: query,
    variableValues: variables ?? null,
    operationName: operationName ?? null,
  });
  return json({ data: data ?? null, ...(errors === undefined ? {} : { errors: errors.map((each) => each.toJSON()) }) });
}

const page = `<!doctype html>
<title>GraphQL</title>
<form><textarea name="query" rows="9" cols="72">{ user { name age } }</textarea><button>Ask</button></form>`;

const handleHttpGet = get(
  "/graphql",
  {
    input: { request },
    responses: {
      200: { description: "The GraphiQL integrated development environment." },
      404: { description: "Not found if GraphiQL or query via GET are not enabled." },
    },
  },
  ({ request }) => {
    const query = request.query.get("query");
    return query === null ? html(page) : execute({ query });
  },
);

const handleHttpPost = post("/graphql", { input: { request } }, async ({ request }) => {
  const asked = Asked.safeParse(await request.json());
  if (!asked.success) throw new HTTPException(400, "No GraphQL query found in the request");
  return execute(asked.data);
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  handleHttpGet,
  handleHttpPost,
});
