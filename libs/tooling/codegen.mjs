import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const graphqlFolder = (service) => `services/${service}/src/adapters/graphql`;
const hasSdl = (service) => {
  const folder = join(root, graphqlFolder(service));
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.graphql'));
};

/** Types for the resolvers of one service, from its own SDL alone: no service sees another's schema. */
const typesOf = (service) => [
  join(root, graphqlFolder(service), 'generated/types.ts'),
  {
    schema: join(root, graphqlFolder(service), '*.graphql'),
    plugins: ['typescript', 'typescript-resolvers'],
  },
];

const services = readdirSync(join(root, 'services')).sort().filter(hasSdl);

export default {
  errorsOnly: true,
  config: {
    federation: true,
    enumType: 'string-literal',
    enumsAsTypes: true,
    useTypeImports: true,
    emitLegacyCommonJSImports: false,
    importExtension: '.js',
    contextType: '@cleanroom/service-kit#SubgraphContext',
    scalars: {
      ID: 'string',
      DateTime: { input: 'string', output: 'Date | string' },
      Duration: 'string',
      LocalTime: 'string',
      TimeZone: 'string',
      Cursor: 'string',
    },
  },
  generates: Object.fromEntries(services.map(typesOf)),
};
