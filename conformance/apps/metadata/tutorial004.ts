// Metadata of tags, in the order of the documentation page.
import { App, get, operationIds } from "apus";

const getUsers = get("/users/", { tags: ["users"] }, () => [{ name: "Harry" }, { name: "Ron" }]);

const getItems = get("/items/", { tags: ["items"] }, () => [{ name: "wand" }, { name: "flying broom" }]);

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  openapiTags: [
    { name: "users", description: "Operations with users. The **login** logic is also here." },
    {
      name: "items",
      description: "Manage items. So _fancy_ they have their own docs.",
      externalDocs: { description: "Items external docs", url: "https://fastapi.tiangolo.com/" },
    },
  ],
}).include({ getUsers, getItems });
