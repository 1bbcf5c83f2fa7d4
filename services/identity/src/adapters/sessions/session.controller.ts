import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  HttpException,
  Inject,
  Post,
  Res,
  UnauthorizedException,
} from '@nestjs/common';
import { hashToken, isToken } from '@cleanroom/secrets';
import {
  NO_SESSION_COOKIE,
  RequestCaller,
  sessionCookie,
  sessionIn,
  type SignedCaller,
} from '@cleanroom/service-kit';
import { z } from 'zod';
import { API_TOKEN_PREFIX } from '../../actions/api-tokens.js';
import { beginSession, endSession, SESSION_PREFIX, type KnownToken } from '../../actions/sessions.js';
import { SignInLimit } from '../../actions/sign-in-limit.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';
import { CallerDirectory } from '../postgres/caller-directory.js';

const request = z.object({ token: z.string().max(1_024) });

/** As much of the HTTP answer as is set here. */
interface Reply {
  header(name: string, value: string): Reply;
}

/**
 * Where the console signs in and out. Its secret never reaches the page's scripts: it lives in a cookie, which the gateway
 * takes from pages of this installation only.
 */
@Controller('auth/session')
export class SessionController {
  constructor(
    @Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts,
    @Inject(CallerDirectory) private readonly directory: CallerDirectory,
    @Inject(SignInLimit) private readonly limit: SignInLimit,
  ) {}

  @Post()
  @HttpCode(201)
  async signIn(
    @RequestCaller() { source }: SignedCaller,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    this.refuseTooMany(source, reply);
    const token = request.safeParse(body).data?.token.trim() ?? '';
    const known = isToken(API_TOKEN_PREFIX, token)
      ? await this.directory.byToken(hashToken(token))
      : undefined;
    if (!known) {
      this.limit.fail(source);
      throw unauthenticated();
    }
    const { secret, expiresAt } = await beginSession(this.ports, known);
    const seconds = Math.floor((expiresAt.getTime() - this.ports.realNow().getTime()) / 1000);
    keepPrivate(reply).header('set-cookie', sessionCookie(secret.reveal(), seconds));
    return this.shown({ caller: known.caller, expiresAt });
  }

  @Get()
  async whoIsSignedIn(
    @Headers('cookie') cookies: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    keepPrivate(reply);
    const known = await this.known(sessionIn(cookies));
    if (!known) throw unauthenticated();
    return this.shown(known);
  }

  @Delete()
  @HttpCode(204)
  async signOut(
    @Headers('cookie') cookies: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<void> {
    const session = sessionIn(cookies);
    const known = await this.known(session);
    if (session !== undefined && known) await endSession(this.ports, known.caller, session);
    keepPrivate(reply).header('set-cookie', NO_SESSION_COOKIE);
  }

  private refuseTooMany(source: string, reply: Reply): void {
    const seconds = this.limit.secondsToWait(source);
    if (seconds === 0) return;
    reply.header('retry-after', String(seconds));
    throw new HttpException({ error: 'TOO_MANY_ATTEMPTS' }, 429);
  }

  private async known(session: string | undefined): Promise<KnownToken | undefined> {
    if (session === undefined || !isToken(SESSION_PREFIX, session)) return undefined;
    return this.directory.bySession(hashToken(session));
  }

  private async shown({ caller: { organizationId, role, name }, expiresAt }: KnownToken): Promise<object> {
    const organization = await this.ports.transactions.inOrganization(organizationId, (tx) =>
      tx.organization(),
    );
    return { name, role, organization: organization?.name ?? '', expiresAt: expiresAt?.toISOString() };
  }
}

const unauthenticated = () => new UnauthorizedException({ error: 'UNAUTHENTICATED' });

const keepPrivate = (reply: Reply): Reply => reply.header('cache-control', 'no-store');
