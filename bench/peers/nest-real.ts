// The real route on NestJS over Fastify: a guard for the token, Nest's own pipe and interceptor for Standard Schema with
// zod, a hook of Fastify for the headers. Compiled into .tmp/ before it runs, so that what is imported is named from there.
import {
  Body,
  Controller,
  createParamDecorator,
  HttpCode,
  Injectable,
  Module,
  Param,
  Post,
  Query,
  SerializeOptions,
  StandardSchemaSerializerInterceptor,
  StandardSchemaValidationPipe,
  UnauthorizedException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { NestFactory, Reflector } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import type { z } from "zod";
import { lookup, rid, verify } from "../baselines/real/shared.mjs";
import { Changes, Listed, OrgPath, OrgQuery } from "../peers/schemas.mjs";

@Injectable()
class TokenGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest();
    request.user = verify(request.headers.authorization);
    if (request.user === null) throw new UnauthorizedException();
    return true;
  }
}

const User = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest().user;
});

@Injectable()
class ItemsService {
  find(user: object, org: string) {
    return lookup(user, org);
  }
}

@Controller("orgs/:org/items")
@UseGuards(TokenGuard)
class ItemsController {
  private readonly items: ItemsService;

  constructor(items: ItemsService) {
    this.items = items;
  }

  @Post(":id")
  @HttpCode(200)
  @SerializeOptions({ schema: Listed })
  async change(
    @User() user: object,
    @Param({ schema: OrgPath }) { org }: z.output<typeof OrgPath>,
    @Query({ schema: OrgQuery }) _query: z.output<typeof OrgQuery>,
    @Body({ schema: Changes }) _changes: z.output<typeof Changes>,
  ) {
    return this.items.find(user, org);
  }
}

@Module({ controllers: [ItemsController], providers: [ItemsService] })
class AppModule {}

const adapter = new FastifyAdapter({ genReqId: rid });
const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, { logger: false });
app
  .getHttpAdapter()
  .getInstance()
  .addHook("onSend", async (request, reply) => {
    reply
      .header("x-content-type-options", "nosniff")
      .header("x-frame-options", "DENY")
      .header("referrer-policy", "no-referrer")
      .header("x-request-id", request.id);
  });
app.useGlobalPipes(new StandardSchemaValidationPipe());
app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
await app.listen(Number(process.env["PORT"]), "127.0.0.1");
