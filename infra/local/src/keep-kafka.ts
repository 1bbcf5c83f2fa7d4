import { startBroker, type BrokerPlace } from '@cleanroom/kafka-broker';

/** What the launcher sends once, over the channel. */
export interface KafkaOrder {
  /** The folder with the broker's jars. */
  jars: string;
  place: BrokerPlace;
}

const GRACE_MS = 1_800;

process.once('message', (order: KafkaOrder) => {
  keep(order).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});

async function keep({ jars, place }: KafkaOrder): Promise<void> {
  let stopping = false;
  let stop = () => process.exit(0);
  const asked = () => {
    if (stopping) return;
    stopping = true;
    stop();
  };
  process.on('SIGTERM', asked);
  process.on('SIGINT', () => undefined);
  process.on('disconnect', asked);
  const broker = await startBroker(jars, place, { onLog: (text) => process.stdout.write(text) });
  stop = () => void broker.stop(GRACE_MS).finally(() => process.exit(0)) as never;
  void broker.ended.then(() => {
    if (!stopping) process.exit(1);
  });
  process.send?.('ready');
}
