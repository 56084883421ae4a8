// hello, get and post on NestJS over Fastify, with Nest's own pipe for Standard Schema and zod. Answers are not checked, as
// its users do. Compiled into .tmp/ before it runs, so that what is imported is named from there.
import { Body, Controller, Get, Module, Param, Post, Query, StandardSchemaValidationPipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import type { z } from "zod";
import { Item, ItemPath, ItemQuery } from "../peers/schemas.mjs";

@Controller()
class ItemsController {
  @Get("hello")
  hello() {
    return { message: "Hello World" };
  }

  @Get("items/:item_id")
  read(
    @Param({ schema: ItemPath }) { item_id }: z.output<typeof ItemPath>,
    @Query({ schema: ItemQuery }) { q }: z.output<typeof ItemQuery>,
  ) {
    return { item_id, q: q ?? null };
  }

  @Post("items")
  create(@Body({ schema: Item }) item: z.output<typeof Item>) {
    return item;
  }
}

@Module({ controllers: [ItemsController] })
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new StandardSchemaValidationPipe());
await app.listen(Number(process.env["PORT"]), "127.0.0.1");
