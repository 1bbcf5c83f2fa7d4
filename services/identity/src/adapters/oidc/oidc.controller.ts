import { Controller, Get, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { ISSUER } from '../injection.js';
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys.js';

const CACHE = 'public, max-age=300';

/** What relying parties read before they trust a token: AWS, Google, Azure and Vault are content with this. */
@Controller('oidc')
export class OidcController {
  constructor(
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(ISSUER) private readonly issuer: string,
  ) {}

  @Get('.well-known/openid-configuration')
  @Header('cache-control', CACHE)
  discovery(): object {
    return {
      issuer: this.issuer,
      jwks_uri: `${this.issuer}/jwks`,
      token_endpoint: `${this.issuer}/token`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [SIGNING_ALGORITHM],
      claims_supported: [
        'iss',
        'sub',
        'aud',
        'exp',
        'iat',
        'nbf',
        'jti',
        'org',
        'pool',
        'runner',
        'machine',
        'generation',
        'runner_ip',
      ],
    };
  }

  @Get('jwks')
  @Header('cache-control', CACHE)
  async jwks(): Promise<object> {
    return { keys: await this.keys.published() };
  }

  /** Tokens are given to machines, at `/machine/v1/token`; nothing is exchanged here. */
  @Post('token')
  @HttpCode(400)
  token(): object {
    return { error: 'unsupported_grant_type', error_description: 'No grant type is supported here.' };
  }
}
