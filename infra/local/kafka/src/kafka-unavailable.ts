/** No broker can be had on this machine; the message says what to install. */
export class KafkaUnavailable extends Error {}
