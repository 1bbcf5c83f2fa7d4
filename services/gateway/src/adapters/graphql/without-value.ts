import { GraphQLError } from 'graphql';

/** Where graphql-js says which part of a variable it means: at the end, after the value. */
const AT = /( at "[\w.[\]]+")$/;

/**
 * The error of a variable without what was in it. Tokens of Hetzner and GitLab come as variables, and whoever mistypes a
 * field beside one would find it in the error, and so in their logs, their screen and whoever collects their errors.
 */
export function withoutValue(error: GraphQLError): GraphQLError {
  const { message, originalError, nodes } = error;
  const [name] = /^Variable "\$\w+" got/.exec(message) ?? [];
  if (name === undefined || !originalError) return error;
  const [place = ''] = AT.exec(message.slice(0, -`; ${originalError.message}`.length)) ?? [];
  return new GraphQLError(`${name} an invalid value${place}; ${causeOf(originalError.message)}`, { nodes });
}

/** Only sentences about a field name what is expected and nothing that was sent. */
const causeOf = (message: string): string =>
  message.startsWith('Field "')
    ? message
    : message
        .replace(/^Value .* does not exist in /s, 'The value does not exist in ')
        .replace(/ value: .*$/s, ' value.');
