import { CleanroomClient } from './cleanroom-client.ts';
import { readConfig } from './config.ts';
import { followRunners } from './follow-runners.ts';
import { WaitingJobsDocument } from './generated/graphql.ts';
import { readFleet } from './read-fleet.ts';
import { Refused } from './refused.ts';

const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

/** Says what there is, and where its changes begin. */
async function look(client: CleanroomClient): Promise<string> {
  const { runners, changeCursor } = await readFleet(client);
  for (const runner of runners) say({ runner });
  const { data } = await client.ask(WaitingJobsDocument, {});
  for (const job of data.jobs?.nodes ?? []) say({ waiting: job });
  return changeCursor;
}

const client = new CleanroomClient(readConfig());
let [cursor = await look(client)] = process.argv.slice(2);
for (;;) {
  try {
    for await (const change of followRunners(client, cursor)) say({ change });
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'CURSOR_EXPIRED') throw error;
    cursor = await look(client);
  }
}
