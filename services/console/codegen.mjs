import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Types of the console's operations, from the API as it is published. */
export default {
  errorsOnly: true,
  schema: here('../../infra/api/schema.graphql'),
  documents: here('src/adapters/operations/*.graphql'),
  generates: {
    [here('src/adapters/generated/')]: {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        strictScalars: true,
        emitLegacyCommonJSImports: false,
        importExtension: '.js',
        scalars: {
          Cursor: 'string',
          DateTime: 'string',
          Duration: 'string',
          LocalTime: 'string',
          TimeZone: 'string',
        },
      },
    },
  },
};
