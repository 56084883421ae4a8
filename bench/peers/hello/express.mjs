// The smallest Express application: one route. Measured for its cold start, memory and bundle.
import express from "express";

const app = express();
app.get("/hello", (_request, response) => void response.json({ message: "Hello World" }));
app.listen(Number(process.env.PORT), "127.0.0.1");
