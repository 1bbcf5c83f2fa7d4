/** Where Cleanroom is, and who asks. */
export interface Config {
  /** Value of `CLEANROOM_URL`, such as `https://cleanroom.example/graphql`. */
  readonly url: string;
  /** Value of `CLEANROOM_TOKEN`: an API token; one with the role VIEWER is enough here. */
  readonly token: string;
}

export function readConfig(): Config {
  const { CLEANROOM_URL: url, CLEANROOM_TOKEN: token } = process.env;
  if (!url || !token) throw new Error('Set CLEANROOM_URL and CLEANROOM_TOKEN.');
  return { url, token };
}
