// What several files share: the store, opened at start-up, and the customer whose key the request has.
import { depends, httpError } from "apus";
import { apiKeyHeader } from "apus/security";

export const store = depends(
  async function* () {
    yield {
      items: new Map([[1, { name: "Nest box", price: 24.5 }]]),
      customers: new Map([["k-2f1d", "Ada"]]),
      orders: new Map<number, { item_id: number; customer: string }>(),
    };
  },
  { scope: "app" },
);

const UnknownKey = httpError(401, "Unknown key");
const key = apiKeyHeader({ name: "x-api-key" });

export const customer = depends(
  { key, store },
  ({ key, store }) => {
    const name = store.customers.get(key);
    if (name === undefined) throw new UnknownKey();
    return name;
  },
  { errors: [UnknownKey] },
);
