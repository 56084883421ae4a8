// The smallest h3 application: one route. Measured for its cold start, memory and bundle.
import { H3, serve } from "h3";

const app = new H3();
app.get("/hello", () => ({ message: "Hello World" }));
serve(app, { port: Number(process.env.PORT), hostname: "127.0.0.1", silent: true });
