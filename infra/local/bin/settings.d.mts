type Environment = Record<string, string | undefined>;

/** The first port of an installation, as the environment has it. @throws Error with a sentence for a person */
export function portBaseOf(env: Environment): number;

/** Refuses an environment that `npm start` cannot take. @throws Error with a sentence for a person */
export function checkSettings(env: Environment): void;
