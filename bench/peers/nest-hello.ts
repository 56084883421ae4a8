// The smallest NestJS application over Fastify: one route. Measured for its cold start, memory and bundle.
import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";

@Controller()
class HelloController {
  @Get("hello")
  hello() {
    return { message: "Hello World" };
  }
}

@Module({ controllers: [HelloController] })
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env["PORT"]), "127.0.0.1");
